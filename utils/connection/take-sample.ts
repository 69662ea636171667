/** The last events a relay holds, or the next it passes on, for the test of a connection. */
import type { SequencedEvent } from '../protocol/frames.ts';
import type { Probe } from './probe-relay.ts';

/** How many events are looked at. */
export const SAMPLE_SIZE = 50;
/** Once the first has come from a relay without memory, for how long more are awaited. */
const MORE_MS = 1_000;

export type Sample = {
  /** Oldest first, at most `SAMPLE_SIZE`. */
  events: readonly SequencedEvent[];
  /** The connection ended before all was told. */
  isCutOff: boolean;
};

type Clock = { nowMs(): number };

/** Resumes from `seq`, and takes what the relay still holds after it. */
export async function takeHeld(
  probe: Probe,
  clock: Clock,
  from: { epoch: string; seq: number },
  withinMs: number,
): Promise<Sample> {
  const untilMs = clock.nowMs() + withinMs;
  const events: SequencedEvent[] = [];
  let reached = from.seq;
  /** What came before the answer is sent again after it. */
  let target: number | undefined;
  probe.send({ type: 'resume', ...from });
  while (target === undefined || reached < target) {
    const step = await probe.next(untilMs - clock.nowMs());
    if (step.kind === 'silent') break;
    if (step.kind === 'closed') return { events: last(events), isCutOff: true };
    if (step.kind !== 'frame') continue;
    const { frame } = step;
    if (frame.type === 'resumed') target = frame.recovered ? frame.to : 0;
    if (frame.type === 'position') reached = Math.max(reached, frame.seq);
    if (frame.type !== 'events' || target === undefined) continue;
    events.push(...frame.events);
    reached = frame.events.reduce((highest, { seq }) => Math.max(highest, seq), reached);
  }
  return { events: last(events), isCutOff: false };
}

/** Listens to a relay that holds nothing, until some events came. */
export async function takeComing(probe: Probe, clock: Clock, withinMs: number): Promise<Sample> {
  let untilMs = clock.nowMs() + withinMs;
  const events: SequencedEvent[] = [];
  while (events.length < SAMPLE_SIZE) {
    const step = await probe.next(untilMs - clock.nowMs());
    if (step.kind === 'silent') break;
    if (step.kind === 'closed') return { events: last(events), isCutOff: true };
    if (step.kind !== 'frame' || step.frame.type !== 'events') continue;
    if (events.length === 0) untilMs = Math.min(untilMs, clock.nowMs() + MORE_MS);
    events.push(...step.frame.events);
  }
  return { events: last(events), isCutOff: false };
}

function last(events: readonly SequencedEvent[]): readonly SequencedEvent[] {
  return events.slice(-SAMPLE_SIZE);
}
