/** Brings the reader back to the newest line, and says how many came since they left it. */
import { useSignalEffect } from '@preact/signals';
import type { JSX } from 'preact';
import { useRef } from 'preact/hooks';
import { words } from '../../utils/browser/runtime.ts';
import type { CallModel } from './call-model.ts';
import type { Follow } from './follow.ts';

export function JumpButton({ call, follow }: { call: CallModel; follow: Follow }): JSX.Element | null {
  const countWhenLeft = useRef(0);
  useSignalEffect(() => {
    if (follow.following.value) return;
    countWhenLeft.current = call.summary.peek().entryCount;
  });
  if (follow.following.value) return null;
  const count = Math.max(0, call.summary.value.entryCount - countWhenLeft.current);
  return (
    <button class="jump" type="button" onClick={follow.resume}>
      {newLines(count)}
    </button>
  );
}

function newLines(count: number): string {
  if (count === 0) return words('toNewest');
  return count === 1 ? words('newLinesOne') : words('newLinesMany', count);
}
