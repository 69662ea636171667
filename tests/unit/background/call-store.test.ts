import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { CallStore } from '../../../entrypoints/background/call-store.ts';
import type { Checkpoint } from '../../../utils/connection/machine-types.ts';
import { ENTRIES_A_PAGE, type Status } from '../../../utils/messaging/sidebar-port.ts';
import type { SequencedEvent } from '../../../utils/protocol/frames.ts';
import { createHandClock, type HandClock, settle } from './hand-clock.ts';
import { createMemoryArea, type MemoryArea } from './memory-area.ts';
import { changesOf, createFakeSidebar, pictureOf, textsOf } from './picture.ts';
import { createRoomStore } from './room-store.ts';

type Said = { callid: string; text?: string; leg?: number; final?: boolean; event?: string };

const checkpoint: Checkpoint = { resume: { epoch: 'e1', seq: 9, seen: [[1, 9]] }, currentAtMs: 4 };

function setUp(area: MemoryArea = createMemoryArea(), clock: HandClock = createHandClock()) {
  const store = createRoomStore(clock, area);
  let seq = 0;
  return {
    area,
    clock,
    store,
    say(...events: Said[]): void {
      store.takeEvents(
        events.map((data): SequencedEvent => {
          seq += 1;
          return { seq, at: 2_000 + seq, data };
        }),
      );
    },
    open() {
      const sidebar = createFakeSidebar();
      const close = store.subscribe(sidebar.take);
      return { ...sidebar, close };
    },
  };
}

function lines(callid: string, count: number, from = 0): Said[] {
  return Array.from({ length: count }, (_, at) => ({ callid, text: `line ${from + at}` }));
}

describe('a new sidebar', () => {
  test('is sent a reset first, with how things stand', async () => {
    const { store, open } = setUp();
    await store.ready;
    store.setRelay({ name: 'connected', sinceMs: 5, agent: 'Alice' });
    const { messages, model } = open();
    expect(messages).toMatchObject([
      {
        type: 'reset',
        status: {
          relay: { name: 'connected', agent: 'Alice' },
          platform: { name: 'unknown' },
          unread: { count: 0 },
          forgottenCount: 0,
        },
      },
      { type: 'complete' },
    ]);
    expect(model.status.value).toEqual(JSON.parse(JSON.stringify(store.status())));
  });

  test.each([0, 1, 499, 500, 501, 1_000, 1_701])(
    'is then sent a call of %d lines in pages, in order and each line once',
    async (count) => {
      const { store, say, open } = setUp();
      await store.ready;
      say({ callid: 'c1', event: 'answered' }, ...lines('c1', count));
      const { messages, model } = open();
      const sent = changesOf(messages).flatMap(({ entries }) => entries.map(({ index }) => index));
      expect(sent).toEqual(Array.from({ length: count }, (_, at) => at));
      for (const { entries } of changesOf(messages)) {
        expect(entries.length).toBeLessThanOrEqual(ENTRIES_A_PAGE);
      }
      expect(textsOf(model, 'c1')).toEqual(lines('c1', count).map(({ text }) => text));
      expect(messages.at(-1)).toEqual({ type: 'complete' });
    },
  );

  test('is sent no message of more than a page, also of several calls together', async () => {
    const { store, say, open } = setUp();
    await store.ready;
    say(...lines('c1', 400), ...lines('c2', 400), ...lines('c3', 700));
    const { messages, model } = open();
    const sizes = messages.map((message) =>
      changesOf([message]).reduce((sum, { entries }) => sum + entries.length, 0),
    );
    expect(Math.max(...sizes)).toBeLessThanOrEqual(ENTRIES_A_PAGE);
    expect(textsOf(model, 'c3')).toHaveLength(700);
  });

  test('is then sent what changes, and not again what it has', async () => {
    const { clock, store, say, open } = setUp();
    await store.ready;
    say(...lines('c1', 3));
    await clock.elapse(100);
    const { messages } = open();
    messages.length = 0;
    say(...lines('c1', 1, 3));
    await clock.elapse(100);
    expect(messages).toMatchObject([
      { type: 'changes', calls: [{ call: { id: 'c1', entryCount: 4 }, entries: [{ text: 'line 3' }] }] },
    ]);
    expect(changesOf(messages)[0]?.entries).toHaveLength(1);
  });

  test('that comes amid a burst has each line once', async () => {
    const { clock, store, say, open } = setUp();
    await store.ready;
    const early = open();
    say(...lines('c1', 5));
    const late = open();
    say(...lines('c1', 5, 5));
    await clock.elapse(100);
    const sent = changesOf(late.messages).flatMap(({ entries }) => entries.map(({ index }) => index));
    expect(sent).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(pictureOf(late.model)).toEqual(pictureOf(early.model));
  });

  test('gets nothing more once it is gone', async () => {
    const { clock, store, say, open } = setUp();
    await store.ready;
    const { messages, close } = open();
    close();
    messages.length = 0;
    say(...lines('c1', 3));
    store.setRelay({ name: 'connecting', sinceMs: 1 });
    await clock.elapse(1_000);
    expect(messages).toEqual([]);
  });

  test('is told of calls without what only the reducer needs', async () => {
    const { store, say } = setUp();
    await store.ready;
    say({ callid: 'c1', text: 'i lost', final: false });
    const raw: object[] = [];
    store.subscribe((message) => raw.push(message));
    expect(JSON.stringify(raw)).not.toMatch(/"open"|"settled"/);
  });
});

describe('a burst', () => {
  test('is let through at once, and the rest of it gathered', async () => {
    const { clock, store, say, open } = setUp();
    await store.ready;
    const { messages, model } = open();
    messages.length = 0;
    for (let at = 0; at < 100; at += 1) say(...lines('c1', 1, at));
    expect(textsOf(model, 'c1')).toEqual(['line 0']);
    await clock.elapse(8);
    expect(messages).toHaveLength(2);
    expect(textsOf(model, 'c1')).toHaveLength(100);
  });

  test('of revisions costs the newest of each line', async () => {
    const { clock, store, say, open } = setUp();
    await store.ready;
    say({ callid: 'c1', text: 'i', final: false });
    const { messages } = open();
    messages.length = 0;
    for (const text of ['i lost', 'i lost my', 'i lost my card']) say({ callid: 'c1', text, final: false });
    await clock.elapse(8);
    expect(changesOf(messages).at(-1)?.entries).toMatchObject([{ index: 0, text: 'i lost my card' }]);
  });

  test('of more than a page is sent in pages', async () => {
    const { clock, store, say, open } = setUp();
    await store.ready;
    const { messages, model } = open();
    say(...lines('c1', 1_201));
    await clock.elapse(8);
    for (const { entries } of changesOf(messages)) {
      expect(entries.length).toBeLessThanOrEqual(ENTRIES_A_PAGE);
    }
    expect(textsOf(model, 'c1')).toEqual(lines('c1', 1_201).map(({ text }) => text));
  });

  test('of states costs one message with the newest', async () => {
    const { clock, store, open } = setUp();
    await store.ready;
    store.setRelay({ name: 'connecting', sinceMs: 1 });
    const { messages } = open();
    messages.length = 0;
    store.setRelay({ name: 'connected', sinceMs: 2, agent: 'Alice' });
    store.setPlatform({ name: 'connecting', sinceMs: 3 });
    store.setPlatform({ name: 'up', sinceMs: 4 });
    await clock.elapse(8);
    expect(messages).toMatchObject([
      { type: 'status', status: { relay: { name: 'connected' }, platform: { name: 'up' } } },
    ]);
  });

  test('a line said alone is never held back', async () => {
    const { clock, store, say, open } = setUp();
    await store.ready;
    const { model } = open();
    for (let at = 0; at < 5; at += 1) {
      await clock.elapse(8);
      say(...lines('c1', 1, at));
      expect(textsOf(model, 'c1')).toHaveLength(at + 1);
    }
  });
});

describe('what the status says', () => {
  test('events that could not be read are counted, with why', async () => {
    const { clock, store, open } = setUp();
    await store.ready;
    const { model } = open();
    store.takeEvents([
      { seq: 1, at: 1, data: { callid: 'c1', text: [1, 2] } },
      { seq: 2, at: 2, data: null },
    ]);
    await clock.elapse(8);
    expect(model.status.value?.unread).toEqual({ count: 2, lastReason: 'not-an-event' });
  });

  test('a gap stands in every live call and in no ended one', async () => {
    const { clock, store, say, open } = setUp();
    await store.ready;
    const { model } = open();
    say(...lines('c1', 1), ...lines('c2', 1), { callid: 'c2', event: 'hangup' });
    store.takeGap({ fromMs: 1, toMs: 2, reason: 'upstream-away' });
    await clock.elapse(8);
    expect(textsOf(model, 'c1')).toEqual(['line 0', '(gap)']);
    expect(textsOf(model, 'c2')).toEqual(['line 0']);
    expect(model.status.value?.lastGap).toEqual({ fromMs: 1, toMs: 2, reason: 'upstream-away' });
  });

  test('a gap without any call is told too', async () => {
    const { clock, store, open } = setUp();
    await store.ready;
    const { model } = open();
    store.takeGap({ fromMs: 1, toMs: 2, reason: 'relay-away' });
    await clock.elapse(8);
    expect(model.status.value?.lastGap).toEqual({ fromMs: 1, toMs: 2, reason: 'relay-away' });
  });
});

describe('who asks for the status', () => {
  function listen(store: CallStore): Status[] {
    const heard: Status[] = [];
    store.onStatus((status) => heard.push(status));
    return heard;
  }

  test('is told the newest, once for a burst', async () => {
    const { clock, store } = setUp();
    await store.ready;
    const heard = listen(store);
    store.setRelay({ name: 'connecting', sinceMs: 1 });
    store.setRelay({ name: 'connected', sinceMs: 2, agent: 'Alice' });
    store.setPlatform({ name: 'up', sinceMs: 3 });
    await clock.elapse(8);
    expect(heard.map(({ relay, platform }) => [relay.name, platform.name])).toEqual([
      ['connecting', 'unknown'],
      ['connected', 'up'],
    ]);
    expect(heard.at(-1)).toEqual(store.status());
  });

  test('is told without any sidebar, and each of several', async () => {
    const { clock, store } = setUp();
    await store.ready;
    const [one, other] = [listen(store), listen(store)];
    store.setPlatform({ name: 'up', sinceMs: 3 });
    await clock.elapse(8);
    expect(one).toHaveLength(1);
    expect(other).toEqual(one);
  });

  test('is told nothing of lines alone, nor of sidebars that come', async () => {
    const { clock, store, say, open } = setUp();
    await store.ready;
    const heard = listen(store);
    say(...lines('c1', 20));
    open();
    await clock.elapse(1_000);
    expect(heard).toEqual([]);
  });

  test('is told of what could not be read, of a gap and of a call that was let go', async () => {
    const { clock, store, say } = setUp();
    await store.ready;
    const heard = listen(store);
    store.takeEvents([{ seq: 1, at: 1, data: null }]);
    await clock.elapse(8);
    expect(heard.at(-1)?.unread.count).toBe(1);
    store.takeGap({ fromMs: 1, toMs: 2, reason: 'relay-away' });
    await clock.elapse(8);
    expect(heard.at(-1)?.lastGap).toEqual({ fromMs: 1, toMs: 2, reason: 'relay-away' });
    for (let at = 0; at < 51; at += 1) say(...lines(`c${at}`, 1));
    await clock.elapse(8);
    expect(heard.at(-1)?.forgottenCount).toBe(1);
  });
});

describe('calls that are let go', () => {
  test('the 51st call takes the place of the one that ended longest ago', async () => {
    const { clock, store, say, open } = setUp();
    await store.ready;
    const { model } = open();
    for (let at = 0; at < 50; at += 1) say(...lines(`c${at}`, 1));
    say({ callid: 'c7', event: 'hangup' }, { callid: 'c3', event: 'hangup' });
    say(...lines('c50', 1));
    await clock.elapse(8);
    expect(model.calls.value).toHaveLength(50);
    expect(textsOf(model, 'c7')).toBeUndefined();
    expect(model.status.value?.forgottenCount).toBe(1);
  });

  test('one that speaks again in the same burst is there, as a new call', async () => {
    const { clock, store, say, open } = setUp();
    await store.ready;
    const early = open();
    for (let at = 0; at < 50; at += 1) say(...lines(`c${at}`, 1));
    await clock.elapse(8);
    say(...lines('other', 1));
    say(...lines('c50', 1), { callid: 'c1', text: 'me again' });
    await clock.elapse(8);
    expect(textsOf(early.model, 'c1')).toEqual(['me again']);
    expect(pictureOf(early.model)).toEqual(pictureOf(open().model));
  });

  test('one that speaks again later is a new call', async () => {
    const { clock, store, say, open } = setUp();
    await store.ready;
    const early = open();
    for (let at = 0; at < 51; at += 1) say(...lines(`c${at}`, 1));
    await clock.elapse(8);
    expect(textsOf(early.model, 'c0')).toBeUndefined();
    say({ callid: 'c0', text: 'me again' });
    await clock.elapse(8);
    expect(textsOf(early.model, 'c0')).toEqual(['me again']);
    expect(pictureOf(early.model)).toEqual(pictureOf(open().model));
  });

  test('over the size of the archive the oldest ended call goes, and the status says so', async () => {
    const { area, clock, store, say, open } = setUp();
    await store.ready;
    const { model } = open();
    const long = 'x'.repeat(90_000);
    for (const callid of ['old', 'older', 'live']) {
      for (let at = 0; at < 33; at += 1) say({ callid, text: `${at} ${long}` });
    }
    say({ callid: 'older', event: 'hangup' });
    say({ callid: 'old', event: 'hangup' });
    await clock.elapse(10_000);
    expect(model.calls.value.map(({ summary }) => summary.value.id)).toEqual(['old', 'live']);
    expect(model.status.value?.forgottenCount).toBe(1);
    expect([...area.values.keys()].sort()).toEqual(['call live', 'call live 0', 'call old', 'call old 0']);
  });

  test('where none has ended the longest gives its older half, and every sidebar sees the same', async () => {
    const { area, clock, store, say, open } = setUp();
    await store.ready;
    const early = open();
    const long = 'x'.repeat(40 * 1024);
    say(...lines('short', 10));
    for (let at = 0; at < 260; at += 1) say({ callid: 'long', text: `${at} ${long}` });
    await clock.elapse(10_000);
    expect(textsOf(early.model, 'short')).toHaveLength(10);
    expect(textsOf(early.model, 'long')?.length).toBe(130);
    expect(early.model.status.value?.forgottenCount).toBe(0);
    expect(pictureOf(early.model)).toEqual(pictureOf(open().model));
    const next = setUp(area, clock);
    await next.store.ready;
    expect(pictureOf(next.open().model)).toEqual(pictureOf(early.model));
  });

  test('nothing goes while there is room', async () => {
    const { clock, store, say, open } = setUp();
    await store.ready;
    const { model } = open();
    for (let at = 0; at < 70; at += 1) say({ callid: 'c1', text: `${at} ${'x'.repeat(99_000)}` });
    say({ callid: 'c1', event: 'hangup' });
    await clock.elapse(10_000);
    expect(model.calls.value).toHaveLength(1);
  });
});

describe('what an earlier life of the worker kept', () => {
  test('ready gives how far it had come, and the calls are there', async () => {
    const { area, clock, store, say, open } = setUp();
    expect(await store.ready).toBeUndefined();
    say(...lines('c1', 70), ...lines('c2', 2));
    store.setCheckpoint(checkpoint);
    await clock.elapse(200);
    const next = setUp(area, clock);
    expect(await next.store.ready).toEqual(checkpoint);
    expect(pictureOf(next.open().model)).toEqual(pictureOf(open().model));
  });

  test('a line and its resume point are written together, and soon', async () => {
    const { area, clock, store, say } = setUp();
    await store.ready;
    say(...lines('c1', 1));
    store.setCheckpoint(checkpoint);
    expect(area.writes).toEqual([]);
    await clock.elapse(200);
    expect(area.writes.map(({ values }) => Object.keys(values).sort())).toEqual([
      ['call c1', 'call c1 0', 'checkpoint'],
    ]);
  });

  test('a resume point without a line is written too', async () => {
    const { area, clock, store } = setUp();
    await store.ready;
    store.setCheckpoint(checkpoint);
    await clock.elapse(200);
    expect(area.values.get('checkpoint')).toBe(JSON.stringify(checkpoint));
  });

  test('many lines within the time of one write are one write', async () => {
    const { area, clock, store, say } = setUp();
    await store.ready;
    for (let at = 0; at < 100; at += 1) {
      say(...lines('c1', 1, at));
      await clock.elapse(1);
    }
    await clock.elapse(200);
    expect(area.writes).toHaveLength(1);
  });

  test('lines said while a write is under way are in the next one', async () => {
    const { area, clock, store, say } = setUp();
    await store.ready;
    const gate = Promise.withResolvers<void>();
    area.gate = gate.promise;
    say(...lines('c1', 1));
    await clock.elapse(200);
    say(...lines('c1', 1, 1));
    await clock.elapse(1_000);
    expect(area.writes).toHaveLength(1);
    gate.resolve();
    await settle();
    await clock.elapse(200);
    const next = setUp(area, clock);
    await next.store.ready;
    expect(textsOf(next.open().model, 'c1')).toEqual(['line 0', 'line 1']);
  });

  test('what found no room is written once there is some, though nothing more is said', async () => {
    const { area, clock, store, say } = setUp();
    await store.ready;
    area.full = true;
    say(...lines('c1', 3));
    store.setCheckpoint(checkpoint);
    await clock.elapse(10_000);
    expect([...area.values.keys()]).toEqual([]);
    area.full = false;
    await clock.elapse(10_000);
    const next = setUp(area, clock);
    expect(await next.store.ready).toEqual(checkpoint);
    expect(textsOf(next.open().model, 'c1')).toHaveLength(3);
  });

  test('a call that goes on after the worker’s death is one call', async () => {
    const { area, clock, store, say } = setUp();
    await store.ready;
    say({ callid: 'c1', text: 'i lost', final: false });
    await clock.elapse(200);
    const next = setUp(area, clock);
    await next.store.ready;
    next.say({ callid: 'c1', text: 'i lost my card', final: true });
    expect(textsOf(next.open().model, 'c1')).toEqual(['i lost my card']);
  });
});

describe('every sidebar shows the same', () => {
  const happening = fc.oneof(
    {
      weight: 8,
      arbitrary: fc.record({
        do: fc.constant('say' as const),
        callid: fc.constantFrom('c1', 'c2', 'c3'),
        text: fc.constantFrom('i', 'i lost', 'i lost my card', 'thank you'),
        final: fc.boolean(),
        leg: fc.constantFrom(0, 1),
      }),
    },
    {
      weight: 2,
      arbitrary: fc.record({
        do: fc.constant('talk' as const),
        callid: fc.constantFrom('c1', 'c2', 'c3'),
        count: fc.integer({ min: 1, max: 600 }),
      }),
    },
    {
      weight: 1,
      arbitrary: fc.record({ do: fc.constant('end' as const), callid: fc.constantFrom('c1', 'c2') }),
    },
    { weight: 1, arbitrary: fc.constant({ do: 'gap' as const }) },
    { weight: 1, arbitrary: fc.constant({ do: 'open' as const }) },
    { weight: 3, arbitrary: fc.record({ do: fc.constant('wait' as const), ms: fc.nat(20) }) },
  );

  test('whenever it was opened, over any events', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(happening, { maxLength: 40 }), async (happenings) => {
        const { clock, store, say, open } = setUp();
        await store.ready;
        const sidebars = [open()];
        for (const happened of happenings) {
          switch (happened.do) {
            case 'say': {
              const { callid, text, final, leg } = happened;
              say({ callid, text, final, leg });
              break;
            }
            case 'talk':
              say(...lines(happened.callid, happened.count));
              break;
            case 'end':
              say({ callid: happened.callid, event: 'hangup' });
              break;
            case 'gap':
              store.takeGap({ fromMs: 1, toMs: 2, reason: 'upstream-away' });
              break;
            case 'open':
              sidebars.push(open());
              break;
            case 'wait':
              await clock.elapse(happened.ms);
          }
        }
        await clock.elapse(8);
        const fresh = open();
        for (const { model } of sidebars) {
          expect(pictureOf(model)).toEqual(pictureOf(fresh.model));
          expect(model.status.value).toEqual(fresh.model.status.value);
        }
      }),
      { numRuns: 100 },
    );
  });
});
