/**
 * One number of connections: all subjects are up and connected, and take turns, so that the machine's moods hit all
 * alike. Two measures follow each other: as much as can be, then the same moderate load for all.
 */
import { setTimeout as wait } from 'node:timers/promises';
import type { Crew } from './crew.ts';
import { percentileMs } from './latencies.ts';
import type { SubjectName } from './messages.ts';
import { cpuUs, residentBytes } from './process-figures.ts';
import { type Subject, type Surroundings, startSubject } from './subjects.ts';
import { receiversOf, type Turn, takeTurn } from './turn.ts';

export type Phases = { rounds: number; warmUpMs: number; saturatedMs: number; pacedMs: number };

/** Medians over the rounds, but for the percentiles, which are over all of them. */
export type SubjectFigures = {
  deliveriesPerSecond: number;
  /** When saturated. */
  eventsPerFrame: number;
  /** At the moderate load: what one delivery costs the server's process. */
  cpuUsPerDelivery: number;
  p50Ms: number;
  p99Ms: number;
  /** Undefined for so few connections that it would say nothing. */
  bytesPerConnection: number | undefined;
  /** Of resident memory, with a full replay window against none. */
  windowBytes?: number | undefined;
  /** From the handshake to the first frame; undefined likewise. */
  cpuUsPerConnect?: number | undefined;
  lost: number;
};
export type SizeFigures = {
  connections: number;
  /** Deliveries offered a second in the second measure. */
  offeredPerSecond: number;
  subjects: Partial<Record<SubjectName, SubjectFigures>>;
};

/** The relay's default replay window, which is full before anything is measured. */
const WINDOW_EVENTS = 20_000;
/** Deliveries under way at most when saturated: enough that nobody waits for the next event. */
const LEAST_UNDER_WAY = 20_000;
const LEAST_EVENTS_UNDER_WAY = 16;
const MODERATE_SHARE = 0.5;
/** No more are offered a second at the moderate load, so that events come one by one. */
const MODERATE_DELIVERIES = 25_000;
const SETTLE_MS = 1_000;
const FEWEST_FOR_MEMORY = 500;

type Idle = { windowBytes: number; bytesPerConnection: number; cpuUsPerConnect: number };
type Contender = {
  subject: Subject;
  receivers: number;
  idle: Idle;
  saturated: Turn[];
  paced: Turn[];
};

export async function runSize(
  connections: number,
  names: readonly SubjectName[],
  crew: Crew,
  surroundings: Surroundings,
  { rounds, warmUpMs, saturatedMs, pacedMs }: Phases,
): Promise<SizeFigures> {
  const contenders: Contender[] = [];
  for (const name of names) {
    const subject = await startSubject(name, connections, surroundings);
    const idle = await connectIdle(crew, subject, connections);
    const receivers = receiversOf(subject, connections);
    contenders.push({ subject, receivers, idle, saturated: [], paced: [] });
  }

  for (const { subject, receivers, saturated } of inTurns(contenders, rounds)) {
    const underWay = Math.max(LEAST_UNDER_WAY, LEAST_EVENTS_UNDER_WAY * receivers);
    const begin = () => crew.saturate(subject.name, receivers, underWay);
    saturated.push(await takeTurn(crew, subject, receivers, { warmUpMs, forMs: saturatedMs }, begin));
  }
  const slowest = Math.min(...contenders.map(({ saturated }) => median(saturated, 'deliveriesPerSecond')));
  const offeredPerSecond = Math.min(slowest * MODERATE_SHARE, MODERATE_DELIVERIES);
  for (const { subject, receivers, paced } of inTurns(contenders, rounds)) {
    const begin = () => crew.pace(subject.name, offeredPerSecond / receivers);
    paced.push(await takeTurn(crew, subject, receivers, { warmUpMs, forMs: pacedMs }, begin));
  }

  const figures: SizeFigures = { connections, offeredPerSecond, subjects: {} };
  for (const contender of contenders) {
    figures.subjects[contender.subject.name] = figuresOf(contender, connections);
  }
  return figures;
}

/** Resolves with what the window and each connection cost the subject before anything is measured. */
async function connectIdle(crew: Crew, subject: Subject, connections: number): Promise<Idle> {
  const emptyBytes = residentBytes(subject.pid);
  const next = await crew.fill(subject.name, WINDOW_EVENTS);
  await wait(SETTLE_MS);
  const before = { bytes: residentBytes(subject.pid), cpuUs: cpuUs(subject.pid) };
  await crew.connect(subject, connections, next);
  await wait(SETTLE_MS);
  return {
    windowBytes: before.bytes - emptyBytes,
    bytesPerConnection: (residentBytes(subject.pid) - before.bytes) / connections,
    cpuUsPerConnect: (cpuUs(subject.pid) - before.cpuUs) / connections,
  };
}

/** Everybody once a round, each round beginning with another. */
function inTurns<Item>(items: readonly Item[], rounds: number): Item[] {
  return Array.from({ length: rounds }, (_, round) => {
    const first = round % items.length;
    return [...items.slice(first), ...items.slice(0, first)];
  }).flat();
}

function figuresOf({ idle, saturated, paced }: Contender, connections: number): SubjectFigures {
  const delays = paced.flatMap((turn) => turn.delays);
  return {
    deliveriesPerSecond: median(saturated, 'deliveriesPerSecond'),
    eventsPerFrame: median(saturated, 'eventsPerFrame'),
    cpuUsPerDelivery: median(paced, 'cpuUsPerDelivery'),
    p50Ms: percentileMs(delays, 0.5),
    p99Ms: percentileMs(delays, 0.99),
    windowBytes: idle.windowBytes,
    bytesPerConnection: connections < FEWEST_FOR_MEMORY ? undefined : idle.bytesPerConnection,
    cpuUsPerConnect: connections < FEWEST_FOR_MEMORY ? undefined : idle.cpuUsPerConnect,
    lost: [...saturated, ...paced].reduce((sum, { lost }) => sum + lost, 0),
  };
}

function median(turns: readonly Turn[], field: Exclude<keyof Turn, 'delays'>): number {
  const sorted = turns.map((turn) => turn[field]).toSorted((a, b) => a - b);
  const middle = (sorted.length - 1) / 2;
  return ((sorted[Math.floor(middle)] ?? 0) + (sorted[Math.ceil(middle)] ?? 0)) / 2;
}
