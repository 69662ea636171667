/** What the bench concludes of a page and of an hour; both are measured by running it. */
import { describe, expect, test } from 'vitest';
import type { Heap } from '../../../bench/extension/heap.ts';
import { type Hour, type Moment, moments, type Part, parts } from '../../../bench/extension/hour.ts';
import { hourSection } from '../../../bench/extension/hour-section.ts';
import type { PageContents } from '../../../bench/extension/page-contents.ts';
import { turnsSection } from '../../../bench/extension/turns-section.ts';
import { isMet, type Section } from '../../../bench/section.ts';

const MB = 1_000_000;
const bare: PageContents = {
  scriptBytes: 0,
  scriptGzipBytes: 0,
  requests: 0,
  worlds: 0,
  nodes: 300,
  frames: 0,
  htmlLength: 9_000,
  listeners: 6,
};
const held: PageContents = { ...bare, scriptBytes: 40_000, scriptGzipBytes: 14_000, worlds: 1, frames: 1 };

function heapOf(megabytes: number): Heap {
  return { usedBytes: megabytes * MB, totalBytes: 0, embedderBytes: 0, backingBytes: 0 };
}

/** Ten megabytes of everything at all times, but where it is said. */
function hour(given: Partial<Record<Moment, Partial<Record<Part, number>>>>, page: Partial<Hour> = {}): Hour {
  const heaps = Object.fromEntries(
    moments.map((moment) => [
      moment,
      Object.fromEntries(parts.map((part) => [part, heapOf(given[moment]?.[part] ?? 10)])),
    ]),
  ) as Hour['heaps'];
  return { heaps, events: 1, offMsASecond: 0.1, onMsASecond: 0.5, eventsMs: 0, ...page };
}

function missed({ goals }: Section): string[] {
  return goals.filter((goal) => !isMet(goal)).map(({ what }) => what);
}

describe('a page', () => {
  const turns = { without: bare, off: bare, on: held, offAgain: { ...held, frames: 0 } };

  test.each([
    ['as it has to be', turns, []],
    ['with a script while the sidebar is off', { ...turns, off: { ...bare, scriptBytes: 1 } }, [/^scripts/]],
    [
      'with one node more than without Earshot',
      { ...turns, off: { ...bare, nodes: 301 } },
      [/without Earshot/],
    ],
    ['with too large a script', { ...turns, on: { ...held, scriptGzipBytes: 15_001 } }, [/gzip/]],
    ['that keeps a listener', { ...turns, offAgain: { ...held, frames: 0, listeners: 7 } }, [/^listeners/]],
    ['that keeps a frame', { ...turns, offAgain: held }, [/^nodes and frames, turned off/]],
  ])('%s', (_, given, expected) => {
    const found = missed(turnsSection(given));
    expect(found).toHaveLength(expected.length);
    for (const [at, what] of expected.entries()) expect(found[at]).toMatch(what);
  });
});

describe('an hour', () => {
  test.each([
    ['that leaves nothing behind', hour({}), []],
    [
      'in which the sidebar was too large once',
      hour({ held: { sidebar: 26 } }),
      [/^heap of the sidebar, the most/],
    ],
    [
      'after which the background holds more',
      hour({ secondHalf: { background: 12 } }),
      [/^heap of the background after/],
    ],
    [
      'that takes the page more than a thousandth',
      hour({}, { eventsMs: 2_200 }),
      [/^main thread of the page/],
    ],
  ])('%s', (_, given, expected) => {
    const found = missed(hourSection(given, 'full'));
    expect(found).toHaveLength(expected.length);
    for (const [at, what] of expected.entries()) expect(found[at]).toMatch(what);
  });
});
