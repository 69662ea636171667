/** One chunk of a transcript, painted anew only when its own entries or marks change. */
import { Component, type JSX } from 'preact';
import { useLayoutEffect } from 'preact/hooks';
import type { LineEntry } from '../../utils/transcript/call.ts';
import { formatOffset } from '../../utils/transcript/format-line.ts';
import { groupTurns, type Turn } from '../../utils/transcript/turns.ts';
import { formatClock } from '../duration.ts';
import type { Chunk } from './call-model.ts';
import { boxStyle, estimateHeightPx, unknownHeightPx } from './chunk-height.ts';
import { GapRow } from './gap-row.tsx';
import { paintMarks } from './highlights.ts';
import type { KeywordFinds } from './keyword-finds.ts';
import { lineId, PINNED_WORDS_ID } from './line-element.ts';
import type { LineMarks } from './line-marks.ts';
import { type Mounting, useMounted } from './mounting.ts';
import { RedactedText } from './redacted-text.tsx';
import type { Search } from './search.ts';
import { type Labels, speakerLabel } from './speaker-label.ts';

/** What the lines of a call have in common; the object stays the same until something of it changes. */
type LineSetting = {
  callId: string;
  startedAtMs: number;
  labels: Labels;
  times: 'relative' | 'clock';
};

/** What the chunks of a call have in common. */
export type ChunkSetting = {
  setting: LineSetting;
  search: Search;
  keywords: KeywordFinds;
  marks: LineMarks;
  mounting: Mounting;
};

/** An empty box of about its height until its lines are here, and wanted. */
export function ChunkView({ chunk, ...shared }: ChunkSetting & { chunk: Chunk }): JSX.Element {
  const entries = chunk.entries.value;
  const isWanted = useMounted(shared.mounting, chunk.number);
  const turns = groupTurns(entries);
  const height = turns.length === 0 ? unknownHeightPx(1) : estimateHeightPx(turns);
  const isWaiting = !isWanted || turns.length === 0;
  return (
    <div
      class="chunk"
      data-chunk={chunk.number}
      data-waiting={isWaiting ? '' : undefined}
      style={boxStyle(height, isWaiting)}
    >
      {isWaiting ? null : <Turns chunk={chunk} turns={turns} {...shared} />}
    </div>
  );
}

type TurnsProps = Omit<ChunkSetting, 'mounting'> & { chunk: Chunk; turns: readonly Turn[] };

function Turns({ chunk, turns, setting, search, keywords, marks }: TurnsProps): JSX.Element {
  const matches = search.findsOf(chunk).value;
  const said = keywords.findsOf(chunk).value;
  const { pinned, hidden } = marks.ofChunk(chunk);
  const shown = { setting, pinned: pinned.value, hidden: hidden.value };

  useLayoutEffect(() => {
    // What is found stands at its place in the text that was said, which a redacted line does not show.
    const isShown = ({ index }: { index: number }) => !shown.hidden.has(index);
    const undo = [
      paintMarks(
        document,
        'search',
        matches.filter(isShown).map(({ index, found }) => ({ index, ranges: found })),
      ),
      ...said
        .filter(isShown)
        .flatMap(({ index, found }) =>
          found.map(({ profile, ranges }) =>
            paintMarks(document, `keyword-${profile.colour}`, [{ index, ranges }]),
          ),
        ),
    ];
    return () => {
      for (const remove of undo) remove();
    };
  }, [turns, matches, said, shown.hidden]);

  return (
    <>
      {turns.map((turn, at) => (
        <TurnView key={keyOf(turn)} turn={turn} continues={at === 0 && chunk.continues.value} shown={shown} />
      ))}
    </>
  );
}

function keyOf(turn: Turn): number {
  return turn.kind === 'gap' ? turn.gap.index : turn.first.index;
}

/** How the lines of a chunk are shown. */
type Shown = { setting: LineSetting; pinned: ReadonlySet<number>; hidden: ReadonlyMap<number, string> };

type TurnProps = { turn: Turn; continues: boolean; shown: Shown };

/** Of a chunk of fifty lines a new one changes one turn. */
class TurnView extends Component<TurnProps> {
  override shouldComponentUpdate(next: TurnProps): boolean {
    const { turn, continues, shown } = this.props;
    return (
      next.continues !== continues ||
      next.shown.setting !== shown.setting ||
      next.shown.pinned !== shown.pinned ||
      next.shown.hidden !== shown.hidden ||
      !isSameTurn(next.turn, turn)
    );
  }

  render({ turn, continues, shown }: TurnProps): JSX.Element {
    if (turn.kind === 'gap') return <GapRow gap={turn.gap} />;
    const { first, lines } = turn;
    const { setting, pinned, hidden } = shown;
    return (
      <div class={`turn ${first.leg}`} data-continues={continues}>
        {continues ? <span /> : <TurnTime atMs={first.atMs} setting={setting} />}
        <div>
          {continues ? null : <h2 dir="auto">{speakerLabel(first, setting.labels)}</h2>}
          {lines.map((line) => (
            <LineRow
              key={line.index}
              line={line}
              callId={setting.callId}
              pinned={pinned.has(line.index)}
              redacted={hidden.get(line.index)}
            />
          ))}
        </div>
      </div>
    );
  }
}

function isSameTurn(one: Turn, other: Turn): boolean {
  if (one.kind === 'gap') return other.kind === 'gap' && one.gap === other.gap;
  if (other.kind === 'gap') return false;
  return one.lines.length === other.lines.length && one.lines.every((line, at) => line === other.lines[at]);
}

/** The time that is preferred, and the other one on a tooltip. */
function TurnTime({ atMs, setting }: { atMs: number; setting: LineSetting }): JSX.Element {
  const offset = formatOffset(atMs - setting.startedAtMs);
  const clock = formatClock(atMs);
  const [shown, other] = setting.times === 'clock' ? [clock, offset] : [offset, clock];
  return (
    <time title={other} dateTime={new Date(atMs).toISOString()}>
      {shown}
    </time>
  );
}

type LineProps = {
  line: LineEntry;
  callId: string;
  pinned: boolean;
  /** What is shown in place of what was said. */
  redacted: string | undefined;
};

class LineRow extends Component<LineProps> {
  override shouldComponentUpdate(next: LineProps): boolean {
    const { line, pinned, redacted } = this.props;
    return next.line !== line || next.pinned !== pinned || next.redacted !== redacted;
  }

  render({ line, callId, pinned, redacted }: LineProps): JSX.Element {
    return (
      <p
        class="line"
        id={lineId(line.index)}
        dir="auto"
        tabIndex={-1}
        aria-describedby={pinned ? PINNED_WORDS_ID : undefined}
        data-line={`${callId}:${line.index}`}
        data-call={callId}
        data-index={line.index}
        data-leg={line.leg}
        data-final={line.final}
        data-pinned={pinned ? '' : undefined}
        data-redacted={redacted === undefined ? undefined : ''}
      >
        {redacted === undefined ? line.text : <RedactedText text={redacted} said={line.text} />}
      </p>
    );
  }
}
