/** The note is typed while nothing, much and far too much is said. */
import type { Mode, Section } from '../section.ts';
import { flood } from './flood.ts';
import { FLOOD_PER_SECOND, floodFigures, floodGoals, floodTable, type OneFlood } from './flood-report.ts';
import type { Sender } from './sender-link.ts';
import type { Subject } from './subjects.ts';
import { watchTyping } from './typing-delays.ts';
import { watchPaints } from './watch-paints.ts';

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
  const floods: OneFlood[] = [];
  for (const given of PLANS[mode]) {
    const seen = await flood(sender, subject, `flood-${given.perSecond}`, given);
    floods.push({ perSecond: given.perSecond, seen });
  }
  const room = mode === 'quick' ? QUICK_ROOM : 1;
  return {
    tables: [floodTable(floods)],
    figures: Object.fromEntries(floods.flatMap(floodFigures)),
    goals: floods.filter(({ perSecond }) => perSecond > 1).flatMap((one) => floodGoals(one, room)),
  };
}
