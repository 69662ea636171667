/** The core in Node: how many events a second it takes, whether that depends on the call's length, and what a line costs. */
import { median, ratioOf } from '../percentile.ts';
import type { Goal, Measure, Mode, Section } from '../section.ts';
import { callFrames, longCallFrames } from './frames.ts';
import { HEAP_LINES, measureHeap } from './heap.ts';
import { matching, plainMatching, redacting } from './line-work.ts';
import { floor, keeping, reading, reducing } from './stages.ts';
import { takeTurns } from './turns.ts';

type Extent = { frames: number; warmUps: number; rounds: number };
const extents: Record<Mode, Extent> = {
  full: { frames: 8_000, warmUps: 3, rounds: 15 },
  quick: { frames: 4_000, warmUps: 2, rounds: 5 },
};
const SHORT_LINES = 100;
const LONG_LINES = 20_000;
/** The first is a busy relay, the second a flood. */
const BUSY = 200;
const FLOOD = 2_000;

const EVENTS_A_SECOND = 50_000;
/** Room for a machine on which others work too. */
const QUICK_SHARE = 1 / 5;
const FLAT = 1.3;
/** Beside `JSON.parse` of the same frames: more than this and something has become slow. */
const MOST_REDUCED = 10;
const MOST_KEPT = 18;
const MOST_MATCHED = 6;

export const measureCore: Measure = async (mode) => {
  const sections = [
    await measureStages(mode, extents[mode]),
    await measureFlatness(extents[mode]),
    await measureLines(extents[mode]),
    weighLines(),
  ];
  return {
    tables: sections.flatMap(({ tables }) => tables),
    ratios: Object.assign({}, ...sections.map(({ ratios }) => ratios)),
    figures: Object.assign({}, ...sections.map(({ figures }) => figures)),
    goals: sections.flatMap(({ goals }) => goals),
  };
};

async function measureStages(mode: Mode, { frames: count, ...turns }: Extent): Promise<Section> {
  const frames = callFrames(count);
  const costs = await takeTurns(
    {
      floor: floor(frames),
      parse: reading(frames),
      reduce: reducing(frames),
      busy: keeping(frames, BUSY),
      flood: keeping(frames, FLOOD),
    },
    turns,
  );
  const titles: Record<keyof typeof costs, string> = {
    floor: 'floor: JSON.parse, held',
    parse: 'parse',
    reduce: 'parse, reduce',
    busy: `parse, reduce, persist, at ${BUSY}/s`,
    flood: `parse, reduce, persist, at ${FLOOD}/s`,
  };
  const names = ['floor', 'parse', 'reduce', 'busy', 'flood'] as const;
  const perSecond = (name: (typeof names)[number]) => 1e6 / median(costs[name]);
  const besideFloor = (name: (typeof names)[number]) => ratioOf(costs[name], costs.floor);
  return {
    tables: [
      {
        title: 'Core: events, one a frame, on one core',
        rows: [
          ['', 'events/s', 'µs/event', '× floor'],
          ...names.map((name) => [
            titles[name],
            Math.round(perSecond(name)).toLocaleString('en'),
            median(costs[name]).toFixed(2),
            besideFloor(name).toFixed(1),
          ]),
        ],
      },
    ],
    ratios: {
      'core.parse': besideFloor('parse'),
      'core.reduce': besideFloor('reduce'),
      [`core.persist.${BUSY}`]: besideFloor('busy'),
      [`core.persist.${FLOOD}`]: besideFloor('flood'),
    },
    figures: {
      'core.floor.perSecond': perSecond('floor'),
      'core.parse.perSecond': perSecond('parse'),
      'core.reduce.perSecond': perSecond('reduce'),
      [`core.persist.${BUSY}.perSecond`]: perSecond('busy'),
      [`core.persist.${FLOOD}.perSecond`]: perSecond('flood'),
    },
    goals: [
      {
        what: 'core, parse and reduce',
        value: perSecond('reduce'),
        unit: '/s',
        limit: { atLeast: mode === 'quick' ? EVENTS_A_SECOND * QUICK_SHARE : EVENTS_A_SECOND },
      },
      ratioGoal('core, parse and reduce, beside JSON.parse', besideFloor('reduce'), MOST_REDUCED),
      ratioGoal(`core, and persist at ${BUSY}/s, beside JSON.parse`, besideFloor('busy'), MOST_KEPT),
    ],
  };
}

/** Both have taken as many lines before; of the short call's, most were another call's. */
async function measureFlatness({ frames: count, ...turns }: Extent): Promise<Section> {
  const next = longCallFrames(count, 'events', 'measured');
  const long = longCallFrames(LONG_LINES, 'lines', 'measured');
  const short = [
    ...longCallFrames(LONG_LINES - SHORT_LINES, 'lines', 'other'),
    ...longCallFrames(SHORT_LINES, 'lines', 'measured'),
  ];
  const costs = await takeTurns(
    {
      reduceShort: reducing(next, short),
      reduceLong: reducing(next, long),
      keepShort: keeping(next, BUSY, short),
      keepLong: keeping(next, BUSY, long),
    },
    turns,
  );
  const reduce = ratioOf(costs.reduceLong, costs.reduceShort);
  const keep = ratioOf(costs.keepLong, costs.keepShort);
  const at = LONG_LINES.toLocaleString('en');
  return {
    tables: [
      {
        title: 'Core: an event in a long call',
        rows: [
          ['µs/event', `at line ${SHORT_LINES}`, `at line ${at}`, '×'],
          ['parse, reduce', ...[costs.reduceShort, costs.reduceLong].map(toUs), reduce.toFixed(2)],
          ['parse, reduce, persist', ...[costs.keepShort, costs.keepLong].map(toUs), keep.toFixed(2)],
        ],
      },
    ],
    ratios: { 'core.flat.reduce': reduce, 'core.flat.persist': keep },
    figures: {},
    goals: [
      ratioGoal(`core, an event at line ${at}, beside line ${SHORT_LINES}`, reduce, FLAT),
      ratioGoal('core, the same with its writes', keep, FLAT),
    ],
  };
}

async function measureLines(extent: Extent): Promise<Section> {
  const costs = await takeTurns(
    {
      none: matching(0),
      one: matching(1),
      fifty: matching(50),
      words: plainMatching(50),
      plain: redacting('plain'),
      numbers: redacting('numbers'),
    },
    extent,
  );
  const fiftyBesideWords = ratioOf(costs.fifty, costs.words);
  // The compiler has more than one way with lines without numbers, and which it takes is settled once a process.
  const both = costs.plain.map((plain, round) => plain + (costs.numbers[round] ?? Number.NaN));
  return {
    tables: [
      {
        title: 'Core: a line',
        rows: [
          ['', 'µs/line'],
          ['no keywords: made comparable', toUs(costs.none)],
          ['keywords of 1 profile', toUs(costs.one)],
          ['keywords of 50 profiles', toUs(costs.fifty)],
          ['floor: lower case, 50 × includes', toUs(costs.words)],
          ['redacted, no number in it', toUs(costs.plain)],
          ['redacted, a number in it', toUs(costs.numbers)],
        ],
      },
    ],
    ratios: {
      'core.keywords.50': fiftyBesideWords,
      'core.keywords.50beside1': ratioOf(costs.fifty, costs.one),
      'core.redaction': ratioOf(both, costs.fifty),
    },
    figures: {
      'core.keywords.50.usPerLine': median(costs.fifty),
      'core.redaction.usPerLine': median(costs.plain),
      'core.redaction.numbers.usPerLine': median(costs.numbers),
    },
    goals: [ratioGoal('core, keywords of 50 profiles, beside 50 × includes', fiftyBesideWords, MOST_MATCHED)],
  };
}

function weighLines(): Section {
  const { kept, parsed } = measureHeap();
  return {
    tables: [
      {
        title: `Core: heap, ${HEAP_LINES.toLocaleString('en')} lines`,
        rows: [
          ['', 'bytes/line', '× floor'],
          ['floor: the events as JSON gives them', parsed.toFixed(0), '1.0'],
          ['kept as lines of a call', kept.toFixed(0), (kept / parsed).toFixed(2)],
        ],
      },
    ],
    ratios: { 'core.heap': kept / parsed },
    figures: { 'core.heap.bytesPerLine': kept },
    goals: [],
  };
}

function ratioGoal(what: string, value: number, atMost: number): Goal {
  return { what, value, unit: '×', limit: { atMost } };
}

function toUs(costs: readonly number[]): string {
  return median(costs).toFixed(2);
}
