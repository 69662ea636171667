import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { type CallFile, readCalls } from '../../../../demo/simulator/call-file.ts';
import { planCalls } from '../../../../demo/simulator/call-timeline.ts';
import { planNumberedLines } from '../../../../demo/simulator/numbered-lines.ts';
import type { PlaybackOptions } from '../../../../demo/simulator/playback.ts';
import { createPlayer } from '../../../../demo/simulator/player.ts';
import { startSimulator } from '../../../../demo/simulator/start-simulator.ts';
import { listen } from './listener.ts';
import { writeTemporary } from './scripts.ts';

const root = join(import.meta.dirname, '..', '..', '..', '..');

function file(
  sid: string,
  lines: [leg: 0 | 1, startMs: number, durationMs: number, text: string][],
): CallFile {
  return {
    sid,
    source: 'test',
    lines: lines.map(([leg, start_ms, duration_ms, text]) => ({
      leg,
      start_ms,
      duration_ms,
      text,
      human: '',
    })),
  };
}

async function play(playback: PlaybackOptions) {
  vi.spyOn(console, 'log').mockImplementation(() => {});
  onTestFinished(() => void vi.restoreAllMocks());
  const finished = Promise.withResolvers<void>();
  const simulator = await startSimulator({
    port: 0,
    script: '1',
    token: 'secret',
    playback,
    log: () => finished.resolve(),
  });
  onTestFinished(() => simulator.stop());
  const listener = await listen(simulator);
  return { simulator, listener, finished: finished.promise };
}

describe('the timeline of calls', () => {
  test('a line grows word by word, then comes whole, before the next line begins', () => {
    const plan = planCalls(
      [
        file('a', [
          [0, 1000, 400, 'one two  three'],
          [1, 900, 100, 'yes'],
          [0, 5000, 0, 'no'],
        ]),
      ],
      1,
    );
    expect(
      plan.map(({ atMs, item }) => [
        atMs,
        item.kind === 'line' ? `${item.leg} ${item.text}${item.final ? '.' : ''}` : item.kind,
      ]),
    ).toEqual([
      [0, 'started'],
      [1100, '0 one'],
      [1200, '0 one two'],
      [1300, '0 one two  three'],
      [1400, '0 one two  three.'],
      [1450, '1 yes'],
      [1500, '1 yes.'],
      [5000, '0 no'],
      [5000, '0 no.'],
      [5800, 'ended'],
    ]);
  });

  test('calls run side by side, and time never goes back', () => {
    const lines: [0 | 1, number, number, string][] = [
      [0, 0, 4000, 'a b'],
      [1, 100, 4000, 'c d'],
    ];
    const plan = planCalls([file('a', lines), file('b', lines)], 1);
    const times = plan.map(({ atMs }) => atMs);
    expect(times).toEqual(times.toSorted((one, other) => one - other));
    const order = plan.map(({ item }) => item.call.callId).join('');
    expect(order).toMatch(/^a+b+a+b/);
  });

  test('later rounds have call ids of their own', () => {
    const ids = [1, 2, 3].map((round) => planCalls([file('a', [])], round)[0]?.item.call.callId);
    expect(ids).toEqual(['a', 'a-2', 'a-3']);
  });
});

describe('the player', () => {
  function simulateTime<T>(
    planRound: (round: number) => { atMs: number; item: T }[],
    loop = false,
    speed = 1,
  ) {
    let nowMs = 50;
    let timer: { run: () => void; atMs: number } | undefined;
    const said: [number, T][] = [];
    const onFinished = vi.fn();
    const player = createPlayer<T>({
      planRound,
      loop,
      speed,
      tickMs: 10,
      nowMs: () => nowMs,
      setTimer(run, delayMs) {
        timer = { run, atMs: nowMs + delayMs };
        return () => {
          timer = undefined;
        };
      },
      emit: (items) => said.push(...items.map((item): [number, T] => [nowMs - 50, item])),
      onFinished,
    });
    /** Every timer is late by 3 ms. */
    const runUntil = (endMs: number) => {
      while (timer !== undefined && timer.atMs <= endMs + 50) {
        const { run, atMs } = timer;
        timer = undefined;
        nowMs = atMs + 3;
        run();
      }
    };
    return { player, said, onFinished, runUntil, isWaiting: () => timer !== undefined };
  }

  const steps = (count: number) =>
    Array.from({ length: count }, (_, index) => ({ atMs: index * 100, item: index }));

  test('does not drift, however late its timers are', () => {
    const { player, said, runUntil, onFinished } = simulateTime(() => steps(1000));
    player.start();
    runUntil(200_000);
    expect(said.map(([, item]) => item)).toEqual(steps(1000).map(({ item }) => item));
    expect(said.every(([atMs, item]) => atMs >= item * 100 && atMs <= item * 100 + 10)).toBe(true);
    expect(onFinished).toHaveBeenCalledOnce();
  });

  test('speed divides every time', () => {
    const { player, said, runUntil } = simulateTime(() => steps(11), false, 10);
    player.start();
    runUntil(1_000);
    expect(said.at(-1)?.[0]).toBeLessThanOrEqual(100 + 10);
  });

  test('a loop begins anew after a pause, and ends when it is stopped', () => {
    const { player, said, runUntil, isWaiting, onFinished } = simulateTime(
      (round) => [{ atMs: 0, item: round }],
      true,
    );
    player.start();
    player.start();
    runUntil(9_100);
    expect(said.map(([, round]) => round)).toEqual([1, 2, 3, 4]);
    player.stop();
    expect(isWaiting()).toBe(false);
    expect(onFinished).not.toHaveBeenCalled();
  });

  test('what is due all at once comes in several ticks, in order', () => {
    const { player, said, runUntil } = simulateTime(() =>
      Array.from({ length: 5_000 }, (_, item) => ({ atMs: 0, item })),
    );
    player.start();
    expect(said).toHaveLength(2_000);
    runUntil(1_000);
    expect(said.map(([, item]) => item)).toEqual(Array.from({ length: 5_000 }, (_, item) => item));
  });
});

describe('playing to a client', () => {
  test('nothing is missed by the first client', async () => {
    const frames = writeTemporary('frames.txt', '{"a":1}\n\nnot json\n[noise]\n');
    const { listener } = await play({ kind: 'frames', file: frames, ratePerSecond: 1000 });
    expect(await listener.received(4)).toEqual(['{"a":1}', '', 'not json', '[noise]']);
  });

  test('numbered lines are all there, in order, over the calls in turn', async () => {
    const { listener, simulator } = await play({
      kind: 'lines',
      count: 5000,
      ratePerSecond: 20_000,
      callCount: 3,
    });
    await listener.received(5000);
    const events = listener.events() as { text: string; callid: string; final: boolean }[];
    expect(events.map(({ text }) => text)).toEqual(
      Array.from({ length: 5000 }, (_, index) => `line ${String(index + 1).padStart(6, '0')} of 005000`),
    );
    expect(events.slice(0, 4).map(({ callid }) => callid)).toEqual([
      'lines-1',
      'lines-2',
      'lines-3',
      'lines-1',
    ]);
    expect(events.every(({ final }) => final)).toBe(true);
    expect(simulator.finalsSent()).toHaveLength(5000);
  });

  test('numbered lines keep the rate', () => {
    const plan = [...planNumberedLines({ count: 3, ratePerSecond: 50_000, callCount: 1 }, 2)];
    expect(plan.map(({ atMs, item }) => [atMs, item.call.callId])).toEqual([
      [0, 'lines-1-2'],
      [0.02, 'lines-1-2'],
      [0.04, 'lines-1-2'],
    ]);
  });

  const folders = [join(root, 'demo', 'calls'), join(root, '..', 'shared', 'calls')].filter((folder) =>
    existsSync(folder),
  );

  test.each(folders)(
    'every call of %s comes in the order of its file, interims before their final',
    async (directory) => {
      const { simulator, listener, finished } = await play({ kind: 'calls', directory, speed: 1000 });
      await finished;
      const calls = readCalls(directory);
      const count = calls
        .flatMap(({ lines }) => lines.map(({ text }) => text.trim().split(/\s+/).length + 1))
        .reduce((sum, each) => sum + each, 2 * calls.length);
      await listener.received(count);
      expect(listener.frames).toHaveLength(count);
      const events = listener.events() as {
        callid: string;
        event?: string;
        leg: number;
        text: string;
        final: boolean;
      }[];
      for (const { sid, lines } of calls) {
        const wanted = lines.map(({ leg, text }) => ({ leg, text }));
        const sent = simulator.finalsSent().filter(({ callId }) => callId === sid);
        expect(sent.map(({ leg, text }) => ({ leg, text }))).toEqual(wanted);
        const heard = events.filter(({ callid }) => callid === sid);
        expect(heard[0]?.event).toBe('call_started');
        expect(heard.at(-1)?.event).toBe('call_ended');
        expect(heard.filter(({ final }) => final).map(({ leg, text }) => ({ leg, text }))).toEqual(wanted);
        let line = 0;
        for (const { leg, text, final } of heard.slice(1, -1)) {
          expect(lines[line]?.leg).toBe(leg);
          expect(lines[line]?.text.startsWith(text)).toBe(true);
          if (final) line += 1;
        }
      }
    },
  );
});
