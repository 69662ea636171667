/** The transcript of one call: turns in chunks, gaps as rows; follows the newest line until the reader is busy. */
import { useComputed, useSignalEffect } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect, useLayoutEffect, useMemo, useRef } from 'preact/hooks';
import { words } from '../../utils/browser/runtime.ts';
import type { View } from '../../utils/messaging/surface.ts';
import type { CallModel } from './call-model.ts';
import { ChunkView } from './chunk-view.tsx';
import { useDesk } from './context.ts';
import { createFollow, type Follow } from './follow.ts';
import { paintMarks } from './highlights.ts';
import type { KeywordFinds } from './keyword-finds.ts';
import { indexOf, lineElement, lineOf } from './line-element.ts';
import { walkLines } from './line-keys.ts';
import { anchorOf, restoreAnchor } from './reading-place.ts';
import type { Search } from './search.ts';
import { settleHeights } from './settle-heights.ts';
import { labelsOf } from './speaker-label.ts';

type TranscriptProps = {
  call: CallModel;
  search: Search;
  keywords: KeywordFinds;
  /** Where the reader was, when this sidebar was opened. */
  anchor: View['anchor'];
  /** The reader is at an entry of their own choosing; `undefined`: at the newest. */
  placed(anchor: View['anchor']): void;
  /** Calls back when the reader's place must be told at once; returns the undoing. */
  onLeave(tell: () => void): () => void;
  /** Whether the reader is busy with this call, so that no other may take its place. */
  hold(held: boolean): void;
  /** Copies one line; says by itself whether it worked. */
  copyLine(index: number, element: HTMLElement): void;
};

const PLACED_AFTER_MS = 200;

export function Transcript(props: TranscriptProps): JSX.Element {
  const { call, search, keywords, copyLine } = props;
  const { preferences } = useDesk();
  const scroller = useRef<HTMLDivElement>(null);
  const content = useRef<HTMLDivElement>(null);
  const follow = useMemo(createFollow, [call]);
  const direction = useComputed(() => call.summary.value.parties.direction ?? 'unknown');
  const setting = useComputed(() => ({
    callId: call.summary.peek().id,
    startedAtMs: call.summary.peek().startedAtMs,
    labels: labelsOf(direction.value, preferences.value.labels),
    times: preferences.value.times,
  }));

  useLayoutEffect(() => {
    if (scroller.current === null || content.current === null) return undefined;
    if (props.anchor !== undefined) follow.stay();
    const unwatch = follow.watch(scroller.current, content.current);
    const stopRestoring = restoreAnchor(scroller.current, props.anchor, follow.stay);
    const stopSettling = settleHeights(content.current);
    return () => {
      stopSettling();
      stopRestoring();
      unwatch();
    };
  }, [follow]);

  useEffect(() => {
    const area = scroller.current;
    if (area === null) return undefined;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const tell = () => props.placed(follow.following.peek() ? undefined : anchorOf(area));
    const later = () => {
      clearTimeout(timer);
      timer = setTimeout(tell, PLACED_AFTER_MS);
    };
    area.addEventListener('scroll', later, { passive: true });
    const stopTelling = props.onLeave(tell);
    return () => {
      stopTelling();
      clearTimeout(timer);
      area.removeEventListener('scroll', later);
    };
  }, [follow]);

  useSignalEffect(() => props.hold(!follow.following.value || search.target.value !== undefined));
  useCurrentMatch(search, follow);

  return (
    <div class="transcript-area">
      <section
        class="transcript"
        data-transcript
        data-times={setting.value.times}
        ref={scroller}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
        tabIndex={0}
        aria-label={words('transcriptLabel')}
        onClick={(event) => takeClick(event, copyLine)}
        onKeyDown={(event) => {
          const line = lineOf(event.target);
          if (event.key === 'Enter' && line !== undefined) copyLine(indexOf(line), line);
          else walkLines(event, follow);
        }}
      >
        <div ref={content}>
          {call.firstIndex.value > 0 ? (
            <p class="gap" data-dropped={call.firstIndex.value}>
              {words('olderDropped', call.firstIndex.value)}
            </p>
          ) : null}
          {call.chunks.value.map((chunk) => (
            <ChunkView
              key={chunk.number}
              chunk={chunk}
              setting={setting.value}
              search={search}
              keywords={keywords}
            />
          ))}
        </div>
      </section>
      <JumpButton call={call} follow={follow} />
    </div>
  );
}

/** Brings the current match into the middle of the view, and marks it above the others. */
function useCurrentMatch(search: Search, follow: Follow): void {
  useSignalEffect(() => {
    const match = search.current.value;
    if (match === undefined) return undefined;
    follow.stay();
    lineElement(document, match.index)?.scrollIntoView({ block: 'center' });
    return undefined;
  });
  useSignalEffect(() => {
    const match = search.current.value;
    if (match === undefined) return undefined;
    return paintMarks(document, 'search-current', [{ index: match.index, ranges: search.rangesOf(match) }]);
  });
}

/** Brings the reader back to the newest line, and says how many came since they left it. */
function JumpButton({ call, follow }: { call: CallModel; follow: Follow }): JSX.Element | null {
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

function takeClick(event: MouseEvent, copyLine: TranscriptProps['copyLine']): void {
  // Text that was just selected is meant to be read or copied by hand.
  if (getSelection()?.isCollapsed === false) return;
  const line = lineOf(event.target);
  if (line !== undefined) copyLine(indexOf(line), line);
}
