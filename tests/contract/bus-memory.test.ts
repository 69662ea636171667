/** What the bus in memory promises beyond the contract: the relay that stands alone counts on it. */
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { ScriptLog, Term } from '../../relay/bus/bus.ts';
import { createMemoryBus } from '../../relay/bus/memory-bus.ts';
import { systemClock } from '../../relay/clock.ts';
import { LIMITS } from '../../relay/limits.ts';
import { createReading } from './bus-readings.ts';
import { event, lines, newScript, note } from './bus-relays.ts';

describe('the bus in memory', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  test('is here from the start', () => {
    expect(createBus().status()).toEqual({ state: 'here', sinceMs: Date.now() });
  });

  test('begins to be read before `follow` returns, and what is appended before `append` does', async () => {
    const { log, term } = await begunLog();
    const { reader, begins, entries } = createReading();
    log.follow(reader);
    expect(begins).toEqual([{ epoch: 'epoch 1', lostSeq: 0 }]);
    const entry = event('"a"');
    void term.append(entry, 0);
    expect(entries()).toEqual([{ seq: 1, entry }]);
    expect(entries()[0]?.entry).toBe(entry);
  });

  test('numbers from 1, terms taking no number', async () => {
    const { log, term } = await begunLog();
    await term.append(event('"a"'), 0);
    const next = (await log.beginTerm()) as Term;
    expect(next.head).toBe(1);
    await expect(next.append(event('"b"'), 1)).resolves.toEqual({ kind: 'stored', seq: 2 });
  });

  test('keeps the order for all where one appends while it reads', async () => {
    const { log, term, script, bus } = await begunLog();
    const [echo, other] = [createReading(), createReading()];
    log.follow({
      begin: echo.reader.begin,
      entry(seq, entry) {
        echo.reader.entry(seq, entry);
        if (seq < 10) void term.append(event(`"${seq + 1}"`), seq);
      },
    });
    bus.open(script).follow(other.reader);
    void term.append(event('"1"'), 0);
    for (const reading of [echo, other]) {
      expect(reading.seqs()).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
      expect(reading.begins).toHaveLength(1);
    }
  });

  test('begins anew for who appends more than the window holds while it still reads what was held', async () => {
    const { log, term } = await begunLog({ events: 3 });
    for (const [index, entry] of lines(3).entries()) await term.append(entry, index);
    const reading = createReading();
    let isFirst = true;
    log.follow({
      begin(start) {
        reading.reader.begin(start);
        if (isFirst) {
          isFirst = false;
          void term.append(event('"4"'), 3);
        }
      },
      entry: reading.reader.entry,
    });
    expect(reading.begins.map(({ lostSeq }) => lostSeq)).toEqual([0, 1]);
    expect(reading.seqs()).toEqual([2, 3, 4]);
  });

  test('lets go of what is older than the window though nothing comes', async () => {
    const { term, script, bus } = await begunLog({ ms: 1_000 });
    for (const [index, entry] of lines(3).entries()) {
      await term.append(entry, index);
    }
    await vi.advanceTimersByTimeAsync(1_000 + LIMITS.trimMs);
    expect(vi.getTimerCount()).toBe(0);
    const { reader, begins } = createReading();
    bus.open(script).follow(reader);
    expect(begins).toEqual([{ epoch: 'epoch 1', lostSeq: 3 }]);
  });

  test('leaves no timer behind when it is closed', async () => {
    const { term, bus } = await begunLog();
    await term.append(event('"a"'), 0);
    expect(vi.getTimerCount()).toBe(1);
    await bus.close();
    expect(vi.getTimerCount()).toBe(0);
  });

  test('frees a lease to the millisecond', async () => {
    const { log, script, bus } = await begunLog();
    const other = bus.open(script);
    await log.hold(note('holder'));
    vi.advanceTimersByTime(LIMITS.leaseMs - 1);
    await expect(other.hold(note('other'))).resolves.toBe('other');
    const heard: unknown[] = [];
    other.watchHolder((said) => heard.push(said));
    vi.advanceTimersByTime(1);
    bus.open(script).watchHolder((said) => heard.push(said));
    expect(heard).toEqual([note('holder')]);
    await expect(other.hold(note('other'))).resolves.toBe('held');
  });

  test('gives each log an epoch of its own, unlike any other', async () => {
    const bus = createMemoryBus({ clock: systemClock, limits: LIMITS });
    const epochs = await Promise.all(
      [1, 2].map(async () => ((await bus.open(newScript()).beginTerm()) as Term).epoch),
    );
    for (const epoch of epochs) expect(epoch).toMatch(/^[\w-]{16}$/);
    expect(epochs[0]).not.toBe(epochs[1]);
  });
});

function createBus() {
  let epochs = 0;
  return createMemoryBus({
    clock: systemClock,
    limits: LIMITS,
    createEpoch() {
      epochs += 1;
      return `epoch ${epochs}`;
    },
  });
}

async function begunLog(window: Parameters<typeof newScript>[0] = {}) {
  const bus = createBus();
  const script = newScript(window);
  const log: ScriptLog = bus.open(script);
  const term = (await log.beginTerm()) as Term;
  return { bus, script, log, term };
}
