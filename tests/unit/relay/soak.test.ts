/** The soak itself: that it runs, and that its judge of memory tells a leak from a breath. */
import { describe, expect, test } from 'vitest';
import { judgeMemory, type Sample } from '../../soak/memory.ts';
import { runSoak } from '../../soak/run-soak.ts';

test('a short soak: nobody sees what is not theirs, nobody misses what is, nothing breaks', async () => {
  const { breaches, tally } = await runSoak({ durationMs: 20_000, stalled: 50, seed: 7 });
  expect(breaches).toEqual([]);
  for (const what of ['events read', 'resumes recovered', 'acts of noise', 'configurations written']) {
    expect([what, (tally[what] ?? 0) > 0]).toEqual([what, true]);
  }
}, 120_000);

describe('the memory of ten minutes', () => {
  const samplesOf = (rssMiB: (minute: number) => number): Sample[] =>
    Array.from({ length: 1_200 }, (_, index) => ({ atMs: index * 500, rssMiB: rssMiB(index / 120) }));

  test.each<[string, (minute: number) => number, boolean]>([
    ['that stands still', () => 150, true],
    ['that grows at first and stands still then', (minute) => Math.min(300, 100 + minute * 100), true],
    ['that falls', (minute) => 300 - minute * 10, true],
    ['that breathes', (minute) => 150 + 40 * Math.sin(minute * 9), true],
    ['with one peak within bounds', (minute) => (minute > 6 && minute < 6.2 ? 280 : 150), true],
    ['with one peak beyond', (minute) => (minute > 6 && minute < 6.2 ? 400 : 150), false],
    ['that grows without end', (minute) => 150 + minute * 10, false],
    [
      'that grows without end and breathes',
      (minute) => 150 + minute * 10 + 30 * Math.sin(minute * 40),
      false,
    ],
  ])('%s', (_name, rssMiB, isFlat) => {
    expect(judgeMemory(samplesOf(rssMiB)).isFlat).toBe(isFlat);
  });

  test('of less than a minute and a half is not judged', () => {
    expect(judgeMemory(samplesOf(() => 1).slice(0, 170)).isFlat).toBeUndefined();
    expect(judgeMemory([]).isFlat).toBeUndefined();
  });
});
