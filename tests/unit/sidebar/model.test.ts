import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createSidebarModel, type SidebarModel } from '../../../components/sidebar/model.ts';
import type { CallChange, ToSidebar } from '../../../utils/messaging/sidebar-port.ts';
import type { View } from '../../../utils/messaging/surface.ts';
import type { Entry } from '../../../utils/transcript/call.ts';
import { pictureOf } from '../background/picture.ts';
import { change, gap, line, lines, resend, status, take } from './call-changes.ts';

function ids({ calls }: SidebarModel): string[] {
  return calls.value.map(({ summary }) => summary.value.id);
}

function indexes(model: SidebarModel, id = 'c1'): number[] | undefined {
  return pictureOf(model)
    .find(({ summary }) => summary.id === id)
    ?.entries.map(({ index }) => index);
}

function offeredId({ offered }: SidebarModel): string | undefined {
  return offered.value?.summary.value.id;
}

function shownId({ shown }: SidebarModel): string | undefined {
  return shown.value?.summary.value.id;
}

describe('entries', () => {
  const count = fc.integer({ min: 0, max: 220 });

  test('are there once and in order, over any split and any order of the messages', () => {
    fc.assert(
      fc.property(
        count.chain((total) =>
          fc.tuple(
            fc.shuffledSubarray(lines(0, total), { minLength: total }),
            fc.array(fc.integer({ min: 1, max: 80 }), { minLength: 1, maxLength: 20 }),
          ),
        ),
        ([shuffled, sizes]) => {
          const model = createSidebarModel();
          let at = 0;
          for (let turn = 0; at < shuffled.length; turn += 1) {
            const size = sizes[turn % sizes.length] ?? 1;
            take(model, change('c1', shuffled.slice(at, at + size)));
            at += size;
          }
          expect(indexes(model) ?? []).toEqual(lines(0, shuffled.length).map(({ index }) => index));
        },
      ),
    );
  });

  test('look the same, labels and all, over any split of messages in their order', () => {
    const entry = fc.constantFrom('caller' as const, 'caller' as const, 'callee' as const, 'gap' as const);
    fc.assert(
      fc.property(
        fc.array(entry, { maxLength: 220, size: 'max' }),
        fc.array(fc.integer({ min: 1, max: 80 }), { minLength: 1, maxLength: 20 }),
        (kinds, sizes) => {
          const all = kinds.map((kind, index) => (kind === 'gap' ? gap(index) : line(index, kind)));
          const whole = createSidebarModel();
          const split = createSidebarModel();
          const counted = { entryCount: all.length };
          take(whole, change('c1', all, counted));
          take(split, change('c1', [], counted));
          let at = 0;
          for (let turn = 0; at < all.length; turn += 1) {
            const size = sizes[turn % sizes.length] ?? 1;
            take(split, change('c1', all.slice(at, at + size), counted));
            at += size;
          }
          expect(pictureOf(split)).toEqual(pictureOf(whole));
          expect(pictureOf(whole)[0]?.entries).toEqual(all);
        },
      ),
    );
  });

  test('are revised in place, and only their own chunk changes', () => {
    const model = createSidebarModel();
    take(model, change('c1', lines(0, 150)));
    const chunks = model.calls.value[0]?.chunks.value ?? [];
    const before = chunks.map(({ entries }) => entries.value);
    take(model, change('c1', [line(70, 'caller', 'revised')], { entryCount: 150 }));
    expect(model.calls.value[0]?.chunks.value).toBe(chunks);
    expect(chunks.map(({ entries }, at) => entries.value === before[at])).toEqual([true, false, true]);
    expect(chunks[1]?.entries.value[20]).toMatchObject({ index: 70, text: 'revised' });
    expect(indexes(model)).toHaveLength(150);
  });

  test.each([1, 49, 50, 51, 100, 149])('before the first that is kept, %d, are let go', (firstIndex) => {
    const model = createSidebarModel();
    take(model, change('c1', lines(0, 150)));
    take(model, change('c1', [], { firstIndex, entryCount: 150 }));
    expect(indexes(model)?.at(0)).toBe(firstIndex);
    expect(indexes(model)).toHaveLength(150 - firstIndex);
    expect(model.calls.value[0]?.firstIndex.value).toBe(firstIndex);
  });
});

describe('a chunk continues a turn', () => {
  const filled = lines(0, 50);

  test.each<[string, Entry[], Entry, boolean]>([
    ['the same speaker', filled, line(50), true],
    ['the other speaker', filled, line(50, 'callee'), false],
    ['a gap before it', [...lines(0, 49), gap(49)], line(50), false],
    ['a gap at its beginning', filled, gap(50), false],
    [
      'a speaker of another name',
      [{ ...line(49, 'caller'), speaker: 'Ann' } as Entry],
      { ...line(50, 'caller'), speaker: 'Bob' } as Entry,
      false,
    ],
  ])('%s', (_name, before, first, continues) => {
    const together = createSidebarModel();
    take(together, change('c1', [...before, first]));
    const apart = createSidebarModel();
    take(apart, change('c1', before));
    take(apart, change('c1', [first]));
    for (const model of [together, apart]) {
      const [zero, one] = model.calls.value[0]?.chunks.value ?? [];
      expect([zero?.continues.value, one?.continues.value]).toEqual([false, continues]);
    }
  });

  test.each([50, 60, 100])('but not when what it continued is no longer kept: from %d on', (firstIndex) => {
    const model = createSidebarModel();
    take(model, change('c1', lines(0, 150)));
    take(model, change('c1', [], { firstIndex, entryCount: 150 }));
    expect(model.calls.value[0]?.chunks.value.at(0)?.continues.value).toBe(false);
  });

  test('but not when what it continued gave way to a gap', () => {
    const model = createSidebarModel();
    take(model, change('c1', lines(0, 60)));
    take(model, change('c1', [gap(49)]));
    take(model, change('c1', [line(50)]));
    const chunks = model.calls.value[0]?.chunks.value ?? [];
    expect(chunks.map(({ number, continues }) => [number, continues.value])).toEqual([
      [0, false],
      [1, false],
    ]);
  });
});

describe('the shown call', () => {
  test('is none at first, and then the call there is', () => {
    const model = createSidebarModel();
    expect(shownId(model)).toBeUndefined();
    take(model, change('c1', [], { phase: 'ended' }));
    expect(shownId(model)).toBe('c1');
  });

  test('does not change while it is live', () => {
    const model = createSidebarModel();
    take(model, change('c1', lines(0, 1)));
    take(model, change('c2', lines(0, 1), { startedAtMs: 2 }), change('c0', [], { startedAtMs: 0 }));
    take(model, change('c2', [], { startedAtMs: 2, phase: 'ended' }));
    expect(shownId(model)).toBe('c1');
  });

  test('moves on from one that ended to the live one that began last', () => {
    const model = createSidebarModel();
    take(model, change('c1'));
    take(model, change('c2', [], { startedAtMs: 2 }), change('c3', [], { startedAtMs: 3 }));
    take(model, change('c1', [], { phase: 'ended' }));
    expect(shownId(model)).toBe('c3');
  });

  test('stays when it ended and no other is live, and moves on when one begins', () => {
    const model = createSidebarModel();
    take(model, change('c0', [], { phase: 'ended', startedAtMs: 0 }), change('c1'));
    take(model, change('c1', [], { phase: 'ended' }));
    expect(shownId(model)).toBe('c1');
    take(model, change('c2', [], { startedAtMs: 2 }));
    expect(shownId(model)).toBe('c2');
  });

  test('is the one that the reader chose, while it is live', () => {
    const model = createSidebarModel();
    take(model, change('c1'), change('c2', [], { startedAtMs: 2 }));
    model.pin('c1');
    take(model, change('c2', lines(0, 5), { startedAtMs: 2 }));
    expect(shownId(model)).toBe('c1');
    expect(model.mode.value).toBe('pinned');
  });

  test('is the one that the reader chose, also an ended one while another goes on', () => {
    const model = createSidebarModel();
    take(model, change('c1', [], { phase: 'ended' }), change('c2', [], { startedAtMs: 2 }));
    expect(shownId(model)).toBe('c2');
    model.pin('c1');
    take(model, change('c2', lines(0, 1), { startedAtMs: 2 }));
    expect(shownId(model)).toBe('c1');
  });

  test('is the one that the reader chose, also when it ends and another begins', () => {
    const model = createSidebarModel();
    take(model, change('c1'));
    model.pin('c1');
    take(model, change('c1', [], { phase: 'ended' }));
    take(model, change('c2', [], { startedAtMs: 2 }));
    expect([shownId(model), offeredId(model)]).toEqual(['c1', 'c2']);
  });

  test('that is forgotten gives way to another', () => {
    const model = createSidebarModel();
    take(model, change('c1', [], { phase: 'ended' }), change('c2', [], { startedAtMs: 2, phase: 'ended' }));
    model.pin('c1');
    model.take({ type: 'changes', calls: [], forgotten: ['c1'] });
    expect(shownId(model)).toBe('c2');
  });

  test('stays through a new port, in whatever order the calls come', () => {
    const [one, other] = [change('c1', lines(0, 1)), change('c2', lines(0, 1), { startedAtMs: 2 })];
    for (const messages of [[[one, other]], [[one], [other]], [[other], [one]]]) {
      const model = createSidebarModel();
      take(model, one, other);
      model.pin('c1');
      resend(model, ...messages);
      expect(shownId(model)).toBe('c1');
    }
  });

  test('stays through a new port when it ended meanwhile and another began, if it was chosen', () => {
    const model = createSidebarModel();
    take(model, change('c1'));
    model.pin('c1');
    resend(model, [change('c2', [], { startedAtMs: 2 })], [change('c1', [], { phase: 'ended' })]);
    expect([shownId(model), offeredId(model)]).toEqual(['c1', 'c2']);
  });

  test('of a new sidebar is the live one that began last, in whatever order the calls come', () => {
    const [one, other] = [change('c1', lines(0, 1)), change('c2', lines(0, 1), { startedAtMs: 2 })];
    for (const messages of [[[one, other]], [[one], [other]], [[other], [one]]]) {
      const model = createSidebarModel();
      resend(model, ...messages);
      expect(shownId(model)).toBe('c2');
    }
  });
});

describe('following', () => {
  const [ann, bob] = ['+12025550147', '+12025550160'];

  function setUp(): SidebarModel {
    const model = createSidebarModel();
    take(model, change('c1', [], { parties: { caller: ann } }));
    take(model, change('c2', [], { startedAtMs: 2, parties: { caller: bob } }));
    return model;
  }

  function showPage(model: SidebarModel, ...numbers: string[]): void {
    model.take({ type: 'page', page: { title: 'Ticket', numbers } });
  }

  test('the page’s record is what a sidebar begins with', () => {
    const model = setUp();
    expect(model.mode.value).toBe('record');
    expect(shownId(model)).toBe('c1');
    showPage(model, bob);
    expect(model.page.value).toEqual({ title: 'Ticket', numbers: [bob] });
    expect(shownId(model)).toBe('c2');
    showPage(model, ann);
    expect(shownId(model)).toBe('c1');
  });

  test.each([{ caller: bob }, { callee: bob }, { caller: ann, callee: bob }])(
    'the page’s record shows its call as soon as its numbers are known: %j',
    (parties) => {
      const model = createSidebarModel();
      showPage(model, bob);
      take(model, change('c1', [], { parties: { caller: ann } }), change('c2', [], { startedAtMs: 2 }));
      take(model, change('c1', lines(0, 1), { parties: { caller: ann } }));
      take(model, change('c1', [], { phase: 'ended', parties: { caller: ann } }));
      take(model, change('c3', [], { startedAtMs: 3 }));
      expect(shownId(model)).toBe('c2');
      take(model, change('c3', [], { startedAtMs: 3, parties }));
      expect(shownId(model)).toBe('c3');
    },
  );

  test('ends with a page that is gone, and what is shown stays', () => {
    const model = setUp();
    showPage(model, bob);
    model.take({ type: 'page', page: undefined });
    expect([model.page.value, shownId(model)]).toEqual([undefined, 'c2']);
  });

  test('always the newest moves on while the shown call goes on', () => {
    const model = setUp();
    showPage(model, ann);
    model.follow('newest');
    expect(shownId(model)).toBe('c2');
    take(model, change('c3', [], { startedAtMs: 3 }));
    expect([shownId(model), model.mode.value]).toEqual(['c3', 'newest']);
  });

  test('the record again lets go of what was pinned', () => {
    const model = setUp();
    showPage(model, ann);
    model.pin('c2');
    expect([shownId(model), model.mode.value]).toEqual(['c2', 'pinned']);
    model.follow('record');
    expect([shownId(model), model.mode.value]).toEqual(['c1', 'record']);
  });

  test('something else lets go of what was held', () => {
    const model = setUp();
    model.hold(true);
    model.follow('newest');
    expect(shownId(model)).toBe('c2');
    take(model, change('c3', [], { startedAtMs: 3 }));
    expect(shownId(model)).toBe('c3');
  });

  test('a line alone chooses nothing anew', () => {
    const model = setUp();
    let chosen = 0;
    const stop = model.shown.subscribe(() => {
      chosen += 1;
    });
    for (let at = 0; at < 20; at += 1) {
      take(model, change('c2', [line(at)], { startedAtMs: 2, parties: { caller: bob } }));
    }
    stop();
    expect(chosen).toBe(1);
  });

  test('offers nothing through a new port that is shown once everything is here', () => {
    const model = createSidebarModel();
    take(model, change('c1', [], { phase: 'ended' }));
    const seen: (string | undefined)[] = [];
    const stop = model.offered.subscribe((call) => seen.push(call?.summary.peek().id));
    resend(model, [change('c2', [], { startedAtMs: 2 })], [change('c1', [], { phase: 'ended' })]);
    stop();
    expect(shownId(model)).toBe('c2');
    expect(new Set(seen)).toEqual(new Set([undefined]));
  });
});

describe('while the shown call is held', () => {
  test('another that begins is offered, and shown when it is let go', () => {
    const model = createSidebarModel();
    take(model, change('c1'));
    model.hold(true);
    take(model, change('c1', [], { phase: 'ended' }));
    take(model, change('c2', [], { startedAtMs: 2 }));
    expect([shownId(model), offeredId(model)]).toEqual(['c1', 'c2']);
    model.hold(false);
    expect([shownId(model), offeredId(model)]).toEqual(['c2', undefined]);
  });

  test('one that was offered and ended is offered no more', () => {
    const model = createSidebarModel();
    take(model, change('c1'));
    model.hold(true);
    take(model, change('c1', [], { phase: 'ended' }), change('c2', [], { startedAtMs: 2 }));
    take(model, change('c2', [], { startedAtMs: 2, phase: 'ended' }));
    expect([shownId(model), offeredId(model)]).toEqual(['c1', undefined]);
  });

  test('it stays through a new page and a new port', () => {
    const model = createSidebarModel();
    const [one, other] = [
      change('c1', [], { phase: 'ended' }),
      change('c2', [], { startedAtMs: 2, parties: { caller: '+12025550160' } }),
    ];
    take(model, one);
    model.hold(true);
    resend(model, [other], [one]);
    model.take({ type: 'page', page: { title: 'Ticket', numbers: ['+12025550160'] } });
    expect(shownId(model)).toBe('c1');
  });

  test('the reader’s own choice still counts', () => {
    const model = createSidebarModel();
    take(model, change('c1'), change('c2', [], { startedAtMs: 2 }));
    model.hold(true);
    model.pin('c1');
    expect(shownId(model)).toBe('c1');
    model.pin('c2');
    expect(shownId(model)).toBe('c2');
  });

  test('and is forgotten, another is shown', () => {
    const model = createSidebarModel();
    take(model, change('c1'));
    model.hold(true);
    take(model, change('c2', [], { startedAtMs: 2 }));
    model.take({ type: 'changes', calls: [], forgotten: ['c1'] });
    expect(shownId(model)).toBe('c2');
  });
});

describe('what was read last', () => {
  const view: View = { callId: 'c1', mode: 'pinned', collapsed: true, anchor: { index: 3, offsetPx: 4 } };
  const [one, other] = [change('c1', [], { phase: 'ended' }), change('c2', [], { startedAtMs: 2 })];

  function reopen(model: SidebarModel, given: View | undefined, ...messages: CallChange[][]): void {
    model.take({ type: 'reset', status, view: given });
    for (const calls of messages) take(model, ...calls);
    model.take({ type: 'complete' });
  }

  test.each([[[[one, other]]], [[[one], [other]]], [[[other], [one]]]])(
    'is gone on with, in whatever order the calls come',
    (messages) => {
      const model = createSidebarModel();
      reopen(model, view, ...messages);
      expect(model.lastView.value).toEqual(view);
      expect([shownId(model), model.mode.value, offeredId(model)]).toEqual(['c1', 'pinned', 'c2']);
    },
  );

  test('is shown as soon as it is here, before everything is', () => {
    const model = createSidebarModel();
    model.take({ type: 'reset', status, view });
    take(model, one);
    expect([shownId(model), model.complete.value]).toEqual(['c1', false]);
    take(model, other);
    model.take({ type: 'complete' });
    expect([shownId(model), model.complete.value]).toEqual(['c1', true]);
  });

  test('and is no longer kept gives way to another', () => {
    const model = createSidebarModel();
    reopen(model, view, [other]);
    expect(shownId(model)).toBe('c2');
  });

  test('of a followed call that ended gives way to one that goes on', () => {
    const model = createSidebarModel();
    reopen(model, { callId: 'c1', mode: 'record', collapsed: false }, [one, other]);
    expect([shownId(model), model.mode.value]).toEqual(['c2', 'record']);
  });

  test('is not known where nothing was', () => {
    const model = createSidebarModel();
    reopen(model, undefined, [one, other]);
    expect([model.lastView.value, model.mode.value]).toEqual([undefined, 'record']);
  });

  test('is taken once: what the reader chose since is newer', () => {
    const model = createSidebarModel();
    reopen(model, view, [one, other]);
    model.follow('newest');
    reopen(model, view, [one, other]);
    expect([shownId(model), model.mode.value]).toEqual(['c2', 'newest']);
  });

  test('is not taken late, by a sidebar that began without', () => {
    const model = createSidebarModel();
    reopen(model, undefined, [one, other]);
    reopen(model, view, [one, other]);
    expect([model.lastView.value, shownId(model)]).toEqual([undefined, 'c2']);
  });
});

test('everything is here once that was said, and stays so through a new port', () => {
  const model = createSidebarModel();
  model.take({ type: 'reset', status });
  take(model, change('c1'));
  expect(model.complete.value).toBe(false);
  model.take({ type: 'complete' });
  expect(model.complete.value).toBe(true);
  model.take({ type: 'reset', status });
  expect(model.complete.value).toBe(true);
});

test.each<ToSidebar>([{ type: 'chime' }, { type: 'moved', done: true }, { type: 'moved', done: false }])(
  '%j changes nothing in the picture',
  (message) => {
    const model = createSidebarModel();
    take(model, change('c1', lines(0, 3)));
    const before = [pictureOf(model), shownId(model)];
    model.take(message);
    expect([pictureOf(model), shownId(model)]).toEqual(before);
  },
);

describe('the calls', () => {
  test('stand in the order in which they began', () => {
    const model = createSidebarModel();
    take(model, change('c3', [], { startedAtMs: 3 }), change('c1', [], { startedAtMs: 1 }));
    take(model, change('c2', [], { startedAtMs: 2 }));
    expect(ids(model)).toEqual(['c1', 'c2', 'c3']);
  });

  test('that are forgotten go', () => {
    const model = createSidebarModel();
    take(model, change('c1', lines(0, 60)), change('c2', [], { startedAtMs: 2 }));
    model.take({ type: 'changes', calls: [], forgotten: ['c1', 'never there'] });
    expect(ids(model)).toEqual(['c2']);
  });

  test('that are forgotten and come again in one message are new', () => {
    const model = createSidebarModel();
    take(model, change('c1', lines(0, 60)));
    model.take({
      type: 'changes',
      calls: [change('c1', lines(0, 1), { startedAtMs: 9 })],
      forgotten: ['c1'],
    });
    expect(indexes(model)).toEqual([0]);
  });

  test('keep what they hold through a new port, without being emptied meanwhile', () => {
    const model = createSidebarModel();
    take(model, change('c1', lines(0, 60)));
    const [call] = model.calls.value;
    model.take({ type: 'reset', status });
    expect(indexes(model)).toHaveLength(60);
    take(model, change('c1', lines(0, 61)));
    model.take({ type: 'complete' });
    expect(model.calls.value[0]).toBe(call);
    expect(indexes(model)).toHaveLength(61);
  });

  test('that are not named again through a new port go', () => {
    const model = createSidebarModel();
    take(model, change('c1'), change('c2', [], { startedAtMs: 2 }));
    resend(model, [change('c2', [], { startedAtMs: 2 })]);
    expect(ids(model)).toEqual(['c2']);
    expect(shownId(model)).toBe('c2');
  });

  test('that began while the port was away under the id of another are new', () => {
    const model = createSidebarModel();
    take(model, change('c1', lines(0, 60)));
    resend(model, [change('c1', lines(0, 1), { startedAtMs: 9 })]);
    expect(indexes(model)).toEqual([0]);
  });

  test('all go through a new port that names none', () => {
    const model = createSidebarModel();
    take(model, change('c1'));
    resend(model);
    expect(ids(model)).toEqual([]);
    expect(shownId(model)).toBeUndefined();
  });
});

describe('a gap takes the place of what was never kept', () => {
  test('and what stood after it', () => {
    const model = createSidebarModel();
    take(model, change('c1', lines(0, 120)));
    take(model, change('c1', [gap(40)]));
    expect(indexes(model)).toEqual([...Array(41).keys()]);
  });

  test('also the second time', () => {
    const model = createSidebarModel();
    take(model, change('c1', lines(0, 120)));
    take(model, change('c1', [gap(40)]));
    take(model, change('c1', lines(41, 48)));
    take(model, change('c1', [gap(43)]));
    expect(indexes(model)).toEqual([...Array(44).keys()]);
  });

  test('but one inside a page that is sent again costs nothing', () => {
    const all = [...lines(0, 10), gap(10), ...lines(11, 130)];
    const model = createSidebarModel();
    take(model, change('c1', all));
    resend(model, [change('c1', all.slice(0, 60))], [change('c1', all.slice(60))]);
    expect(pictureOf(model)[0]?.entries).toEqual(all);
  });
});

test('the status is the newest, from a reset or by itself', () => {
  const model = createSidebarModel();
  expect(model.status.value).toBeUndefined();
  model.take({ type: 'reset', status });
  expect(model.status.value).toEqual(status);
  model.take({ type: 'status', status: { ...status, forgottenCount: 3 } });
  expect(model.status.value?.forgottenCount).toBe(3);
});
