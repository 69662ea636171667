/** Says that no more can be typed, where that is so. */
import type { JSX } from 'preact';
import { words } from '../../utils/browser/runtime.ts';

export function FullNote({ text, limit }: { text: string; limit: number }): JSX.Element | null {
  return text.length < limit ? null : <p class="hint">{words('fieldFull', limit)}</p>;
}
