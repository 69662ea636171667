/** One chunk of a transcript, painted anew only when its own entries change. */
import { Component, type JSX } from 'preact';
import type { GapEntry, LineEntry } from '../../utils/transcript/call.ts';
import { formatOffset } from '../../utils/transcript/format-line.ts';
import { groupTurns, type Turn } from '../../utils/transcript/turns.ts';
import { gapWords } from './gap-words.ts';
import type { Chunk } from './model.ts';
import { speakerLabel } from './speaker-label.ts';

type CallOfLine = { callId: string; startedAtMs: number };

export function ChunkView({ chunk, ...call }: CallOfLine & { chunk: Chunk }): JSX.Element {
  const turns = groupTurns(chunk.entries.value);
  return (
    <div class="chunk">
      {turns.map((turn, at) => (
        <TurnView key={keyOf(turn)} turn={turn} continues={at === 0 && chunk.continues} {...call} />
      ))}
    </div>
  );
}

function keyOf(turn: Turn): number {
  return turn.kind === 'gap' ? turn.gap.index : turn.first.index;
}

function TurnView({
  turn,
  continues,
  ...call
}: CallOfLine & { turn: Turn; continues: boolean }): JSX.Element {
  if (turn.kind === 'gap') return <GapRow gap={turn.gap} />;
  const { first, lines } = turn;
  return (
    <div class={`turn ${first.leg}`} data-continues={continues}>
      {continues ? <span /> : <time>{formatOffset(first.atMs - call.startedAtMs)}</time>}
      <div>
        {continues ? null : <h2 dir="auto">{speakerLabel(first)}</h2>}
        {lines.map((line) => (
          <LineRow key={line.index} line={line} callId={call.callId} />
        ))}
      </div>
    </div>
  );
}

type LineProps = { line: LineEntry; callId: string };

class LineRow extends Component<LineProps> {
  override shouldComponentUpdate(next: LineProps): boolean {
    return next.line !== this.props.line;
  }

  render({ line, callId }: LineProps): JSX.Element {
    return (
      <p
        class="line"
        dir="auto"
        tabIndex={-1}
        data-line={`${callId}:${line.index}`}
        data-call={callId}
        data-index={line.index}
        data-leg={line.leg}
        data-final={line.final}
      >
        {line.text}
      </p>
    );
  }
}

function GapRow({ gap }: { gap: GapEntry }): JSX.Element {
  return (
    <p class="gap" data-gap={gap.reason}>
      {gapWords(gap)}
    </p>
  );
}
