/** The transcript of one call: turns in chunks, gaps as rows; follows the newest line until the reader scrolls up. */
import { useSignalEffect } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect, useMemo, useRef } from 'preact/hooks';
import { words } from '../../utils/browser/runtime.ts';
import { ChunkView } from './chunk-view.tsx';
import { createFollow, type Follow } from './follow.ts';
import type { CallModel } from './model.ts';

type TranscriptProps = {
  call: CallModel;
  /** Copies one line; says by itself whether it worked. */
  copyLine(index: number, element: HTMLElement): void;
};

export function Transcript({ call, copyLine }: TranscriptProps): JSX.Element {
  const scroller = useRef<HTMLDivElement>(null);
  const content = useRef<HTMLDivElement>(null);
  const follow = useMemo(createFollow, [call]);
  const { id, startedAtMs } = call.summary.peek();

  useEffect(() => {
    if (scroller.current === null || content.current === null) return undefined;
    return follow.watch(scroller.current, content.current);
  }, [follow]);
  return (
    <div class="transcript-area">
      <section
        class="transcript"
        data-transcript
        ref={scroller}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
        tabIndex={0}
        aria-label={words('transcriptLabel')}
        onClick={(event) => takeClick(event, copyLine)}
        onKeyDown={(event) => takeKey(event, copyLine)}
      >
        <div ref={content}>
          {call.firstIndex.value > 0 ? (
            <p class="gap" data-dropped={call.firstIndex.value}>
              {words('olderDropped', call.firstIndex.value)}
            </p>
          ) : null}
          {call.chunks.value.map((chunk) => (
            <ChunkView key={chunk.number} chunk={chunk} callId={id} startedAtMs={startedAtMs} />
          ))}
        </div>
      </section>
      <JumpButton call={call} follow={follow} />
    </div>
  );
}

/** Brings the reader back to the newest line, and says how many came since they left it. */
function JumpButton({ call, follow }: { call: CallModel; follow: Follow }): JSX.Element | null {
  const countWhenLeft = useRef(0);
  useSignalEffect(() => {
    if (follow.following.value) return;
    countWhenLeft.current = call.summary.peek().entryCount;
  });
  if (follow.following.value) return null;
  return (
    <button class="jump" type="button" onClick={follow.resume}>
      {words('newLines', Math.max(0, call.summary.value.entryCount - countWhenLeft.current))}
    </button>
  );
}

function takeClick(event: MouseEvent, copyLine: TranscriptProps['copyLine']): void {
  // Text that was just selected is meant to be read or copied by hand.
  if (getSelection()?.isCollapsed === false) return;
  const line = lineOf(event.target);
  if (line !== undefined) copyLine(indexOf(line), line);
}

function takeKey(event: KeyboardEvent, copyLine: TranscriptProps['copyLine']): void {
  const line = lineOf(event.target);
  switch (event.key) {
    case 'Enter':
      if (line !== undefined) copyLine(indexOf(line), line);
      return;
    case 'ArrowDown':
    case 'ArrowUp': {
      if (!(event.currentTarget instanceof HTMLElement)) return;
      const lines = [...event.currentTarget.querySelectorAll<HTMLElement>('[data-line]')];
      const at = line === undefined ? lines.length : lines.indexOf(line);
      const next = lines[at + (event.key === 'ArrowDown' ? 1 : -1)];
      if (next === undefined) return;
      event.preventDefault();
      next.focus();
    }
  }
}

function lineOf(target: EventTarget | null): HTMLElement | undefined {
  return target instanceof Element ? (target.closest<HTMLElement>('[data-line]') ?? undefined) : undefined;
}

function indexOf(line: HTMLElement): number {
  return Number(line.dataset['index']);
}
