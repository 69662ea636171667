import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createCallSnapshot } from '../../../entrypoints/background/call-snapshot.ts';
import type { CallStore, Subscription } from '../../../entrypoints/background/call-store.ts';
import { createStorageBudget } from '../../../entrypoints/background/storage-budget.ts';
import { type CallChange, ENTRIES_A_PAGE } from '../../../utils/messaging/sidebar-port.ts';
import type { SequencedEvent } from '../../../utils/protocol/frames.ts';
import type { Area } from '../../../utils/storage/area.ts';
import { type Gap, summarise } from '../../../utils/transcript/call.ts';
import { type CallBook, createCallBook } from '../../../utils/transcript/call-book.ts';
import { createEventLog } from '../../../utils/transcript/event-log.ts';
import { createHandClock, settle } from './hand-clock.ts';
import { createMemoryArea } from './memory-area.ts';
import { createFakeSidebar, pictureOf } from './picture.ts';
import { createRoomStore } from './room-store.ts';

/** Each call begins a millisecond after the one before. */
function bookOf(...calls: { id: string; lines: number; ended?: boolean }[]): CallBook {
  const book = createCallBook();
  for (const [at, { id, lines, ended }] of calls.entries()) {
    book.takeEvent({ callid: id, event: 'answered' }, at);
    for (let line = 0; line < lines; line += 1) book.takeEvent({ callid: id, text: `line ${line}` }, at);
    if (ended) book.takeEvent({ callid: id, event: 'hangup' }, at);
  }
  return book;
}

function span({ entries }: CallChange): [number | undefined, number | undefined] {
  return [entries[0]?.index, entries.at(-1)?.index];
}

describe('the first page', () => {
  test.each([
    ['of the live call that began last', {}, 'c2', [100, 599]],
    ['of the call that was read', { callId: 'c1' }, 'c1', [700, 1_199]],
    ['around the entry that was read', { callId: 'c1', index: 600 }, 'c1', [350, 849]],
    ['around one near the beginning', { callId: 'c1', index: 20 }, 'c1', [0, 269]],
    ['around one near the end', { callId: 'c1', index: 1_190 }, 'c1', [700, 1_199]],
    ['of its newest, where that is no longer kept', { callId: 'c1', index: 5_000 }, 'c1', [700, 1_199]],
    ['of another, where no such call is kept', { callId: 'c9', index: 3 }, 'c2', [100, 599]],
  ])('is %s', (_name, place, id, expected) => {
    const book = bookOf(
      { id: 'c1', lines: 1_200 },
      { id: 'c2', lines: 600 },
      { id: 'c3', lines: 5, ended: true },
    );
    const [first, ...others] = createCallSnapshot(book.calls()).first(place);
    expect([first?.call.id, first && span(first)]).toEqual([id, expected]);
    expect(others.map(({ entries }) => entries)).toEqual([[], []]);
    expect(new Set([first, ...others].map((change) => change?.call.id))).toEqual(new Set(['c1', 'c2', 'c3']));
  });

  test('is none where there are no calls', () => {
    expect(createCallSnapshot(new Map()).first({})).toEqual([]);
  });
});

describe('the pages after it', () => {
  function drain(book: CallBook, place: { callId?: string; index?: number } = {}): CallChange[] {
    const snapshot = createCallSnapshot(book.calls());
    const changes = snapshot.first({});
    for (let next = snapshot.next(place); next !== undefined; next = snapshot.next(place)) changes.push(next);
    return changes;
  }

  test('hand over every entry once, newest first', () => {
    const changes = drain(bookOf({ id: 'c1', lines: 1_701 }));
    expect(changes.map(span)).toEqual([
      [1_201, 1_700],
      [701, 1_200],
      [201, 700],
      [0, 200],
    ]);
  });

  test('are of the call that is asked for, then of the others', () => {
    const changes = drain(bookOf({ id: 'c1', lines: 3 }, { id: 'c2', lines: 3 }, { id: 'c3', lines: 3 }), {
      callId: 'c1',
    });
    const told = changes.filter(({ entries }) => entries.length > 0).map(({ call }) => call.id);
    expect(told).toEqual(['c3', 'c1', 'c2']);
  });

  test('hold what is kept at that moment', () => {
    const book = createCallBook({ calls: 2, entriesACall: 1_000 });
    for (let line = 0; line < 1_000; line += 1) book.takeEvent({ callid: 'c1', text: `line ${line}` }, 1);
    book.takeEvent({ callid: 'c2', text: 'gone soon' }, 2);
    const snapshot = createCallSnapshot(book.calls());
    snapshot.first({ callId: 'c1' });
    for (let line = 0; line < 51; line += 1) book.takeEvent({ callid: 'c1', text: `new ${line}` }, 3);
    book.forget(['c2']);
    book.takeEvent({ callid: 'c2', text: 'another call' }, 4);
    const next = snapshot.next({});
    expect(next && [next.call.entryCount, next.firstIndex, ...span(next)]).toEqual([1_051, 50, 50, 499]);
    expect(snapshot.next({})).toBeUndefined();
  });
});

type Step =
  | { do: 'say'; call: number; count: number; final: boolean }
  | { do: 'gap' }
  | { do: 'forget'; call: number }
  | { do: 'wait'; ms: number }
  | { do: 'more'; call: number; index: number }
  | { do: 'again' }
  | { do: 'die'; replayed: boolean };

const call = fc.nat({ max: 2 });
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('say' as const),
      call,
      count: fc.integer({ min: 1, max: 700 }),
      final: fc.boolean(),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({ do: fc.constant('more' as const), call, index: fc.nat({ max: 2_000 }) }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('wait' as const), ms: fc.constantFrom(3, 10, 300) }) },
  fc.record({ do: fc.constant('gap' as const) }),
  fc.record({ do: fc.constant('forget' as const), call }),
  fc.record({ do: fc.constant('again' as const) }),
  fc.record({ do: fc.constant('die' as const), replayed: fc.boolean() }),
);

/** A worker with its store, which can die at any moment with what it has not written, and a sidebar that outlives it. */
function createLives() {
  const clock = createHandClock();
  const area = createMemoryArea();
  const sidebar = createFakeSidebar();
  /** In the relay's numbers, which its gaps take too: what was never kept of it is replayed. */
  const said: (SequencedEvent | Gap)[] = [];
  let isAlive = { now: true };
  let store = begin();
  let subscription: Subscription | undefined;

  function begin(): CallStore {
    const own = { now: true };
    isAlive = own;
    const mortal: Area = {
      ...area,
      write: async (values) => (own.now ? area.write(values) : undefined),
      remove: async (keys) => (own.now ? area.remove(keys) : undefined),
    };
    // So little that calls give their older half, and go.
    return createRoomStore(clock, mortal, createEventLog(), createStorageBudget(150_000));
  }

  function open(): void {
    const own = isAlive;
    subscription?.close();
    subscription = store.open((message) => own.now && sidebar.take(message), {});
  }

  function take(news: readonly (SequencedEvent | Gap)[]): void {
    let events: SequencedEvent[] = [];
    for (const one of news) {
      if (!('reason' in one)) {
        events.push(one);
        continue;
      }
      store.takeEvents(events);
      events = [];
      store.takeGap(one);
    }
    store.takeEvents(events);
    const seq = said.length;
    store.setCheckpoint({ resume: { epoch: 'e1', seq, seen: [[1, seq]] }, currentAtMs: seq });
  }

  return {
    ready: () => store.ready,
    open,
    sidebar,
    more: (callId?: string, index?: number) => subscription?.more({ callId, index }),
    messages: () => sidebar.messages.length,
    elapse: clock.elapse,
    book: () => store.calls(),
    say(callid: string, count: number, final: boolean): void {
      const events = Array.from({ length: count }, (_, at): SequencedEvent => {
        const seq = said.length + at + 1;
        return {
          seq,
          at: seq,
          data: { callid, leg: seq % 2, text: `line ${seq}`, final: final || at < count - 1 },
        };
      });
      said.push(...events);
      take(events);
    },
    gap(): void {
      const gap: Gap = { fromMs: said.length, toMs: said.length, reason: 'upstream-away' };
      said.push(gap);
      take([gap]);
    },
    forget: (callId: string) => void store.forget([callId], 0),
    async die(replayed: boolean): Promise<void> {
      isAlive.now = false;
      store = begin();
      const kept = (await store.ready)?.resume.seq ?? 0;
      open();
      if (replayed) take(said.slice(kept));
      else store.takeGap({ fromMs: kept, toMs: said.length, reason: 'relay-away' });
      if (!replayed) take([]);
    },
  };
}

test('a sidebar has what is kept in the end, whatever is asked for, said, lost and forgotten meanwhile', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 30 }), async (steps) => {
      const lives = createLives();
      await lives.ready();
      lives.open();
      for (const one of steps) {
        if (one.do === 'say') lives.say(`c${one.call}`, one.count, one.final);
        else if (one.do === 'more') lives.more(`c${one.call}`, one.index);
        else if (one.do === 'wait') await lives.elapse(one.ms);
        else if (one.do === 'gap') lives.gap();
        else if (one.do === 'forget') lives.forget(`c${one.call}`);
        else if (one.do === 'again') lives.open();
        else await lives.die(one.replayed);
      }
      await settle();
      await lives.elapse(20);
      for (let told = -1; told !== lives.messages(); ) {
        told = lives.messages();
        lives.more();
      }
      const picture = pictureOf(lives.sidebar.model).map(({ summary, firstIndex, entries }) => ({
        summary,
        firstIndex,
        entries,
      }));
      const kept = [...lives.book().values()]
        .map(({ head, firstIndex, entries }) => ({ summary: summarise(head), firstIndex, entries }))
        .sort((a, b) => a.summary.startedAtMs - b.summary.startedAtMs);
      expect(picture).toEqual(JSON.parse(JSON.stringify(kept)));
      for (const message of lives.sidebar.messages) {
        if (message.type === 'older')
          expect(message.change.entries.length).toBeLessThanOrEqual(ENTRIES_A_PAGE);
      }
    }),
    {
      numRuns: 150,
      // A worker that dies before it has written down what it let go.
      examples: [
        [
          [
            { do: 'say', call: 0, count: 1_741, final: true },
            { do: 'wait', ms: 300 },
            { do: 'die', replayed: false },
          ],
        ],
      ],
    },
  );
}, 60_000);
