/** What a line costs where few and where many are on screen, beside a naive sidebar, and what a flood does. */
import { median, ratioOf } from '../percentile.ts';
import type { Goal, Measure, Mode } from '../section.ts';
import { withBenchBrowsers } from './bench-browsers.ts';
import { costTable, type SizeCosts } from './cost-table.ts';
import { type FilledWorld, fillWorld } from './filled-world.ts';
import { type LineCost, measureIdle, measureLineCost } from './line-cost.ts';
import { measureFloods } from './measure-floods.ts';

const FEW = 100;
const MANY = 20_000;

/** With whole chunks of the transcript, which cost the more the fuller they are, every turn meets the same. */
const STEADY = { perSecond: 25, forMs: 2_000 };
/** The naive sidebar takes its time with each. */
const NAIVE = { perSecond: STEADY.perSecond, forMs: 1_000 };
/** Only where the fewest and the most lines are. */
const FAST = { perSecond: 200, forMs: 500 };

const PLANS = {
  full: { sizes: [FEW, 1_500, 5_000, MANY], rounds: 5, naiveRounds: 3, isQuick: false },
  quick: { sizes: [FEW, MANY], rounds: 3, naiveRounds: 2, isQuick: true },
} as const;

const GROWTH_AT_MOST = 1.3;
const OF_NAIVE_AT_MOST = 0.1;
/** Its cost is the browser's layout and ours is a script's: from one processor to another they stand otherwise. */
const OF_NAIVE_HELD = 0.13;
/** Few rounds on a busy machine scatter by a quarter. */
const QUICK_ROOM = 1.3;

export const measureCost: Measure = (mode) => {
  const { sizes } = PLANS[mode];
  return withBenchBrowsers(sizes.length, async (benches) => {
    const worlds = await Promise.all(benches.map((bench, at) => fillWorld(bench, sizes[at] ?? FEW)));
    const costs = await takeTurns(worlds, mode);
    const [few, many] = [costs[0], costs.at(-1)];
    const [bench, world] = [benches[0], worlds[0]];
    if (few === undefined || many === undefined || bench === undefined || world === undefined)
      throw new Error('nothing was measured');
    const floods = await measureFloods(bench.sender, world.sidebar.subject, mode);
    const growth = ratioOf(tasksOf(many.sidebar), tasksOf(few.sidebar));
    // The naive one has had fewer turns, and not each is beside one of ours.
    const ofNaive = median(tasksOf(many.sidebar)) / median(tasksOf(many.naive));
    const room = mode === 'quick' ? QUICK_ROOM : 1;
    const turns = costs.flatMap(({ sidebar, fast }) => [...sidebar, ...fast]);
    const goals: Goal[] = [
      {
        what: 'cost a line at 20,000 lines on screen, beside that at 100',
        value: growth,
        unit: '×',
        limit: { atMost: GROWTH_AT_MOST * room },
      },
      {
        what: "cost a line at 20,000 lines, beside the naive sidebar's",
        value: ofNaive,
        unit: '×',
        limit: { atMost: OF_NAIVE_AT_MOST * room },
        held: { atMost: OF_NAIVE_HELD * room },
      },
      {
        what: 'lines that shifted while others came',
        value: turns.reduce((sum, { shifts }) => sum + shifts, 0),
        unit: 'lines',
        limit: { atMost: 0 },
      },
      {
        what: 'newest lines that came out of view, while nobody reads back',
        value: turns.filter(({ inView }) => !inView).length,
        unit: 'lines',
        limit: { atMost: 0 },
      },
    ];
    return {
      tables: [costTable(costs), ...floods.tables],
      ratios: {
        'cost.growth': growth,
        'cost.ofNaive': ofNaive,
      },
      figures: {
        ...Object.fromEntries(
          costs.flatMap(({ lines, ...measured }) =>
            (['sidebar', 'fast', 'naive'] as const)
              .filter((where) => measured[where].length > 0)
              .map((where) => [`cost.${lines}.${where}.msALine`, median(tasksOf(measured[where]))]),
          ),
        ),
        ...floods.figures,
      },
      goals: [...goals, ...floods.goals],
    };
  });
};

/** Round by round, every size has its turn. */
async function takeTurns(worlds: readonly FilledWorld[], mode: Mode): Promise<SizeCosts[]> {
  const { rounds, naiveRounds, isQuick } = PLANS[mode];
  const turns = await Promise.all(
    worlds.map(async ({ lines, sidebar, naive }) => {
      const idle = { naive: await measureIdle(naive), sidebar: await measureIdle(sidebar) };
      const costs = { lines, sidebar: [] as LineCost[], fast: [] as LineCost[], naive: [] as LineCost[] };
      return { sidebar, naive, idle, costs };
    }),
  );
  for (let round = 0; round < rounds; round += 1) {
    for (const { sidebar, naive, idle, costs } of turns) {
      const isEnd = costs.lines === FEW || costs.lines === MANY;
      costs.sidebar.push(await measureLineCost(sidebar, idle.sidebar, STEADY));
      if (isEnd && !isQuick) costs.fast.push(await measureLineCost(sidebar, idle.sidebar, FAST));
      if (round >= naiveRounds || (isQuick && costs.lines !== MANY)) continue;
      costs.naive.push(await measureLineCost(naive, idle.naive, NAIVE));
    }
  }
  return turns.map(({ costs }) => costs);
}

function tasksOf(costs: readonly LineCost[]): number[] {
  return costs.map(({ work }) => work.taskMs);
}
