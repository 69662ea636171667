/** One subject's turn: some seconds of one kind of load, what came of it, and whether all of it came. */
import { setTimeout as wait } from 'node:timers/promises';
import { SHARE_WITH_RULES } from './bench-event.ts';
import type { Crew } from './crew.ts';
import type { LatencyCounts } from './latencies.ts';
import type { Mark } from './messages.ts';
import { cpuUs } from './process-figures.ts';
import type { Subject } from './subjects.ts';

export type Turn = {
  /** Received by all who were to receive them. */
  events: number;
  deliveriesPerSecond: number;
  eventsPerFrame: number;
  cpuUsPerDelivery: number;
  delays: LatencyCounts;
  /** Events that should have been received and were not, or twice, and connections lost. */
  lost: number;
};

const ARRIVAL_PATIENCE_MS = 15_000;
const ARRIVAL_POLL_MS = 50;

/** How many hear of an event. */
export function receiversOf({ name }: Subject, connections: number): number {
  if (name === 'own') return 1;
  return name === 'rules' ? connections * SHARE_WITH_RULES : connections;
}

/**
 * Lets what `begin` starts run for `forMs` after warming up, then waits until everything has arrived. `look` is called
 * at both ends of that time.
 */
export async function takeTurn(
  crew: Crew,
  subject: Subject,
  receivers: number,
  { warmUpMs, forMs }: { warmUpMs: number; forMs: number },
  begin: () => void,
  look: () => Promise<void> = async () => {},
): Promise<Turn> {
  const mark = async () => sumUp(await crew.mark(subject.name));
  const firstEvent = await crew.fill(subject.name, 0);
  const idle = await mark();
  begin();
  await wait(warmUpMs);
  await look();
  const [from, cpuFrom] = [await mark(), cpuUs(subject.pid)];
  await wait(forMs);
  const [to, cpuTo] = [await mark(), cpuUs(subject.pid)];
  await look();
  const nextEvent = await crew.pause();

  const expected = idle.deliveries + (nextEvent - firstEvent) * receivers;
  const giveUpMs = Date.now() + ARRIVAL_PATIENCE_MS;
  let end = await mark();
  while (end.deliveries < expected && Date.now() < giveUpMs) {
    await wait(ARRIVAL_POLL_MS);
    end = await mark();
  }

  const deliveries = to.deliveries - from.deliveries;
  return {
    events: deliveries / receivers,
    deliveriesPerSecond: deliveries / ((to.atUs - from.atUs) / 1e6),
    eventsPerFrame: deliveries / (to.frames - from.frames),
    cpuUsPerDelivery: (cpuTo - cpuFrom) / deliveries,
    delays: to.latencies,
    lost: Math.max(Math.abs(expected - end.deliveries), end.missed - idle.missed) + end.closed - idle.closed,
  };
}

function sumUp(marks: readonly Mark[]) {
  const total = (field: 'deliveries' | 'frames' | 'missed' | 'closed') =>
    marks.reduce((count, mark) => count + mark[field], 0);
  return {
    atUs: Math.max(...marks.map(({ atUs }) => atUs)),
    deliveries: total('deliveries'),
    frames: total('frames'),
    missed: total('missed'),
    closed: total('closed'),
    latencies: marks.flatMap(({ latencies }) => latencies),
  };
}
