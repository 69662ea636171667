import { describe, expect, test } from 'vitest';
import { createEventLog, type EventLog, MAX_EVENT_LENGTH } from '../../../utils/transcript/event-log.ts';

const line = { gaveLine: true, unread: [] };
const nothing = { gaveLine: false, unread: ['no-text'] } as const;

function add(log: EventLog, ...seqs: number[]): void {
  for (const seq of seqs) log.add({ seq, atMs: seq, data: `event ${seq}` }, line);
}

describe('the log of events', () => {
  test('keeps the last fifty, oldest first', () => {
    const log = createEventLog();
    add(log, ...Array.from({ length: 60 }, (_, at) => at + 1));
    expect(log.events().map(({ seq }) => seq)).toEqual(Array.from({ length: 50 }, (_, at) => at + 11));
  });

  test.each([
    ['a text', 'x'.repeat(MAX_EVENT_LENGTH + 5)],
    ['JSON', { text: 'x'.repeat(MAX_EVENT_LENGTH - 6) }],
  ])('keeps the beginning of %s that is too long, and says so', (_name, data) => {
    const log = createEventLog();
    log.add({ seq: 1, atMs: 1, data }, nothing);
    const [kept] = log.events();
    expect(kept?.data).toMatch(/x … \[5 more characters are not kept\]$/);
    log.readAgain(() => {
      throw new Error('what is cut cannot be read');
    });
  });

  test.each(['x'.repeat(MAX_EVENT_LENGTH), { a: [1, null] }, null, undefined])(
    'keeps %# as it is',
    (data) => {
      const log = createEventLog();
      log.add({ seq: 1, atMs: 1, data }, line);
      expect(log.events()).toEqual([{ seq: 1, atMs: 1, data }]);
    },
  );

  test('hands over again what gave no line, oldest first, until it gives one', () => {
    const log = createEventLog();
    log.add({ seq: 1, atMs: 1, data: 'a' }, nothing);
    add(log, 2);
    log.add({ seq: 3, atMs: 3, data: 'c' }, nothing);
    const read: unknown[] = [];
    const readAgain = () =>
      log.readAgain((event, before) => {
        read.push([event.data, before.unread]);
        return event.data === 'a' ? line : nothing;
      });
    readAgain();
    readAgain();
    expect(read).toEqual([
      ['a', ['no-text']],
      ['c', ['no-text']],
      ['c', ['no-text']],
    ]);
  });

  test('lets go of what came up to a time', () => {
    const log = createEventLog();
    add(log, 1, 2, 3);
    log.forgetUpTo(2);
    expect(log.events().map(({ seq }) => seq)).toEqual([3]);
    log.forgetUpTo(Number.POSITIVE_INFINITY);
    expect(log.events()).toEqual([]);
  });

  test('tells of each event as it is kept, until nobody listens', () => {
    const log = createEventLog();
    const heard: number[] = [];
    const stop = log.onAdded(({ seq }) => heard.push(seq));
    add(log, 1, 2);
    stop();
    add(log, 3);
    expect(heard).toEqual([1, 2]);
  });
});
