/** From the relay's send to the painted line, beside the least there can be and beside what one would write first. */
import { percentile } from '../percentile.ts';
import type { Goal, Measure, Mode, Section } from '../section.ts';
import { openBenchBrowser } from './bench-browser.ts';
import { type Condition, type Pace, type PaintFigures, takePaintTurns } from './paint-turns.ts';
import type { SubjectName } from './subjects.ts';

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
/** Up to this rate the floor is held against the sidebar. */
const FASTEST_HELD = 200;
/** Of fewer samples the slowest hundredth is one line's luck. */
const SAMPLES_FOR_P99 = 300;
/** A short run on a machine that does other things too. */
const QUICK_SLACK = 1.6;

export const measurePaint: Measure = async (mode) => {
  const world = await openBenchBrowser();
  try {
    return describe(await takePaintTurns(world, PACES[mode]), mode);
  } finally {
    await world.close();
  }
};

/** What is held against the sidebar, from the delays of everybody. */
export function describe(all: readonly PaintFigures[], mode: Mode): Section {
  const slack = mode === 'quick' ? QUICK_SLACK : 1;
  const ratios: Record<string, number> = {};
  const figures: Record<string, number> = {};
  const goals: Goal[] = [];
  const find = (condition: Condition, perSecond: number, subject: SubjectName) =>
    all.find((one) => one.condition === condition && one.perSecond === perSecond && one.subject === subject);
  const hold = (name: string, what: string, value: number, atMost: number) => {
    ratios[name] = value;
    goals.push({ what, value, unit: '×', limit: { atMost: atMost * slack } });
  };

  for (const { condition, perSecond, subject, ms, lost } of all) {
    const name = `paint.${condition}.${perSecond}.${subject}`;
    for (const share of sharesOf(ms)) figures[`${name}.p${share * 100}Ms`] = percentile(ms, share);
    if (subject !== 'sidebar') continue;
    const pace = `${perSecond} lines/s`;
    goals.push({
      what: `${pace}, page ${condition}: lines lost`,
      value: lost,
      unit: 'lines',
      limit: { atMost: 0 },
    });
    const floor = find('idle', perSecond, 'floor');
    if (condition === 'idle') {
      if (floor === undefined || perSecond > FASTEST_HELD) continue;
      const against = (share: number) => percentile(ms, share) / percentile(floor.ms, share);
      hold(`paint.idle.${perSecond}.p50`, `${pace}, page idle: p50 to the floor's`, against(0.5), 1.5);
      const road = percentile(find('idle', perSecond, 'road')?.ms ?? [], 0.5);
      ratios[`paint.idle.${perSecond}.roadP50`] = percentile(ms, 0.5) / road;
      if (ms.length < SAMPLES_FOR_P99) continue;
      hold(`paint.idle.${perSecond}.p99`, `${pace}, page idle: p99 to the floor's`, against(0.99), 2);
      continue;
    }
    const p95 = percentile(ms, 0.95);
    const own = percentile(find('idle', perSecond, 'sidebar')?.ms ?? [], 0.95);
    const naive = percentile(find('busy', perSecond, 'naive')?.ms ?? [], 0.95);
    hold(`paint.busy.${perSecond}.own`, `${pace}, page busy: p95 to our own, page idle`, p95 / own, 1.5);
    hold(
      `paint.busy.${perSecond}.naive`,
      `${pace}, page busy: p95 to the naive sidebar's`,
      p95 / naive,
      1 / 5,
    );
  }
  return { tables: [{ title: 'From the send to the paint, ms', rows: rowsOf(all) }], ratios, figures, goals };
}

function sharesOf(ms: readonly number[]): number[] {
  return ms.length < SAMPLES_FOR_P99 ? [0.5, 0.95] : [0.5, 0.95, 0.99];
}

function rowsOf(all: readonly PaintFigures[]): string[][] {
  const titles = ['page', 'lines/s', '', 'lines', 'p50', 'p95', 'p99', 'not in time'];
  const rows = all.map(({ condition, perSecond, subject, ms, lost }) => {
    const shares = sharesOf(ms);
    const cells = [0.5, 0.95, 0.99].map((share) =>
      shares.includes(share) ? percentile(ms, share).toFixed(1) : '',
    );
    return [condition, String(perSecond), subject, String(ms.length), ...cells, String(lost)];
  });
  return [titles, ...rows];
}
