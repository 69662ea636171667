import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Appended, EventEntry, GapEntry, LogEntry } from '../../../relay/bus/bus.ts';
import { systemClock } from '../../../relay/clock.ts';
import { createLogWriter } from '../../../relay/leading/log-writer.ts';

beforeEach(() => void vi.useFakeTimers({ now: 0 }));
afterEach(() => void vi.useRealTimers());

const HEAD = 10;
const away: Appended = { kind: 'away' };
const refused: Appended = { kind: 'refused' };

function event(atMs: number, json = '1'): EventEntry {
  return { kind: 'event', atMs, json };
}
function gap(from: number, to: number): GapEntry {
  return { kind: 'gap', gap: { from, to, reason: 'upstream-away' } };
}

/** A writer from number 10 on, three at once; the test answers. Entries are named by when they came. */
function setUp(bounds: { pendingEntries?: number; pendingBytes?: number } = {}) {
  const calls: { entry: LogEntry; after: number; answer: (appended: Appended) => void }[] = [];
  const told: string[] = [];
  const writer = createLogWriter({
    term: {
      epoch: 'e',
      head: HEAD,
      append: (entry, after) => new Promise((answer) => calls.push({ entry, after, answer })),
    },
    clock: systemClock,
    limits: { appendsAtOnce: 3, pendingEntries: 8, pendingBytes: 1_000, leaderPatienceMs: 5_000, ...bounds },
    onRefused: () => void told.push('refused'),
    onUnheard: () => void told.push('unheard'),
    onOverfull: () => void told.push('overfull'),
  });
  return {
    writer,
    told,
    /** What was asked and has not been answered, as `[atMs, after]`. */
    asked: () => calls.map(({ entry, after }) => [entry.kind === 'event' ? entry.atMs : 'gap', after]),
    /** Answers the oldest of them; `stored` with the number it was to have. */
    async answer(...answers: ('stored' | Appended)[]): Promise<void> {
      for (const given of answers) {
        const call = calls.shift();
        if (call === undefined) throw new Error('nothing was asked');
        call.answer(given === 'stored' ? { kind: 'stored', seq: call.after + 1 } : given);
        await vi.advanceTimersByTimeAsync(0);
      }
    },
    /** The newest is answered before the others. */
    async answerNewest(given: Appended): Promise<void> {
      calls.pop()?.answer(given);
      await vi.advanceTimersByTimeAsync(0);
    },
    append: (...times: number[]) => {
      for (const atMs of times) writer.append(event(atMs));
    },
    pass: (ms: number) => vi.advanceTimersByTimeAsync(ms),
  };
}

describe('while all is well', () => {
  test('an entry goes to the bus within the call, each after the one before, so many at once', async () => {
    const { writer, append, asked, answer } = setUp();
    append(1, 2, 3, 4);
    expect(asked()).toEqual([
      [1, 10],
      [2, 11],
      [3, 12],
    ]);
    expect(writer.pending()).toBe(4);
    await answer('stored');
    expect(asked()).toEqual([
      [2, 11],
      [3, 12],
      [4, 13],
    ]);
    await answer('stored', 'stored', 'stored');
    expect(writer.pending()).toBe(0);
    append(5);
    expect(asked()).toEqual([[5, 14]]);
  });

  test('a later entry that is stored says that those before it are', async () => {
    const { writer, append, answerNewest, answer, told } = setUp();
    append(1, 2);
    await answerNewest({ kind: 'stored', seq: 12 });
    expect(writer.pending()).toBe(0);
    await answer(away);
    append(3);
    expect(writer.pending()).toBe(1);
    expect(told).toEqual([]);
  });
});

describe('what was not stored', () => {
  test('waits until all are answered, then the first that is left goes alone, then all at once again', async () => {
    const { append, asked, answer } = setUp();
    append(1, 2, 3, 4);
    await answer('stored', away);
    append(5);
    expect(asked()).toEqual([
      [3, 12],
      [4, 13],
    ]);
    await answer(refused);
    expect(asked()).toEqual([[4, 13]]);
    await answer(refused);
    expect(asked()).toEqual([[2, 11]]);
    await answer('stored');
    expect(asked()).toEqual([
      [3, 12],
      [4, 13],
      [5, 14],
    ]);
  });

  test('is tried again after a pause where nobody answers it, each twice as long up to a second', async () => {
    const { append, asked, answer, pass } = setUp();
    append(1, 2);
    await answer(away, away);
    for (const pauseMs of [100, 200, 400, 800, 1_000, 1_000]) {
      expect(asked()).toEqual([[1, 10]]);
      await answer(away);
      append(9);
      await pass(pauseMs - 1);
      expect(asked()).toEqual([]);
      await pass(1);
    }
    await answer('stored', away, refused, refused);
    expect(asked()).toEqual([[2, 11]]);
    await answer(away);
    await pass(100);
    expect(asked()).toEqual([[2, 11]]);
  });

  test('is given up where nothing has been stored for as long as a leader waits, and not before', async () => {
    const { append, answer, pass, told, asked } = setUp();
    append(1);
    const unanswered = async (ms: number) => {
      const untilMs = Date.now() + ms;
      while (Date.now() < untilMs && asked().length > 0) {
        await answer(away);
        await pass(1_000);
      }
    };
    await unanswered(4_500);
    expect(told).toEqual([]);
    await answer('stored');
    append(2);
    await unanswered(4_500);
    expect(told).toEqual([]);
    await unanswered(2_000);
    expect(told).toEqual(['unheard']);
    append(3);
    await pass(10_000);
    expect([told, asked()]).toEqual([['unheard'], []]);
  });

  test('needs no second attempt where a later one shows that it was', async () => {
    const { writer, append, asked, answer } = setUp();
    append(1, 2);
    await answer(away, 'stored');
    expect(asked()).toEqual([]);
    expect(writer.pending()).toBe(0);
    append(3, 4);
    expect(asked()).toEqual([[3, 12]]);
    await answer('stored');
    expect(asked()).toEqual([[4, 13]]);
  });
});

describe('refused', () => {
  test.each([
    ['with nothing else under way', [1]],
    ['with others behind it', [1, 2, 3]],
  ])('the entry whose turn it is, %s: the term has ended', async (_name, times) => {
    const { writer, append, asked, answer, told } = setUp();
    append(...times);
    await answer(refused);
    expect(told).toEqual(['refused']);
    append(4);
    await answer(...times.slice(1).map(() => refused));
    expect(asked()).toEqual([]);
    expect(told).toEqual(['refused']);
    expect(writer.pending()).toBe(times.length);
  });

  test('one behind another: only once it is refused by itself', async () => {
    const { append, asked, answer, told } = setUp();
    append(1, 2);
    await answer('stored', refused);
    expect(told).toEqual([]);
    expect(asked()).toEqual([[2, 11]]);
    await answer(refused);
    expect(told).toEqual(['refused']);
  });
});

describe('more than is kept', () => {
  test.each([
    ['entries', { pendingEntries: 4 }, 4],
    ['bytes', { pendingBytes: 3 }, 3],
  ])('of %s: nothing more is written', async (_name, bounds, room) => {
    const { writer, append, asked, answer, told } = setUp(bounds);
    const fitting = Array.from({ length: room }, (_, index) => index);
    append(...fitting);
    expect(told).toEqual([]);
    append(99);
    expect(told).toEqual(['overfull']);
    await answer('stored', 'stored', 'stored');
    append(100);
    expect(asked()).toEqual([]);
    expect([told, writer.pending()]).toEqual([['overfull'], room]);
  });

  test('bytes are those of the text in UTF-8, and free again once stored', async () => {
    const { writer, answer, told } = setUp({ pendingBytes: 4 });
    for (let time = 0; time < 20; time += 1) {
      writer.append(event(time, 'éé'));
      await answer('stored');
    }
    writer.append(event(20, 'é'));
    writer.append(event(21, 'é'));
    expect(told).toEqual([]);
    writer.append(event(22, '1'));
    expect(told).toEqual(['overfull']);
  });

  test('one entry alone may be larger', async () => {
    const { writer, answer, told } = setUp({ pendingBytes: 4 });
    writer.append(event(1, '12345'));
    await answer('stored');
    expect([told, writer.pending()]).toEqual([[], 0]);
  });
});

describe('by when all is stored', () => {
  test.each([
    ['the platform’s last moment, where nothing is left', [], 50, 50],
    ['when the first came that is left', [event(20), event(30)], 50, 20],
    ['where a gap begins that is left', [gap(5, 40), event(45)], 50, 5],
    ['never later than the platform was there', [event(20)], 15, 15],
    ['never, where it never was', [], undefined, undefined],
  ])('%s', (_name, entries, knownUpMs, settledMs) => {
    const { writer } = setUp();
    for (const entry of entries) writer.append(entry);
    expect(writer.settledMs(knownUpMs)).toBe(settledMs);
  });

  test('moves on as entries are stored, and stays after the end', async () => {
    const { writer, append, answer } = setUp();
    append(20, 30);
    await answer('stored');
    expect(writer.settledMs(50)).toBe(30);
    writer.stop();
    await answer('stored');
    expect(writer.settledMs(50)).toBe(30);
  });
});

describe('drained', () => {
  async function isDrained({ writer, pass }: ReturnType<typeof setUp>): Promise<boolean> {
    let isSo = false;
    void writer.drained().then(() => {
      isSo = true;
    });
    await pass(0);
    return isSo;
  }

  test('at once where nothing is left', async () => {
    expect(await isDrained(setUp())).toBe(true);
  });

  test('when the last is stored', async () => {
    const world = setUp();
    world.append(1, 2);
    const drained = world.writer.drained();
    await world.answer('stored');
    expect(await isDrained(world)).toBe(false);
    await world.answer('stored');
    await drained;
  });

  test.each(['stop', 'refused', 'overfull'])('when nothing more will be: %s', async (end) => {
    const world = setUp({ pendingEntries: 1 });
    world.append(1);
    const drained = world.writer.drained();
    if (end === 'stop') world.writer.stop();
    if (end === 'refused') await world.answer(refused);
    if (end === 'overfull') world.append(2);
    await drained;
    expect(await isDrained(world)).toBe(true);
  });
});

test('after stop nothing is written or told, and no timer is left', async () => {
  const { writer, append, asked, answer, told } = setUp();
  append(1, 2);
  await answer(away, away, away);
  writer.stop();
  append(3);
  expect(asked()).toEqual([]);
  expect([told, vi.getTimerCount()]).toEqual([[], 0]);
});
