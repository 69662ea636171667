import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { playDemoCall } from '../../../components/sidebar/demo-call.ts';
import type { LineEntry } from '../../../utils/transcript/call.ts';
import { createHandClock } from '../background/hand-clock.ts';
import { pictureOf } from '../background/picture.ts';

const NOW_MS = Date.UTC(2026, 6, 1, 12);

const script = {
  customer: 'Laura Bennett',
  caller: '+12025550147',
  callee: '+12025550160',
  lines: [
    { leg: 1, atMs: 1_000, durationMs: 1_400, text: 'good morning how can i help' },
    { leg: 0, atMs: 3_000, durationMs: 700, text: 'my parcel never came' },
    { leg: 1, atMs: 4_000, durationMs: 100, text: 'i see' },
  ],
};

async function setUp(given: unknown = script) {
  const clock = createHandClock(NOW_MS);
  const demo = await playDemoCall({ load: async () => given, nowMs: clock.nowMs, setTimer: clock.setTimer });
  const lines = (): LineEntry[] =>
    pictureOf(demo.model).flatMap(({ entries }) => entries.filter((entry) => entry.kind === 'line'));
  return {
    clock,
    demo,
    lines,
    written: () => lines().map(({ text, final }) => (final ? `${text}.` : text)),
    call: () => demo.model.shown.value?.summary.value,
  };
}

describe('the demo call', () => {
  test('is there at once, live, with who is on it', async () => {
    const { demo, call, written } = await setUp();
    expect(demo.model.complete.value).toBe(true);
    expect(call()).toMatchObject({
      phase: 'live',
      startedAtMs: NOW_MS,
      parties: {
        caller: '+12025550147',
        callee: '+12025550160',
        customer: 'Laura Bennett',
        direction: 'inbound',
      },
    });
    expect(written()).toEqual([]);
  });

  test('goes on as it is spoken: interims grow in place, and the final is the line itself', async () => {
    const { clock, written } = await setUp();
    const seen: string[][] = [];
    for (let step = 0; step < 16; step += 1) {
      await clock.elapse(350);
      if (JSON.stringify(written()) !== JSON.stringify(seen.at(-1) ?? [])) seen.push(written());
    }
    const [first, second] = ['good morning how can i help.', 'my parcel never came.'];
    expect(seen).toEqual([
      ['good morning'],
      ['good morning how'],
      ['good morning how can i'],
      [first],
      [first, 'my parcel'],
      [first, second],
      [first, second, 'i see.'],
    ]);
  });

  test('has each line at its own time and side', async () => {
    const { clock, lines } = await setUp();
    await clock.elapse(60_000);
    expect(lines().map(({ index, leg, atMs }) => [index, leg, atMs - NOW_MS])).toEqual([
      [0, 'callee', 1_000],
      [1, 'caller', 3_000],
      [2, 'callee', 4_000],
    ]);
  });

  test('ends a while after its last line, and nothing comes any more', async () => {
    const { clock, call, written } = await setUp();
    await clock.elapse(5_500);
    expect(call()?.phase).toBe('live');
    await clock.elapse(100);
    expect(call()).toMatchObject({ phase: 'ended', endedAtMs: NOW_MS + 5_600 });
    const before = written();
    await clock.elapse(60_000);
    expect(written()).toEqual(before);
    expect(before).toHaveLength(3);
  });

  test('that is stopped stands still', async () => {
    const { clock, demo, call, written } = await setUp();
    await clock.elapse(3_400);
    demo.stop();
    const before = written();
    await clock.elapse(60_000);
    expect(written()).toEqual(before);
    expect(before).toEqual(['good morning how can i help.', 'my parcel']);
    expect(call()?.phase).toBe('live');
  });

  test('catches up where timers were held back', async () => {
    const clock = createHandClock(NOW_MS);
    const timers: { run: () => void; ms: number }[] = [];
    const { model } = await playDemoCall({
      load: async () => script,
      nowMs: clock.nowMs,
      setTimer: (run, ms) => timers.push({ run, ms }),
    });
    await clock.elapse(60_000);
    const waits: number[] = [];
    for (let next = timers.shift(); next !== undefined; next = timers.shift()) {
      waits.push(next.ms);
      next.run();
    }
    expect(model.shown.value?.summary.value.phase).toBe('ended');
    expect(Math.max(...waits.slice(1))).toBeLessThanOrEqual(0);
  });

  test('of a line spoken by both at once keeps each exact', async () => {
    const { clock, written } = await setUp({
      ...script,
      lines: [
        { leg: 0, atMs: 1_000, durationMs: 2_000, text: 'one two three four' },
        { leg: 1, atMs: 1_500, durationMs: 2_000, text: 'five six seven eight' },
      ],
    });
    await clock.elapse(2_400);
    expect(written()).toEqual(['one two', 'five']);
    await clock.elapse(60_000);
    expect(written()).toEqual(['one two three four.', 'five six seven eight.']);
  });

  test('without any line begins and ends', async () => {
    const { clock, call, lines } = await setUp({ ...script, lines: [] });
    await clock.elapse(60_000);
    expect([call()?.phase, lines()]).toEqual(['ended', []]);
  });
});

describe('a broken file rejects, and nothing is played', () => {
  test.each<[string, unknown]>([
    ['nothing', null],
    ['no lines', { customer: 'a', caller: 'b', callee: 'c' }],
    ['a third leg', { ...script, lines: [{ ...script.lines[0], leg: 2 }] }],
    ['a line without a time', { ...script, lines: [{ leg: 0, durationMs: 1, text: 'a' }] }],
    ['a number for a name', { ...script, customer: 7 }],
  ])('%s', async (_name, given) => {
    await expect(setUp(given)).rejects.toThrow();
  });

  test('one that cannot be loaded', async () => {
    const clock = createHandClock(NOW_MS);
    const load = () => Promise.reject(new TypeError('Failed to fetch'));
    const played = playDemoCall({ load, nowMs: clock.nowMs, setTimer: clock.setTimer });
    await expect(played).rejects.toThrow('Failed to fetch');
  });
});

describe('every demo call that is shipped', () => {
  const folder = new URL('../../../public/demo-call/', import.meta.url);
  test.each(readdirSync(folder))('%s plays to its end, each line exact', async (file) => {
    const shipped: unknown = JSON.parse(readFileSync(new URL(file, folder), 'utf8'));
    const { clock, call, lines } = await setUp(shipped);
    await clock.elapse(10 * 60_000);
    expect(call()?.phase).toBe('ended');
    expect({ lines: lines().map(({ text }) => ({ text })) }).toMatchObject({
      lines: (shipped as typeof script).lines.map(({ text }) => ({ text })),
    });
    expect(lines().every(({ final }) => final)).toBe(true);
  });
});
