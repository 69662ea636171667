import { describe, expect, test } from 'vitest';
import { createStream, jsonOf, type Stream } from '../../../relay/stream/stream.ts';
import { appendNext } from './append-next.ts';

const WINDOW = { events: 5, ms: 1_000, bytes: 10_000 };
const GAP = { from: 1, to: 2, reason: 'upstream-away' } as const;

/** Everything from where a resume at `seq` goes on, gaps as 'gap'; undefined if not recoverable. */
function replay(stream: Stream, seq: number, nowMs = 0, epoch = 'e'): (number | 'gap')[] | undefined {
  const position = stream.positionAfter(epoch, seq, nowMs);
  if (position === undefined) return undefined;
  const told: (number | 'gap')[] = [];
  for (let at = position; at < stream.end(); at += 1) {
    const entry = stream.at(at);
    if (entry !== undefined) told.push(entry.kind === 'gap' ? 'gap' : entry.seq);
  }
  return told;
}

function filled(count: number, window = WINDOW): Stream {
  const stream = createStream('e', window);
  for (let seq = 1; seq <= count; seq += 1) appendNext(stream, `"${seq}"`, 0);
  return stream;
}

describe('numbering', () => {
  test('is the log’s own', () => {
    const stream = createStream('e', WINDOW);
    expect(stream.head()).toBe(0);
    expect([appendNext(stream, '1', 0).seq, appendNext(stream, '2', 0).seq, stream.head()]).toEqual([
      1, 2, 2,
    ]);
  });

  test('an event is serialised as it stands in a frame', () => {
    expect(JSON.parse(jsonOf(appendNext(createStream('e', WINDOW), '{"a":1}', 77)))).toEqual({
      seq: 1,
      at: 77,
      data: { a: 1 },
    });
  });

  test('a gap takes no number', () => {
    const stream = filled(1);
    stream.appendGap(GAP, 0);
    expect(appendNext(stream, '2', 0).seq).toBe(2);
  });
});

describe('what can be resumed', () => {
  test.each<[string, number, number, (number | 'gap')[] | undefined]>([
    ['from the newest: nothing is missing', 3, 3, []],
    ['from before', 3, 1, [2, 3]],
    ['from the very beginning', 3, 0, [1, 2, 3]],
    ['from ahead of the head', 3, 4, undefined],
    ['right after what was let go', 7, 2, [3, 4, 5, 6, 7]],
    ['where something has been let go', 7, 1, undefined],
    ['an empty stream from 0', 0, 0, []],
  ])('%s', (_name, count, seq, expected) => {
    expect(replay(filled(count), seq)).toEqual(expected);
  });

  test('nothing of another epoch', () => {
    expect(replay(filled(3), 2, 0, 'other')).toBeUndefined();
  });

  test('gaps come in place, and those right after the last seen event are told', () => {
    const stream = filled(2);
    stream.appendGap(GAP, 0);
    appendNext(stream, '3', 0);
    stream.appendGap(GAP, 0);
    expect([replay(stream, 1), replay(stream, 2), replay(stream, 3)]).toEqual([
      [2, 'gap', 3, 'gap'],
      ['gap', 3, 'gap'],
      ['gap'],
    ]);
  });

  test('a gap that was let go is kept aside until the event after it goes too', () => {
    const stream = filled(1);
    stream.appendGap(GAP, 0);
    for (let seq = 2; seq <= 6; seq += 1) appendNext(stream, '0', 0);
    expect([replay(stream, 1), replay(stream, 2)]).toEqual([
      [2, 3, 4, 5, 6],
      [3, 4, 5, 6],
    ]);
    expect([stream.lostGapsAfter(1), stream.lostGapsAfter(2)]).toEqual([[{ type: 'gap', ...GAP }], []]);
    appendNext(stream, '0', 0);
    expect([replay(stream, 1), stream.lostGapsAfter(1), stream.lostGapsAfter(2)]).toEqual([
      undefined,
      [],
      [],
    ]);
  });

  test('of very many gaps let go in a row, few are kept, which cover the same time', () => {
    const stream = filled(1);
    for (let from = 0; from < 1_000; from += 1) {
      stream.appendGap({ from, to: from + 1, reason: 'upstream-away' }, 0);
    }
    stream.trim(10_000);
    const gaps = stream.lostGapsAfter(1);
    expect([gaps.length, gaps[0]?.from, gaps.at(-1)?.to]).toEqual([16, 0, 1_000]);
  });
});

describe('the window', () => {
  test('is bounded by age, in quiet times too', () => {
    const stream = createStream('e', WINDOW);
    appendNext(stream, '1', 0);
    appendNext(stream, '2', 500);
    expect(replay(stream, 0, 1_000)).toEqual([1, 2]);
    expect(replay(stream, 0, 1_001)).toBeUndefined();
    expect(replay(stream, 1, 1_001)).toEqual([2]);
    stream.trim(2_000);
    expect([stream.at(1), stream.head(), replay(stream, 2, 2_000)]).toEqual([undefined, 2, []]);
  });

  test('is bounded by bytes, but always holds the newest', () => {
    const stream = createStream('e', { ...WINDOW, bytes: 100 });
    appendNext(stream, JSON.stringify('x'.repeat(40)), 0);
    appendNext(stream, JSON.stringify('x'.repeat(40)), 0);
    expect(replay(stream, 1)).toEqual([2]);
    expect(replay(stream, 0)).toBeUndefined();
    appendNext(stream, JSON.stringify('x'.repeat(500)), 0);
    expect(replay(stream, 2)).toEqual([3]);
  });

  test('knows how many bytes lie behind a position', () => {
    const stream = createStream('e', WINDOW);
    const sizes = [1, 2, 3, 4, 5, 6, 7].map((value) => appendNext(stream, `${value}`, 0).bytes);
    const sum = (values: number[]) => values.reduce((a, b) => a + b, 0);
    expect([stream.bytesFrom(7), stream.bytesFrom(5), stream.bytesFrom(0)]).toEqual([
      0,
      sum(sizes.slice(5)),
      sum(sizes.slice(2)),
    ]);
  });

  test('turns over many times without losing count', () => {
    const stream = filled(1_003);
    expect(replay(stream, 1_000)).toEqual([1_001, 1_002, 1_003]);
    expect(stream.at(997)).toBeUndefined();
    expect(stream.at(1_003)).toBeUndefined();
  });
});
