/** What the delays of everybody say of the sidebar, and what is held against it. */
import { percentile } from '../percentile.ts';
import type { Goal, Mode, Section } from '../section.ts';
import type { Condition, PaintFigures } from './paint-turns.ts';
import type { SubjectName } from './subjects.ts';

/** Up to this rate the floor is held against the sidebar. */
const FASTEST_HELD = 200;
/** Of fewer samples the slowest hundredth is one line's luck, and the slowest tenth stands in for it. */
const SAMPLES_FOR_P99 = 300;
const LAST_OF_FEW = 0.9;
/** Of a page whose main thread is taken, the slowest twentieth counts. */
const LAST_OF_BUSY = 0.95;
/**
 * What is held up to 20 lines a second of the middle, and at one a second of the end. A bare page is done in two or three
 * ms then: to decode, keep and draw a turn takes as long again. And it has no clock of its own: the frame in which ours
 * ticks makes one line in thirty wait for the next. A busy page leaves it one core less, at the end and in a flood.
 */
const TRICKLE = {
  middle: { upTo: 20, held: 2.6 },
  end: { upTo: 1, held: 2.5 },
  busy: { upTo: 1, held: 2.5 },
};
/** A short run on a machine that does other things too: the middle of it is steady, its ends are not. */
const ROOM: Record<Mode, { middle: number; end: number }> = {
  full: { middle: 1, end: 1 },
  quick: { middle: 1.3, end: 1.6 },
};

type Held = {
  ratio: string;
  goal: Goal;
  /** Whether a slower machine leaves it as it is. */
  isOfAnyMachine: boolean;
};

export function describePaints(all: readonly PaintFigures[], mode: Mode): Section {
  const sidebars = all.filter(({ subject }) => subject === 'sidebar');
  const held = sidebars.flatMap((ours) =>
    ours.condition === 'idle' ? besideFloor(ours, all, mode) : besideNaive(ours, all, mode),
  );
  const values = (some: readonly Held[]) =>
    Object.fromEntries(some.map(({ ratio, goal }) => [ratio, goal.value]));
  const lost = sidebars.map(({ condition, perSecond, lost }): Goal => {
    const what = `${perSecond} lines/s, page ${condition}: lines lost`;
    return { what, value: lost, unit: 'lines', limit: { atMost: 0 } };
  });
  const toRoad = (some: readonly PaintFigures[]) =>
    Object.fromEntries(some.flatMap((ours) => besideRoad(ours, all)));
  return {
    tables: [{ title: 'From the send to the paint, ms', rows: rowsOf(all) }],
    ratios: {
      ...values(held.filter(({ isOfAnyMachine }) => isOfAnyMachine)),
      ...toRoad(sidebars.filter((ours) => !isFlood(ours))),
    },
    figures: {
      ...toRoad(sidebars.filter(isFlood)),
      ...values(held.filter(({ isOfAnyMachine }) => !isOfAnyMachine)),
      ...Object.fromEntries(all.flatMap(figuresOf)),
    },
    goals: [...lost, ...held.map(({ goal }) => goal)],
  };
}

function besideFloor(ours: PaintFigures, all: readonly PaintFigures[], mode: Mode): Held[] {
  const { perSecond, ms } = ours;
  const floor = find(all, 'idle', perSecond, 'floor');
  if (floor === undefined || isFlood(ours)) return [];
  const { middle, end } = ROOM[mode];
  const last = lastShare(ms);
  const against = (share: number) => percentile(ms, share) / percentile(floor.ms, share);
  const hold = (share: number, atMost: number, held: number | undefined): Held => ({
    isOfAnyMachine: true,
    ratio: `paint.idle.${perSecond}.${nameOf(share)}`,
    goal: {
      what: `${perSecond} lines/s, page idle: ${nameOf(share)} to the floor's`,
      value: against(share),
      unit: '×',
      limit: { atMost },
      ...(held !== undefined && { held: { atMost: held } }),
    },
  });
  return [
    hold(0.5, 1.5 * middle, perSecond <= TRICKLE.middle.upTo ? TRICKLE.middle.held * middle : undefined),
    hold(last, 2 * end, perSecond <= TRICKLE.end.upTo ? TRICKLE.end.held * end : undefined),
  ];
}

function besideNaive(ours: PaintFigures, all: readonly PaintFigures[], mode: Mode): Held[] {
  const { perSecond, ms } = ours;
  const { end } = ROOM[mode];
  const share = Math.min(LAST_OF_BUSY, lastShare(ms));
  const last = percentile(ms, share);
  const of = (condition: Condition, subject: SubjectName) =>
    percentile(find(all, condition, perSecond, subject)?.ms ?? [], share);
  const hold = (ratio: string, beside: string, value: number, atMost: number, held?: number): Held => ({
    // The naive one waits for the page, as long on any machine; in a flood luck decides.
    isOfAnyMachine: ratio === 'own' && !isFlood(ours),
    ratio: `paint.busy.${perSecond}.${ratio}`,
    goal: {
      what: `${perSecond} lines/s, page busy: ${nameOf(share)} to ${beside}`,
      value,
      unit: '×',
      limit: { atMost: atMost * end },
      ...(held !== undefined && { held: { atMost: held * end } }),
    },
  });
  const isShortOfCores = perSecond <= TRICKLE.busy.upTo || isFlood(ours);
  const heldOwn = isShortOfCores ? TRICKLE.busy.held : undefined;
  return [
    hold('own', 'our own, page idle', last / of('idle', 'sidebar'), 1.5, heldOwn),
    hold('naive', "the naive sidebar's", last / of('busy', 'naive'), 1 / 5),
  ];
}

/** Nothing is held against it: what of the way to the floor any extension has to go. */
function besideRoad({ condition, perSecond, ms }: PaintFigures, all: readonly PaintFigures[]) {
  const road = condition === 'idle' ? find(all, 'idle', perSecond, 'road') : undefined;
  if (road === undefined || road.ms.length === 0) return [];
  return [[`paint.idle.${perSecond}.p50ToRoad`, percentile(ms, 0.5) / percentile(road.ms, 0.5)]] as const;
}

function find(
  all: readonly PaintFigures[],
  condition: Condition,
  perSecond: number,
  subject: SubjectName,
): PaintFigures | undefined {
  return all.find(
    (one) => one.condition === condition && one.perSecond === perSecond && one.subject === subject,
  );
}

/** Two cores are taken whole then, and who waits for one is luck. */
function isFlood({ perSecond }: PaintFigures): boolean {
  return perSecond > FASTEST_HELD;
}

function lastShare(ms: readonly number[]): number {
  return ms.length < SAMPLES_FOR_P99 ? LAST_OF_FEW : 0.99;
}

function nameOf(share: number): string {
  return `p${share * 100}`;
}

function figuresOf({ condition, perSecond, subject, ms }: PaintFigures): [string, number][] {
  return [...new Set([0.5, 0.95, lastShare(ms)])].map((share) => [
    `paint.${condition}.${perSecond}.${subject}.${nameOf(share)}Ms`,
    percentile(ms, share),
  ]);
}

function rowsOf(all: readonly PaintFigures[]): string[][] {
  const titles = ['page', 'lines/s', '', 'lines', 'p50', 'p90', 'p95', 'p99', 'not in time'];
  const rows = all.map(({ condition, perSecond, subject, ms, lost }) => {
    const cells = [0.5, 0.9, 0.95, 0.99].map((share) =>
      share < 0.99 || share <= lastShare(ms) ? percentile(ms, share).toFixed(1) : '',
    );
    return [condition, String(perSecond), subject, String(ms.length), ...cells, String(lost)];
  });
  return [titles, ...rows];
}
