/** Events made to do harm, by a relay or by the platform: each is read, counted or cut, and what comes after it is there. */
import { describe, expect, test } from 'vitest';
import { createRetention } from '../../../entrypoints/background/retention.ts';
import { MAX_TEXT_LENGTH } from '../../../utils/transcript/parse-event.ts';
import { createHandClock, settle } from './hand-clock.ts';
import { createMemoryArea } from './memory-area.ts';
import { createRoomStore } from './room-store.ts';

const QUOTA_BYTES = 10 * 1024 * 1024;
const MINUTE_MS = 60_000;

function setUp(area = createMemoryArea()) {
  const clock = createHandClock();
  const store = createRoomStore(clock, area);
  let seq = 0;
  return {
    area,
    clock,
    store,
    say(...data: unknown[]): void {
      store.takeEvents(
        data.map((one) => {
          seq += 1;
          return { seq, at: 1_000 + seq, data: one };
        }),
      );
    },
    textsOf: (id: string) =>
      store
        .calls()
        .get(id)
        ?.entries.map((entry) => (entry.kind === 'line' ? entry.text : '')),
  };
}

/** An area with the quota of a browser's session storage, counted as it counts. */
function createSmallArea() {
  const area = createMemoryArea();
  const { write } = area;
  area.write = async (given) => {
    const after = { ...Object.fromEntries(area.values), ...given };
    const bytes = Object.entries(after).reduce(
      (sum, [key, value]) => sum + key.length + Buffer.byteLength(JSON.stringify(value)),
      0,
    );
    if (bytes > QUOTA_BYTES) throw new Error('QUOTA_BYTES quota exceeded');
    await write(given);
  };
  return area;
}

describe('the name of a call', () => {
  const names = [
    '__proto__',
    'constructor',
    'hasOwnProperty',
    'toString',
    'checkpoint',
    'call 1',
    '../../etc/passwd',
    '%2e%2e',
    '<img src=x>',
    '\u202egnp.exe',
    '\u200b\u200d\ufeff.',
    '\0\u001b[2J',
    'x\ud800y',
    '😀'.repeat(100),
  ];

  test.each(names.map((name) => [name]))(
    '%j is a name like any other, also for the next life',
    async (name) => {
      const { area, clock, store, say } = setUp();
      await store.ready;
      say({ callid: name, text: 'zanzibar' }, { callid: 'honest', text: 'words' });
      await clock.elapse(5_000);
      const next = setUp(area);
      await next.store.ready;
      expect([...next.store.calls().keys()].sort()).toEqual([...store.calls().keys()].sort());
      const id = [...store.calls().keys()].find((one) => one !== 'honest') ?? '';
      expect(next.textsOf(id)).toEqual(['zanzibar']);
      expect(next.textsOf('honest')).toEqual(['words']);
      await next.store.forget([id], 0);
      expect(JSON.stringify([...area.values])).not.toContain('zanzibar');
      expect(next.textsOf('honest')).toEqual(['words']);
    },
  );

  test('that is no name is counted, and opens no call', async () => {
    const { store, say } = setUp();
    await store.ready;
    say({ callid: 'x'.repeat(201), text: 'a' }, { callid: {}, text: 'b' }, { callid: ['c'], text: 'c' });
    expect([...store.calls().keys()]).toEqual([]);
    expect(store.status().unread.count).toBe(3);
  });
});

describe('an event', () => {
  test('with keys of every object’s own changes no object, and its words are there', async () => {
    const { store, say, textsOf } = setUp();
    await store.ready;
    say(JSON.parse('{"__proto__":{"polluted":1,"text":"no"},"callid":"a","text":"yes"}'));
    say('{"constructor":{"prototype":{"polluted":1}},"callid":"a","text":"and again"}');
    expect(textsOf('a')).toEqual(['yes', 'and again']);
    expect(Reflect.get({}, 'polluted')).toBe(undefined);
  });

  test.each(['[', '{"data":'])(
    'of a hundred thousand times %s is counted, and what comes next is read',
    async (open) => {
      const { store, say, textsOf } = setUp();
      await store.ready;
      const close = open === '[' ? ']' : '}';
      const deep: unknown = JSON.parse(`${open.repeat(100_000)}1${close.repeat(100_000)}`);
      say(deep, { callid: 'a', text: 'next' });
      expect(textsOf('a')).toEqual(['next']);
      expect(store.status().unread.count).toBe(1);
    },
  );

  test('of a megabyte is a line that is cut, and leaves room for the lines after it', async () => {
    const { area, clock, store, say, textsOf } = setUp(createSmallArea());
    await store.ready;
    for (let sent = 0; sent < 60; sent += 1)
      say({ callid: 'long', text: 'ж'.repeat(1024 * 1024), final: true });
    say({ callid: 'after', text: 'still here' });
    await clock.elapse(60_000);
    for (const text of textsOf('long') ?? []) expect(text.length).toBeLessThanOrEqual(MAX_TEXT_LENGTH + 2);
    const next = setUp(area);
    await next.store.ready;
    expect(next.textsOf('after')).toEqual(['still here']);
    expect(next.store.calls().has('long')).toBe(true);
  });

  test('that is all key is read as any other, and the key is not kept', async () => {
    const { store, say, textsOf } = setUp();
    await store.ready;
    say({ callid: 'a', text: 'words', ['k'.repeat(1_000_000)]: 1 });
    expect(textsOf('a')).toEqual(['words']);
  });
});

test('a relay whose clock is years ahead does not make the background look without pause', async () => {
  const clock = createHandClock();
  const store = createRoomStore(clock, createMemoryArea());
  const waits: number[] = [];
  const retention = createRetention({
    nowMs: clock.nowMs,
    clearTimer: clock.clearTimer,
    setTimer: (_run, ms) => waits.push(ms),
    setAlarm: async () => {},
    keepMinutes: () => 15,
    rooms: () => [{ store }],
  });
  await store.ready;
  store.takeEvents([{ seq: 1, at: 8.64e15, data: { callid: 'a', text: 'x' } }]);
  retention.check();
  await settle();
  expect(waits).toHaveLength(1);
  expect(waits[0]).toBeGreaterThan(MINUTE_MS);
  expect(waits[0]).toBeLessThan(2 ** 31);
});
