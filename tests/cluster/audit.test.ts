/** The cluster's measure itself: it finds what it is there to find. */

import { describe, expect, test } from 'vitest';
import type { CallsAllowed } from '../../relay/stream/rules.ts';
import { type Audited, createAudit, createWriters } from './audit.ts';
import type { Told } from './cluster-agent.ts';
import { type Line, numberOfLine } from './numbered-line.ts';

/** Ten lines, one every 10 s. */
const atMs = (n: number) => n * 10_000;
const lines: Line[] = Array.from({ length: 10 }, (_, index) => ({
  n: index + 1,
  atMs: atMs(index + 1),
  number: numberOfLine(index + 1),
}));
const all = lines.map(({ n }) => n);
const gap = (from: number, to: number): Told => ({ from: atMs(from), to: atMs(to), by: 'frame' });

function agentTold(told: readonly Told[], calls: CallsAllowed = 'all'): Audited {
  return {
    member: { name: 'agent', token: '', calls },
    relay: () => 'a',
    state: () => 'connected',
    takeTold: () => [...told],
  };
}

describe('the audit', () => {
  const cases: [string, readonly Told[], RegExp | undefined, number][] = [
    ['has nothing to say of all lines in order', all, undefined, 0],
    ['takes a gap that is told in its place', [1, 2, 3, gap(3, 6), 7, 8, 9, 10], undefined, 3],
    ['takes a gap in which nothing is missing', [1, 2, gap(2, 3), ...all.slice(2)], undefined, 0],
    ['finds a line that is missing', all.filter((n) => n !== 4), /lines 4 to 4 .*nothing/, 1],
    ['finds a gap that is too short', [1, 2, 3, gap(3, 5), 7, 8, 9, 10], /lines 6 to 6 .*frame/, 3],
    ['finds a gap that is told elsewhere', [1, 2, 3, 7, gap(3, 6), 8, 9, 10], /lines 4 to 6 /, 3],
    ['finds a line that came twice', [1, 2, 2, ...all.slice(2)], /line 2 came twice/, 0],
    ['finds a line that came late', [1, 2, 4, 3, ...all.slice(4)], /line 3 came after 4/, 1],
    ['finds an agent that lacks the last', all.slice(0, 9), /the last line it was told is 9 of 10/, 0],
  ];
  test.each(cases)('%s', (_, told, breach, lost) => {
    const account = createAudit(lines, createWriters()).close([agentTold(told)]);
    if (breach === undefined) expect(account.breaches).toEqual([]);
    else expect(account.breaches.join()).toMatch(breach);
    expect(account.lost).toBe(lost);
  });

  test('asks of an agent with rules for the lines of its calls only', () => {
    const number = numberOfLine(2);
    const calls: CallsAllowed = [{ field: 'dest_number', in: [number, numberOfLine(10)] }];
    const its = lines.flatMap((line) => (line.number === number ? [line.n] : []));
    const close = (told: readonly Told[]) =>
      createAudit(lines, createWriters()).close([agentTold(told, calls)]);
    expect(close(its).breaches).toEqual([]);
    expect(close(its.slice(1)).breaches).toHaveLength(1);
  });

  test('finds two connections whose lines came in in turns', () => {
    const writers = createWriters();
    [1, 1, 2, 1, 2].forEach((via, index) => {
      writers.saw(index + 1, via, 'agent');
    });
    expect(writers.breaches()).toEqual(['line 4 came in by connection 1 after one by 2']);
  });

  test('finds a line that came in by two connections', () => {
    const writers = createWriters();
    writers.saw(1, 1, 'one');
    writers.saw(1, 2, 'other');
    expect(writers.breaches()).toEqual(['other was told line 1 as of connection 2, others as of 1']);
  });
});
