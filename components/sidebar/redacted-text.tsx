/** A line with what was blotted out of it marked as such. */
import type { JSX } from 'preact';
import { words } from '../../utils/browser/runtime.ts';

type RedactedTextProps = { text: string; said: string };

export function RedactedText({ text, said }: RedactedTextProps): JSX.Element {
  return (
    <>
      {splitRedacted(text, said).map((part, at) =>
        at % 2 === 0 ? (
          part
        ) : (
          <span key={at} class="redacted" title={words('lineHidden')}>
            {part}
          </span>
        ),
      )}
    </>
  );
}

/** What stands as it was said, and at every second place what stands for something hidden, such as `[card]`. */
export function splitRedacted(text: string, said: string): string[] {
  const parts = [''];
  for (const piece of text.split(/(\[[^[\]]+\])/)) {
    // What somebody's words themselves have in brackets hides nothing.
    const isMark = piece.startsWith('[') && piece.endsWith(']') && !said.includes(piece);
    if (isMark) parts.push(piece, '');
    else parts[parts.length - 1] += piece;
  }
  return parts;
}
