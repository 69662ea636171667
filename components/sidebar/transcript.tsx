/** The transcript of one call: turns in chunks, gaps as rows; follows the newest line until the reader is busy. */
import { useComputed, useSignal, useSignalEffect } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect, useLayoutEffect, useMemo, useRef } from 'preact/hooks';
import { words } from '../../utils/browser/runtime.ts';
import type { View } from '../../utils/messaging/surface.ts';
import { entriesBetween, isLine } from './call-entries.ts';
import { type CallModel, chunkNumber } from './call-model.ts';
import { groupsOf } from './chunk-groups.ts';
import { useDesk } from './context.ts';
import { createFollow, type Follow } from './follow.ts';
import { GroupView } from './group-view.tsx';
import { paintMarks } from './highlights.ts';
import { JumpButton } from './jump-button.tsx';
import type { KeywordFinds } from './keyword-finds.ts';
import type { LineActions } from './line-actions.ts';
import { lineElement, PINNED_WORDS_ID } from './line-element.ts';
import { createLineHand } from './line-hand.ts';
import { createLineMarks, type LineMarks } from './line-marks.ts';
import { LineTools } from './line-tools.tsx';
import { mountRest, mountSelected } from './mount-rest.ts';
import { createMounting } from './mounting.ts';
import type { NoteBook } from './note-book.ts';
import { paintNow } from './paint-now.ts';
import { RangeBar } from './range-bar.tsx';
import { anchorOf, restoreAnchor } from './reading-place.ts';
import type { Search } from './search.ts';
import { settleHeights } from './settle-heights.ts';
import { useLabels } from './use-labels.ts';
import { type LineRange, watchRange } from './watch-range.ts';
import type { WriteOut } from './write-out.ts';

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
  notes: Pick<NoteBook, 'pinned'>;
  actions: LineActions;
  writeOut: WriteOut;
};

const PLACED_AFTER_MS = 200;

export function Transcript(props: TranscriptProps): JSX.Element {
  const { call, search, keywords, notes, actions, writeOut } = props;
  const { preferences } = useDesk();
  const scroller = useRef<HTMLDivElement>(null);
  const content = useRef<HTMLDivElement>(null);
  const follow = useMemo(createFollow, [call]);
  const labels = useLabels(call);
  const setting = useComputed(() => ({
    callId: call.id,
    startedAtMs: call.startedAtMs,
    labels: labels.value,
    times: preferences.value.times,
  }));
  const isHiding = useComputed(() => preferences.value.redaction.onScreen);
  const range = useSignal<LineRange | undefined>(undefined);
  const marks = useMemo(
    () => createLineMarks({ call, pinned: notes.pinned, isHiding, redacted: writeOut.redacted }),
    [call, notes, writeOut],
  );
  const current = useSignal<number | undefined>(undefined);
  const mounting = useMemo(() => createMounting(call, props.anchor?.index, paintNow), [call]);
  const shared = useComputed(() => ({ setting: setting.value, search, keywords, marks, mounting }));
  const lineAt = (index: number) => {
    mounting.mount([chunkNumber(index)]);
    return lineElement(document, index);
  };
  const hand = useMemo(
    () => createLineHand({ call, follow, actions, marks, current, redacted: writeOut.redacted, lineAt }),
    [call, follow, actions, marks],
  );

  useLayoutEffect(() => {
    if (scroller.current === null || content.current === null) return undefined;
    if (props.anchor !== undefined) follow.stay();
    const unwatch = follow.watch(scroller.current, content.current);
    const stopRestoring = restoreAnchor(scroller.current, props.anchor, follow.stay);
    const stopSettling = settleHeights(content.current);
    const area = scroller.current;
    const stopMounting = mountRest(area, call, mounting);
    const stopWatching = watchRange(area, range, () => mountSelected(area, mounting));
    const letGo = hand.take(scroller.current);
    return () => {
      letGo();
      stopWatching();
      stopMounting();
      stopSettling();
      stopRestoring();
      unwatch();
    };
  }, [follow, hand]);

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
  useCurrentMatch(search, follow, marks, lineAt);

  return (
    <div class="transcript-area">
      <section
        class="transcript"
        data-transcript
        data-times={setting.value.times}
        data-range={range.value !== undefined}
        ref={scroller}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
        tabIndex={0}
        aria-label={words('transcriptLabel')}
      >
        <div ref={content}>
          {call.firstIndex.value > 0 ? (
            <p class="gap" data-dropped={call.firstIndex.value}>
              {words('olderDropped', call.firstIndex.value)}
            </p>
          ) : null}
          {groupsOf(call).value.map((group) => (
            <GroupView key={group.number} group={group} shared={shared.value} />
          ))}
        </div>
        {range.value === undefined ? (
          <LineTools
            scroller={scroller}
            at={current}
            pinned={notes.pinned}
            marks={marks}
            copy={(index) => actions.copy(entriesBetween(call, index, index))}
            togglePin={(index) => actions.togglePins(entriesBetween(call, index, index).filter(isLine))}
            insert={(index) => actions.insert(entriesBetween(call, index, index))}
          />
        ) : null}
      </section>
      <div class="floats">
        {range.value === undefined ? null : (
          <RangeBar call={call} range={range.value} actions={actions} notes={notes} />
        )}
        <JumpButton call={call} follow={follow} />
      </div>
      <span id={PINNED_WORDS_ID} hidden>
        {words('pinnedMark')}
      </span>
    </div>
  );
}

/** Brings the current match into the middle of the view, and marks it above the others. */
function useCurrentMatch(
  search: Search,
  follow: Follow,
  marks: LineMarks,
  lineAt: (index: number) => HTMLElement | undefined,
): void {
  useSignalEffect(() => {
    const match = search.current.value;
    if (match === undefined) return undefined;
    follow.stay();
    lineAt(match.index)?.scrollIntoView({ block: 'center' });
    return undefined;
  });
  useSignalEffect(() => {
    const match = search.current.value;
    if (match === undefined || marks.isHidden(match.index)) return undefined;
    return paintMarks(document, 'search-current', [{ index: match.index, ranges: search.rangesOf(match) }]);
  });
}
