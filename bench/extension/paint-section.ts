/** From the relay's send to the painted line, beside the least there can be and beside what one would write first. */
import type { Measure, Mode } from '../section.ts';
import { openBenchBrowser } from './bench-browser.ts';
import { describePaints } from './paint-goals.ts';
import { type Condition, type Pace, takePaintTurns } from './paint-turns.ts';

const PACES: Record<Mode, Record<Condition, readonly Pace[]>> = {
  full: {
    idle: [
      { perSecond: 1, rounds: 3, forMs: 20_000 },
      { perSecond: 20, rounds: 4, forMs: 5_000 },
      { perSecond: 200, rounds: 4, forMs: 4_000 },
      { perSecond: 2_000, rounds: 2, forMs: 4_000 },
    ],
    busy: [
      { perSecond: 1, rounds: 2, forMs: 20_000 },
      { perSecond: 20, rounds: 4, forMs: 5_000 },
      { perSecond: 200, rounds: 3, forMs: 4_000 },
      { perSecond: 2_000, rounds: 1, forMs: 4_000 },
    ],
  },
  quick: {
    idle: [
      { perSecond: 20, rounds: 2, forMs: 3_000 },
      { perSecond: 200, rounds: 2, forMs: 2_500 },
    ],
    busy: [{ perSecond: 20, rounds: 1, forMs: 4_000 }],
  },
};
export const measurePaint: Measure = async (mode) => {
  const world = await openBenchBrowser();
  try {
    return describePaints(await takePaintTurns(world, PACES[mode]), mode);
  } finally {
    await world.close();
  }
};
