/** What the bench of the relay counts and concludes; the relay itself is measured by running it. */
import { describe, expect, test } from 'vitest';
import {
  benchEvent,
  findEvents,
  hears,
  numbersOf,
  SHARE_WITH_RULES,
} from '../../../bench/relay/bench-event.ts';
import { createLatencies, percentileMs } from '../../../bench/relay/latencies.ts';
import { describeSize, findFaults } from '../../../bench/relay/report.ts';
import type { SubjectFigures } from '../../../bench/relay/run-size.ts';

describe('events', () => {
  const [first, second] = [benchEvent(41, 1_700_000_123), benchEvent(42, 1_700_000_456)];
  const found = [
    [41, 1_700_000_123],
    [42, 1_700_000_456],
  ];

  test.each([
    ['as the platform sent it', first, found.slice(0, 1)],
    [
      'as the relay batched them',
      `{"type":"events","events":[{"seq":7,"at":1,"data":${first}},{"seq":8,"at":1,"data":${second}}]}`,
      found,
    ],
    ['none in another frame', '{"type":"position","seq":8}', []],
  ])('are found %s', (_, text, expected) => {
    const seen: number[][] = [];
    const bytes = Buffer.from(`head${text}tail`);
    findEvents(bytes, 4, bytes.length - 4, (n, sentUs) => seen.push([n, sentUs]));
    expect(seen).toEqual(expected);
  });

  test('are JSON of about 280 bytes', () => {
    expect(JSON.parse(first)).toMatchObject({ n: 41, dest_number: '2001' });
    expect(Math.abs(Buffer.byteLength(first) - 280)).toBeLessThan(30);
  });

  test.each([0, 3, 9, 57])(
    'with rules, agent %i hears of its share: exactly those that its rules name',
    (agent) => {
      const numbers = numbersOf(agent);
      const heard = Array.from({ length: 100 }, (_, n) => n).filter((n) => hears(agent, n));
      expect(heard).toHaveLength(100 * SHARE_WITH_RULES);
      for (let n = 0; n < 100; n += 1) {
        const { dest_number } = JSON.parse(benchEvent(n, 0)) as { dest_number: string };
        expect(numbers.includes(dest_number)).toBe(heard.includes(n));
      }
    },
  );
});

test('percentiles are of all that was added since they were last taken', () => {
  const latencies = createLatencies();
  latencies.add(500_000);
  latencies.take();
  for (let ms = 1; ms <= 100; ms += 1) latencies.add(ms * 1_000);
  const counts = latencies.take();
  expect(percentileMs(counts, 0.5)).toBeCloseTo(50, 0);
  expect(percentileMs(counts, 0.99)).toBeCloseTo(99, 0);
  expect(percentileMs([], 0.5)).toBeNaN();
});

describe('the conclusion', () => {
  const figures = (deliveriesPerSecond: number, lost = 0): SubjectFigures => ({
    deliveriesPerSecond,
    eventsPerFrame: 1,
    cpuUsPerDelivery: 5,
    p50Ms: 1,
    p99Ms: 2,
    bytesPerConnection: undefined,
    lost,
  });
  const size = (relay: SubjectFigures, rules = figures(100)) => ({
    connections: 10,
    offeredPerSecond: 50,
    subjects: { bare: figures(100), relay, rules },
  });

  test.each([
    ['as fast is well', size(figures(100)), []],
    ['within 20 % is well', size(figures(80)), []],
    ['slower is a fault', size(figures(79)), [/relay, sees all: 0.79 of the bare broadcast at 10/]],
    ['slower with rules is a fault', size(figures(100), figures(10)), [/rules: 0.10/]],
    ['anything lost is a fault', size(figures(100, 3)), [/3 events or connections lost/]],
  ])('%s', (_, measured, faults) => {
    const found = findFaults([measured]);
    expect(found).toHaveLength(faults.length);
    for (const [index, fault] of faults.entries()) expect(found[index]).toMatch(fault);
  });

  test('is a table of those that were measured, held against the bare broadcast', () => {
    const table = describeSize(size(figures(150)));
    expect(table).toMatch(/relay, sees all +150 +1\.50/);
    expect(table).not.toMatch(/nginx/);
  });
});
