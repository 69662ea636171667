/** Where a keyword was removed: says so, and lets it be had back for a while. */
import type { JSX } from 'preact';
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import { words } from '../../utils/browser/runtime.ts';

type RemovedRowProps = { id: string; title: string; restore(): void; forget(): void };

const KEPT_MS = 12_000;

/** It takes the focus that the removed row had, and stays while it is pointed at or focused. */
export function RemovedRow({ id, title, restore, forget }: RemovedRowProps): JSX.Element {
  const row = useRef<HTMLDivElement>(null);
  const undo = useRef<HTMLButtonElement>(null);
  const isDue = useRef(false);

  function forgetWhenLeft(): void {
    if (isDue.current && !row.current?.matches(':hover, :focus-within')) forget();
  }

  useLayoutEffect(() => undo.current?.focus(), []);
  useEffect(() => {
    const timer = setTimeout(() => {
      isDue.current = true;
      forgetWhenLeft();
    }, KEPT_MS);
    return () => clearTimeout(timer);
  }, []);

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it only learns when it is left
    <div
      class="removed"
      ref={row}
      onMouseLeave={forgetWhenLeft}
      onFocusOut={() => setTimeout(forgetWhenLeft)}
    >
      <span id={`removed-${id}`}>{words('keywordsRemoved', title)}</span>
      <button class="plain" type="button" ref={undo} aria-describedby={`removed-${id}`} onClick={restore}>
        {words('keywordsUndo')}
      </button>
    </div>
  );
}
