/** What a screen reader is told: beside the transcript, never the transcript itself. */
import type { ReadonlySignal } from '@preact/signals';
import type { JSX } from 'preact';
import { useMemo, useRef } from 'preact/hooks';
import { words } from '../../utils/browser/runtime.ts';

export function SpokenLog({ lines }: { lines: ReadonlySignal<readonly string[]> }): JSX.Element {
  const count = useRef(0);
  // Only what is new in the page is read out, so the same words said again are other elements.
  const batch = useMemo(() => {
    count.current += 1;
    return count.current;
  }, [lines.value]);
  return (
    <div class="spoken" role="log" aria-live="polite" aria-label={words('spokenLabel')}>
      {lines.value.map((line, at) => (
        <p key={`${batch} ${at}`} dir="auto">
          {line}
        </p>
      ))}
    </div>
  );
}
