import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type CallArchive, createCallArchive } from '../../../entrypoints/background/call-archive.ts';
import type { Checkpoint } from '../../../utils/connection/machine-types.ts';
import { type CallBook, createCallBook, type KeptCall } from '../../../utils/transcript/call-book.ts';
import { settle } from './hand-clock.ts';
import { createMemoryArea, lastKeys, type MemoryArea } from './memory-area.ts';

type Life = { book: CallBook; archive: CallArchive };
type Said = { callid: string; text?: string; final?: boolean; leg?: number; event?: string };

/** One life of the worker over `area`: what it loads it has in its book. */
async function live(area: MemoryArea, limits?: Parameters<typeof createCallBook>[0]) {
  const archive = createCallArchive(area);
  const book = createCallBook(limits);
  const { calls, checkpoint } = await archive.load();
  for (const call of calls) book.restore(call);
  return { archive, book, checkpoint };
}

function say({ book, archive }: Life, ...events: Said[]): void {
  events.forEach((event, at) => {
    for (const change of book.takeEvent(event, 1_000 + at)) archive.note(change);
  });
}

function lines(callid: string, count: number, from = 0): Said[] {
  return Array.from({ length: count }, (_, at) => ({ callid, text: `line ${from + at}`, leg: at % 2 }));
}

function shrink({ book, archive }: Life): void {
  for (const change of book.shrink()) archive.note(change);
}

/** The calls by id, however the map is ordered. */
function callsOf(calls: Iterable<KeptCall>): KeptCall[] {
  return [...calls].sort((one, other) => (one.head.id < other.head.id ? -1 : 1));
}

function textsOf(call: KeptCall | undefined): string[] | undefined {
  return call?.entries.map((entry) => (entry.kind === 'line' ? entry.text : '(gap)'));
}

function checkpointAt(seq: number): Checkpoint {
  return { resume: { epoch: 'e1', seq, seen: seq === 0 ? [] : [[1, seq]] }, currentAtMs: 5_000 + seq };
}

describe('what was flushed is loaded again, equal', () => {
  test.each<[string, Said[]]>([
    ['one line', lines('c1', 1)],
    ['lines over several chunks', lines('c1', 149)],
    ['a whole chunk and no more', lines('c1', 50)],
    ['several calls', [...lines('c1', 60), ...lines('c2', 3), ...lines('c3', 51)]],
    ['a call that ended', [...lines('c1', 2), { callid: 'c1', event: 'hangup' }]],
    ['a call without lines', [{ callid: 'c1', event: 'ringing' }]],
    [
      'interims that were revised in place, one still open',
      [
        { callid: 'c1', text: 'i lost', final: false },
        { callid: 'c1', text: 'i lost my card', final: false },
        { callid: 'c1', text: 'mm', final: false, leg: 1 },
        { callid: 'c1', text: 'i lost my card today', final: true },
      ],
    ],
    ['words in every script', [{ callid: 'c1', text: 'naïve 漢字 🙂 "quoted" \\ \u2028' }]],
  ])('%s', async (_name, events) => {
    const area = createMemoryArea();
    const life = await live(area);
    say(life, ...events);
    life.archive.noteCheckpoint(checkpointAt(7));
    expect(await life.archive.flush(life.book.calls())).toBe(true);
    const next = await live(area);
    expect(callsOf(next.book.calls().values())).toEqual(callsOf(life.book.calls().values()));
    expect(next.checkpoint).toEqual(checkpointAt(7));
    expect(next.archive.size()).toBe(life.archive.size());
  });

  test.each([
    'with spaces in it',
    'c1 0',
    '100%',
    '%20',
    'a%2Fb/c',
    'größe-漢字-🙂',
    '__proto__',
    'constructor',
    'checkpoint',
    'tabs',
    ' ',
    'call c1',
    'a\nb',
    '\ud800 alone',
    'x'.repeat(200),
  ])('the call %j beside one of a plain id', async (id) => {
    const area = createMemoryArea();
    const life = await live(area);
    say(life, ...lines(id, 60), ...lines('c1', 60));
    await life.archive.flush(life.book.calls());
    const next = await live(area);
    expect(next.book.calls().size).toBe(2);
    expect(callsOf(next.book.calls().values())).toEqual(callsOf(life.book.calls().values()));
  });

  test('a gap in a call', async () => {
    const area = createMemoryArea();
    const life = await live(area);
    say(life, ...lines('c1', 1));
    for (const change of life.book.takeGap({ fromMs: 1, toMs: 2, reason: 'relay-away' })) {
      life.archive.note(change);
    }
    await life.archive.flush(life.book.calls());
    const next = await live(area);
    expect(callsOf(next.book.calls().values())).toEqual(callsOf(life.book.calls().values()));
  });

  test.each([2, 99, 100, 101, 260])('a call of %d lines that was trimmed, and goes on', async (count) => {
    const area = createMemoryArea();
    const life = await live(area);
    say(life, ...lines('c1', count));
    await life.archive.flush(life.book.calls());
    shrink(life);
    await life.archive.flush(life.book.calls());
    say(life, ...lines('c1', 3, count));
    await life.archive.flush(life.book.calls());
    const call = (await live(area)).book.calls().get('c1');
    expect(call?.firstIndex).toBe(Math.ceil(count / 2));
    expect(call).toEqual(life.book.calls().get('c1'));
  });

  test('an interim that is revised in a later life', async () => {
    const area = createMemoryArea();
    const life = await live(area);
    say(
      life,
      { callid: 'c1', text: 'i lost', final: false },
      ...lines('c1', 60).map((l) => ({ ...l, leg: 1 })),
    );
    await life.archive.flush(life.book.calls());
    const next = await live(area);
    say(next, { callid: 'c1', leg: 0, text: 'i lost', final: false });
    say(next, { callid: 'c1', text: 'i lost my card', final: true });
    await next.archive.flush(next.book.calls());
    const last = await live(area);
    expect(last.book.calls().get('c1')).toEqual(next.book.calls().get('c1'));
  });

  test('an empty area holds nothing, and nothing is made of it', async () => {
    const area = createMemoryArea();
    const { archive } = await live(area);
    expect(await archive.load()).toEqual({ calls: [], checkpoint: undefined });
    expect(await archive.flush(new Map())).toBe(true);
    expect([...area.values.keys()]).toEqual([]);
  });

  test('what others keep in the area is neither read as a call nor touched', async () => {
    const area = createMemoryArea({ tabs: [[1, 'on']], token: 'secret' });
    const life = await live(area);
    expect(life.archive.size()).toBe(0);
    say(life, ...lines('c1', 2), { callid: 'c1', event: 'hangup' });
    await life.archive.flush(life.book.calls());
    shrink(life);
    await life.archive.flush(life.book.calls());
    expect(Object.fromEntries(area.values)).toEqual({ tabs: [[1, 'on']], token: 'secret' });
  });
});

describe('a write is small', () => {
  test('a line costs the head, its chunk and the resume point, however long the call is', async () => {
    const area = createMemoryArea();
    const life = await live(area);
    say(life, ...lines('c1', 1_010), ...lines('c2', 10));
    await life.archive.flush(life.book.calls());
    say(life, ...lines('c1', 1, 1_010));
    life.archive.noteCheckpoint(checkpointAt(1));
    await life.archive.flush(life.book.calls());
    expect(lastKeys(area)).toEqual(['call c1', 'call c1 20', 'checkpoint']);
    expect(JSON.parse(String(area.values.get('call c1 20')))).toHaveLength(11);
  });

  test('a revised interim costs the chunk it stands in', async () => {
    const area = createMemoryArea();
    const life = await live(area);
    say(life, { callid: 'c1', text: 'i lost', final: false, leg: 0 });
    say(life, ...lines('c1', 120).map((line) => ({ ...line, leg: 1 })));
    await life.archive.flush(life.book.calls());
    say(life, { callid: 'c1', text: 'i lost my card', final: true, leg: 0 });
    await life.archive.flush(life.book.calls());
    expect(lastKeys(area)).toEqual(['call c1', 'call c1 0']);
  });

  test('lines of one call and the resume point behind them go in one write', async () => {
    const area = createMemoryArea();
    const life = await live(area);
    say(life, ...lines('c1', 120));
    life.archive.noteCheckpoint(checkpointAt(120));
    await life.archive.flush(life.book.calls());
    expect(area.writes).toHaveLength(1);
    expect(lastKeys(area)).toEqual(['call c1', 'call c1 0', 'call c1 1', 'call c1 2', 'checkpoint']);
  });

  test('the size is the bytes of what is stored, through growing, trimming and forgetting', async () => {
    const area = createMemoryArea();
    const life = await live(area);
    const stored = () =>
      [...area.values.entries()]
        .filter(([key]) => key.startsWith('call '))
        .reduce((sum, [, value]) => sum + Buffer.byteLength(String(value)), 0);
    say(life, ...lines('größe', 130), { callid: 'c2', text: '漢字' }, { callid: 'c2', event: 'hangup' });
    await life.archive.flush(life.book.calls());
    expect(life.archive.size()).toBe(stored());
    shrink(life);
    await life.archive.flush(life.book.calls());
    expect(life.archive.size()).toBe(stored());
    shrink(life);
    await life.archive.flush(life.book.calls());
    expect(life.archive.size()).toBe(stored());
    expect(stored()).toBeGreaterThan(0);
  });
});

describe('a write for which there is no room', () => {
  test('leaves the lines and the resume point as they were, together', async () => {
    const area = createMemoryArea();
    const life = await live(area);
    say(life, ...lines('c1', 3));
    life.archive.noteCheckpoint(checkpointAt(3));
    await life.archive.flush(life.book.calls());
    const before = new Map(area.values);
    area.full = true;
    say(life, ...lines('c1', 60, 3), ...lines('c2', 1));
    life.archive.noteCheckpoint(checkpointAt(64));
    expect(await life.archive.flush(life.book.calls())).toBe(false);
    expect(area.values).toEqual(before);
    const next = await live(area);
    expect(textsOf(next.book.calls().get('c1'))).toEqual(['line 0', 'line 1', 'line 2']);
    expect(next.checkpoint).toEqual(checkpointAt(3));
  });

  test('keeps everything noted until there is room again', async () => {
    const area = createMemoryArea();
    const life = await live(area);
    area.full = true;
    say(life, ...lines('c1', 60));
    life.archive.noteCheckpoint(checkpointAt(60));
    expect(await life.archive.flush(life.book.calls())).toBe(false);
    say(life, ...lines('c2', 2));
    life.archive.noteCheckpoint(checkpointAt(62));
    expect(await life.archive.flush(life.book.calls())).toBe(false);
    area.full = false;
    expect(await life.archive.flush(life.book.calls())).toBe(true);
    const next = await live(area);
    expect(callsOf(next.book.calls().values())).toEqual(callsOf(life.book.calls().values()));
    expect(next.checkpoint).toEqual(checkpointAt(62));
  });

  test('keeps what is noted while it is under way', async () => {
    const area = createMemoryArea();
    const life = await live(area);
    say(life, ...lines('c1', 1));
    area.full = true;
    const writing = life.archive.flush(life.book.calls());
    say(life, ...lines('c1', 70, 1), ...lines('c2', 1));
    await writing;
    area.full = false;
    await life.archive.flush(life.book.calls());
    const next = await live(area);
    expect(callsOf(next.book.calls().values())).toEqual(callsOf(life.book.calls().values()));
  });
});

describe('a forgotten call', () => {
  async function kept(count: number) {
    const area = createMemoryArea();
    const life = await live(area);
    say(life, ...lines('c1', count), { callid: 'c1', event: 'hangup' });
    return { area, life };
  }

  test('leaves no key behind', async () => {
    const { area, life } = await kept(130);
    await life.archive.flush(life.book.calls());
    expect(area.values.size).toBe(4);
    shrink(life);
    await life.archive.flush(life.book.calls());
    expect([...area.values.keys()]).toEqual([]);
    expect(life.archive.size()).toBe(0);
  });

  test('leaves no key behind that an earlier life wrote', async () => {
    const { area, life } = await kept(130);
    await life.archive.flush(life.book.calls());
    const next = await live(area);
    shrink(next);
    await next.archive.flush(next.book.calls());
    expect([...area.values.keys()]).toEqual([]);
  });

  test('is never written when it was forgotten before its first write', async () => {
    const { area, life } = await kept(130);
    shrink(life);
    await life.archive.flush(life.book.calls());
    expect([...area.values.keys()]).toEqual([]);
  });

  test('leaves no key behind when it was forgotten while it was being written', async () => {
    const { area, life } = await kept(130);
    const writing = life.archive.flush(life.book.calls());
    shrink(life);
    await writing;
    await life.archive.flush(life.book.calls());
    expect([...area.values.keys()]).toEqual([]);
  });

  test('leaves no key behind when the write before it found no room', async () => {
    const { area, life } = await kept(130);
    await life.archive.flush(life.book.calls());
    area.full = true;
    say(life, ...lines('c2', 1));
    shrink(life);
    await life.archive.flush(life.book.calls());
    area.full = false;
    await life.archive.flush(life.book.calls());
    expect([...area.values.keys()].sort()).toEqual(['call c2', 'call c2 0']);
  });

  test('takes no key of a call whose id begins alike', async () => {
    const { area, life } = await kept(60);
    say(life, ...lines('c1 2', 1), ...lines('c10', 1));
    await life.archive.flush(life.book.calls());
    shrink(life);
    await life.archive.flush(life.book.calls());
    expect([...area.values.keys()].sort()).toEqual([
      'call c1%202',
      'call c1%202 0',
      'call c10',
      'call c10 0',
    ]);
  });

  test('that speaks again before the next write is a new call', async () => {
    const { area, life } = await kept(130);
    await life.archive.flush(life.book.calls());
    shrink(life);
    say(life, { callid: 'c1', text: 'me again' });
    await life.archive.flush(life.book.calls());
    expect([...area.values.keys()].sort()).toEqual(['call c1', 'call c1 0']);
    expect(textsOf((await live(area)).book.calls().get('c1'))).toEqual(['me again']);
  });
});

describe('a trimmed call leaves no chunk behind', () => {
  test('that was stored', async () => {
    const area = createMemoryArea();
    const life = await live(area);
    say(life, ...lines('c1', 260));
    await life.archive.flush(life.book.calls());
    shrink(life);
    await life.archive.flush(life.book.calls());
    expect([...area.values.keys()].sort()).toEqual([
      'call c1',
      'call c1 2',
      'call c1 3',
      'call c1 4',
      'call c1 5',
    ]);
  });

  test('that was noted and not yet written', async () => {
    const area = createMemoryArea();
    const life = await live(area);
    say(life, ...lines('c1', 260));
    shrink(life);
    await life.archive.flush(life.book.calls());
    expect([...area.values.keys()].sort()).toEqual([
      'call c1',
      'call c1 2',
      'call c1 3',
      'call c1 4',
      'call c1 5',
    ]);
  });

  test('when a line is revised that is no longer kept', async () => {
    const area = createMemoryArea();
    const life = await live(area);
    say(life, { callid: 'c1', text: 'i lost', final: false, leg: 0 });
    say(life, ...lines('c1', 200).map((line) => ({ ...line, leg: 1 })));
    await life.archive.flush(life.book.calls());
    shrink(life);
    await life.archive.flush(life.book.calls());
    say(life, { callid: 'c1', text: 'i lost my card', final: true, leg: 0 });
    await life.archive.flush(life.book.calls());
    expect([...area.values.keys()].sort()).toEqual(['call c1', 'call c1 2', 'call c1 3', 'call c1 4']);
  });
});

describe('what cannot be read', () => {
  async function stored() {
    const area = createMemoryArea();
    const life = await live(area);
    say(life, ...lines('c1', 160), ...lines('c2', 3));
    life.archive.noteCheckpoint(checkpointAt(163));
    await life.archive.flush(life.book.calls());
    return area;
  }

  const broken: [string, unknown][] = [
    ['missing', undefined],
    ['cut short', '[{"kind":"line","ind'],
    ['not text', 42],
    ['of another shape', '{"a":1}'],
    ['a list of other things', '[{"kind":"line"}]'],
  ];

  test.each(broken)('a chunk that is %s: the call keeps what comes after it', async (_name, value) => {
    const area = await stored();
    if (value === undefined) area.values.delete('call c1 1');
    else area.values.set('call c1 1', value);
    const { book, checkpoint } = await live(area);
    const call = book.calls().get('c1');
    expect(call?.firstIndex).toBe(100);
    expect(textsOf(call)).toEqual(lines('c1', 60, 100).map(({ text }) => text));
    expect(textsOf(book.calls().get('c2'))).toHaveLength(3);
    expect(checkpoint).toEqual(checkpointAt(163));
  });

  test('a last chunk that is missing: the call is there and goes on at its place', async () => {
    const area = await stored();
    area.values.delete('call c1 3');
    const life = await live(area);
    expect(life.book.calls().get('c1')).toMatchObject({ firstIndex: 160, entries: [] });
    say(life, ...lines('c1', 1, 160));
    await life.archive.flush(life.book.calls());
    const call = (await live(area)).book.calls().get('c1');
    expect(call).toMatchObject({ firstIndex: 160, entries: [{ index: 160, text: 'line 160' }] });
  });

  test('a call that lost a chunk goes on, and is loaded again as it was', async () => {
    const area = await stored();
    area.values.delete('call c1 1');
    const life = await live(area);
    say(life, ...lines('c1', 5, 160));
    await life.archive.flush(life.book.calls());
    expect((await live(area)).book.calls().get('c1')).toEqual(life.book.calls().get('c1'));
  });

  test.each([
    ['not text', 42],
    ['cut short', '{"head":{"id":"c1"'],
    ['of another shape', '{"head":{"id":"c1"},"firstIndex":0}'],
  ])('a head that is %s: that call is dropped and no other', async (_name, value) => {
    const area = await stored();
    area.values.set('call c1', value);
    const { book, checkpoint } = await live(area);
    expect([...book.calls().keys()]).toEqual(['c2']);
    expect(checkpoint).toEqual(checkpointAt(163));
  });

  test('a call whose head was lost may come again from its beginning', async () => {
    const area = await stored();
    area.values.set('call c1', 'junk');
    const life = await live(area);
    say(life, { callid: 'c1', text: 'hello again' });
    await life.archive.flush(life.book.calls());
    expect(textsOf((await live(area)).book.calls().get('c1'))).toEqual(['hello again']);
  });

  test('keys of a call whose head was lost do not stay for good', async () => {
    const area = await stored();
    area.values.set('call c1', 'junk');
    const life = await live(area);
    await life.archive.flush(life.book.calls());
    expect([...area.values.keys()].sort()).toEqual(['call c2', 'call c2 0', 'checkpoint']);
  });

  test.each(['', '{}', '[]', '{"resume":{"epoch":"e1","seq":"5","seen":[]},"currentAtMs":1}', 5, null])(
    'a resume point that is %j is none',
    async (value) => {
      const area = await stored();
      area.values.set('checkpoint', value);
      const { book, checkpoint } = await live(area);
      expect(checkpoint).toBeUndefined();
      expect(book.calls().size).toBe(2);
    },
  );
});

/** What happens to one life of the worker: events of its stream, and a write with what comes while it is under way. */
type Happening =
  | { kind: 'events'; events: Said[] }
  | { kind: 'gap' }
  | { kind: 'flush'; meanwhile: Said[]; taken: boolean };

const said: fc.Arbitrary<Said[]> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc
      .record({
        callid: fc.constantFrom('c1', 'c 2', '%', '__proto__'),
        text: fc.constantFrom('i', 'i lost', 'i lost my card', 'thank you'),
        final: fc.boolean(),
        leg: fc.constantFrom(0, 1),
        utterance_id: fc.option(fc.constantFrom('u1', 'u2'), { nil: undefined }),
      })
      .map((event) => [event]),
  },
  {
    weight: 2,
    arbitrary: fc
      .tuple(fc.constantFrom('c1', 'c 2'), fc.integer({ min: 20, max: 70 }))
      .map(([callid, count]) => lines(callid, count)),
  },
  {
    weight: 1,
    arbitrary: fc
      .tuple(fc.constantFrom('c1', 'c 2'), fc.constantFrom('hangup', 'answered', 'ping'))
      .map(([callid, event]) => [{ callid, event }]),
  },
);

const happening: fc.Arbitrary<Happening> = fc.oneof(
  { weight: 4, arbitrary: said.map((events) => ({ kind: 'events' as const, events })) },
  { weight: 1, arbitrary: fc.constant({ kind: 'gap' as const }) },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('flush' as const),
      meanwhile: fc.oneof(fc.constant<Said[]>([]), said),
      taken: fc.boolean(),
    }),
  },
);

type Item = Said | 'gap';
type Limits = NonNullable<Parameters<typeof createCallBook>[0]>;
const wide: Limits = { calls: 50, entriesACall: 20_000 };

/** Plays a life to its sudden end, and what the next one makes of what is left and of what the relay repeats. */
async function crashAndReplay(happenings: readonly Happening[], diesAfterWrite: boolean, limits: Limits) {
  const area = createMemoryArea();
  const life = await live(area, limits);
  const stream: Item[] = [];

  function take({ book, archive }: Life, item: Item, seq: number): void {
    const changes =
      item === 'gap'
        ? book.takeGap({ fromMs: seq, toMs: seq + 1, reason: 'upstream-away' })
        : book.takeEvent(item, 1_000 + 10 * seq);
    for (const change of changes) archive.note(change);
    archive.noteCheckpoint(checkpointAt(seq));
  }
  function arrive(...items: Item[]): void {
    for (const item of items) take(life, item, stream.push(item));
  }

  for (const happened of happenings) {
    if (happened.kind === 'events') arrive(...happened.events);
    else if (happened.kind === 'gap') arrive('gap');
    else {
      const gate = Promise.withResolvers<void>();
      area.gate = gate.promise;
      area.full = !happened.taken;
      const writing = life.archive.flush(life.book.calls());
      arrive(...happened.meanwhile);
      gate.resolve();
      expect(await writing).toBe(happened.taken || (area.writes.at(-1)?.taken ?? true));
    }
  }
  // The last write is under way when the worker dies: the browser took it whole, or never saw it.
  area.full = !diesAfterWrite;
  await life.archive.flush(life.book.calls());

  const next = await live(area, limits);
  const loadedSeq = next.checkpoint?.resume.seq ?? 0;
  stream.slice(loadedSeq).forEach((item, at) => {
    take(next, item, loadedSeq + at + 1);
  });
  return { replayed: next.book, straight: life.book };
}

describe('a worker that dies at any moment', () => {
  test('has every event exactly once after the relay repeated what followed its resume point', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(happening, { maxLength: 25 }),
        fc.boolean(),
        async (happenings, diesAfterWrite) => {
          const { replayed, straight } = await crashAndReplay(happenings, diesAfterWrite, wide);
          expect(callsOf(replayed.calls().values())).toEqual(callsOf(straight.calls().values()));
        },
      ),
      { numRuns: 300 },
    );
  });

  test('holds no call with a hole, and none shorter than the limit, where calls are trimmed', async () => {
    const limits: Limits = { ...wide, entriesACall: 40 };
    await fc.assert(
      fc.asyncProperty(
        fc.array(happening, { maxLength: 25 }),
        fc.boolean(),
        async (happenings, diesAfterWrite) => {
          const { replayed, straight } = await crashAndReplay(happenings, diesAfterWrite, limits);
          expect([...replayed.calls().keys()].sort()).toEqual([...straight.calls().keys()].sort());
          for (const [id, { head, entries, firstIndex }] of replayed.calls()) {
            const other = straight.calls().get(id);
            expect(head).toEqual(other?.head);
            expect(entries.length).toBeGreaterThanOrEqual(Math.min(limits.entriesACall, head.entryCount));
            expect(entries.map(({ index }) => index)).toEqual(
              Array.from({ length: head.entryCount - firstIndex }, (_, at) => firstIndex + at),
            );
            for (const entry of entries) {
              const same = other?.entries[entry.index - other.firstIndex];
              if (same !== undefined) expect(entry).toEqual(same);
            }
          }
        },
      ),
      { numRuns: 300 },
    );
  });

  test('loses no call and no line that it would have had where calls are forgotten', async () => {
    const limits: Limits = { ...wide, calls: 2 };
    const spoken = fc.constantFrom('c1', 'c2', 'c3', 'c4').map((callid): string[] => [callid]);
    const lived = fc.oneof(
      spoken.map((ids) => ({ kind: 'events' as const, ids })),
      fc.record({
        kind: fc.constant('flush' as const),
        ids: fc.oneof(fc.constant<string[]>([]), spoken),
        taken: fc.boolean(),
      }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(lived, { maxLength: 40 }), fc.boolean(), async (lives, diesAfterWrite) => {
        let count = 0;
        const speak = (ids: string[]): Said[] =>
          ids.map((callid) => {
            count += 1;
            return { callid, text: `line ${count}` };
          });
        const happenings = lives.map(
          (happened): Happening =>
            happened.kind === 'events'
              ? { kind: 'events', events: speak(happened.ids) }
              : { kind: 'flush', meanwhile: speak(happened.ids), taken: happened.taken },
        );
        const { replayed, straight } = await crashAndReplay(happenings, diesAfterWrite, limits);
        expect([...replayed.calls().keys()].sort()).toEqual([...straight.calls().keys()].sort());
        for (const [id, call] of straight.calls()) {
          expect(textsOf(replayed.calls().get(id))?.slice(-call.entries.length)).toEqual(textsOf(call));
        }
      }),
      { numRuns: 500 },
    );
  });

  test('an unfinished write leaves nothing of itself', async () => {
    const area = createMemoryArea();
    const life = await live(area);
    area.gate = new Promise(() => {});
    say(life, ...lines('c1', 3));
    void life.archive.flush(life.book.calls());
    await settle();
    expect(area.writes).toHaveLength(1);
    expect((await live(area)).book.calls().size).toBe(0);
  });
});
