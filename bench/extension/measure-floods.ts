/** The note is typed while nothing, much and far too much is said. */
import { percentile } from '../percentile.ts';
import type { Goal, Mode, Section } from '../section.ts';
import { type Flood, flood } from './flood.ts';
import type { Sender } from './sender-link.ts';
import { LONG_TASK_MS, longestOf, longestWords } from './stalls.ts';
import type { Subject } from './subjects.ts';
import { watchTyping } from './typing-delays.ts';
import { watchPaints } from './watch-paints.ts';

const FLOOD_PER_SECOND = 2_000;

const PLANS = {
  full: [
    { perSecond: 1, forMs: 8_000 },
    { perSecond: 200, forMs: 10_000 },
    { perSecond: FLOOD_PER_SECOND, forMs: 30_000 },
  ],
  quick: [
    { perSecond: 200, forMs: 3_000 },
    { perSecond: FLOOD_PER_SECOND, forMs: 5_000 },
  ],
} as const;

const ANSWERED_WITHIN_MS = 50;
/** What else runs on a busy machine takes its time out of the middle of a task. */
const QUICK_ROOM = 2;

/** In calls of their own, in a sidebar whose stalls are watched. */
export async function measureFloods(
  sender: Sender,
  subject: Subject,
  mode: Mode,
): Promise<Pick<Section, 'tables' | 'figures' | 'goals'>> {
  await watchPaints(subject.place);
  await watchTyping(subject.place);
  const floods: { perSecond: number; seen: Flood }[] = [];
  for (const given of PLANS[mode]) {
    const seen = await flood(sender, subject, `flood-${given.perSecond}`, given);
    floods.push({ perSecond: given.perSecond, seen });
  }
  const room = mode === 'quick' ? QUICK_ROOM : 1;
  return {
    tables: [{ title: 'A note is typed while lines come', rows: [TITLES, ...floods.map(rowOf)] }],
    figures: Object.fromEntries(floods.flatMap(figuresOf)),
    goals: floods.filter(({ perSecond }) => perSecond > 1).flatMap((one) => goalsOf(one, room)),
  };
}

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

type OneFlood = { perSecond: number; seen: Flood };

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

function figuresOf({ perSecond, seen }: OneFlood): [string, number][] {
  return [
    [`flood.${perSecond}.longestTaskMs`, longestOf(seen.longTasksMs)],
    [`flood.${perSecond}.longTasks`, seen.longTasksMs.length],
    [`flood.${perSecond}.typing.p50Ms`, percentile(seen.typingMs, 0.5)],
    [`flood.${perSecond}.typing.p95Ms`, percentile(seen.typingMs, 0.95)],
  ];
}

function goalsOf({ perSecond, seen }: OneFlood, room: number): Goal[] {
  const typing: Goal = {
    what: `typing a note at ${perSecond} lines/s, p95`,
    value: percentile(seen.typingMs, 0.95),
    unit: 'ms',
    limit: { atMost: ANSWERED_WITHIN_MS * room },
  };
  if (perSecond !== FLOOD_PER_SECOND) return [typing];
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
    },
    typing,
  ];
}
