/** What is told of floods, and what is held against the greatest. */
import { percentile } from '../percentile.ts';
import type { Goal, Table } from '../section.ts';
import type { Flood } from './flood.ts';
import { LONG_TASK_MS, longestOf, longestWords } from './stalls.ts';

export type OneFlood = { perSecond: number; seen: Flood };

export const FLOOD_PER_SECOND = 2_000;
const ANSWERED_WITHIN_MS = 50;
/** The flood leaves no core idle: a task of 30 ms of work may stand still for as long again, and longer. */
const HELD = { taskMs: 400, typingMs: 100 };

const TITLES = [
  'lines/s',
  'sent',
  'painted',
  'lost',
  'longest task, ms',
  'tasks > 50 ms',
  'key p50, ms',
  'p95, ms',
];

export function floodTable(floods: readonly OneFlood[]): Table {
  return { title: 'A note is typed while lines come', rows: [TITLES, ...floods.map(rowOf)] };
}

function rowOf({ perSecond, seen }: OneFlood): string[] {
  return [
    String(perSecond),
    String(seen.sent),
    String(seen.painted),
    String(seen.lost),
    longestWords(seen.longTasksMs),
    String(seen.longTasksMs.length),
    percentile(seen.typingMs, 0.5).toFixed(1),
    percentile(seen.typingMs, 0.95).toFixed(1),
  ];
}

export function floodFigures({ perSecond, seen }: OneFlood): [string, number][] {
  return [
    [`flood.${perSecond}.longestTaskMs`, longestOf(seen.longTasksMs)],
    [`flood.${perSecond}.longTasks`, seen.longTasksMs.length],
    [`flood.${perSecond}.typing.p50Ms`, percentile(seen.typingMs, 0.5)],
    [`flood.${perSecond}.typing.p95Ms`, percentile(seen.typingMs, 0.95)],
  ];
}

export function floodGoals({ perSecond, seen }: OneFlood, room: number): Goal[] {
  const typing: Goal = {
    what: `typing a note at ${perSecond} lines/s, p95`,
    value: percentile(seen.typingMs, 0.95),
    unit: 'ms',
    limit: { atMost: ANSWERED_WITHIN_MS * room },
  };
  if (perSecond !== FLOOD_PER_SECOND) return [typing];
  const typingInFlood = { ...typing, held: { atMost: HELD.typingMs * room } };
  return [
    {
      what: `lines lost or out of place at ${perSecond} lines/s`,
      value: seen.lost + seen.misplaced,
      unit: 'lines',
      limit: { atMost: 0 },
    },
    {
      what: `longest task of the sidebar at ${perSecond} lines/s`,
      value: longestOf(seen.longTasksMs),
      unit: 'ms',
      limit: { atMost: LONG_TASK_MS * room },
      held: { atMost: HELD.taskMs },
    },
    typingInFlood,
  ];
}
