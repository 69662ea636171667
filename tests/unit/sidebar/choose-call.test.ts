import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Choice, chooseCall, matchPage, offerCall } from '../../../components/sidebar/choose-call.ts';
import { followModes, type PageRecord } from '../../../utils/messaging/surface.ts';
import type { CallSummary } from '../../../utils/transcript/call.ts';

const ANN = '+12025550147';
const BOB = '+12025550160';
const OURS = '+12025550199';

function call(id: string, startedAtMs: number, given: Partial<CallSummary> = {}): CallSummary {
  return { id, phase: 'live', startedAtMs, lastEventAtMs: startedAtMs, parties: {}, entryCount: 0, ...given };
}

function pageWith(...numbers: string[]): PageRecord {
  return { title: 'Ticket', numbers };
}

/** The calls in their order: `ann bob:live` is one of Ann’s that ended, then one of Bob’s that goes on. */
function callsOf(written: string): CallSummary[] {
  const numbers: Record<string, string> = { ann: ANN, bob: BOB };
  return written
    .split(' ')
    .filter((word) => word !== '')
    .map((word, at) => {
      const [id = '', phase = ''] = word.split(':');
      const caller = numbers[id.replace(/\d+$/, '')];
      const parties = caller === undefined ? {} : { caller, callee: OURS };
      return call(id, at, { phase: phase === 'live' ? 'live' : 'ended', parties });
    });
}

function choice(written: string, given: Partial<Choice> = {}): Choice {
  return {
    calls: callsOf(written),
    shownId: undefined,
    mode: 'record',
    page: undefined,
    country: 'US',
    held: false,
    ...given,
  };
}

describe('a page and a call', () => {
  test.each<[string, CallSummary['parties'], string[] | undefined, string]>([
    ['the caller’s number', { caller: ANN, callee: OURS }, [BOB, ANN], 'same'],
    ['the number that was called', { caller: OURS, callee: ANN }, [ANN], 'same'],
    ['the number as it is written in its country', { caller: ANN }, ['2025550147'], 'same'],
    ['an extension', { callee: '2001' }, ['2001'], 'same'],
    ['other numbers only', { caller: ANN, callee: OURS }, [BOB], 'other'],
    ['no number', { caller: ANN }, [], 'unknown'],
    ['a number, of a call that has none', {}, [ANN], 'unknown'],
    ['a number, of a call of which only the name is known', { customer: 'Ann' }, [ANN], 'unknown'],
    ['nothing, as there is no page', { caller: ANN }, undefined, 'unknown'],
  ])('that shows %s', (_name, parties, numbers, match) => {
    const page = numbers === undefined ? undefined : pageWith(...numbers);
    expect(matchPage(call('c1', 1, { parties }), page, 'US')).toBe(match);
  });
});

describe('always the newest', () => {
  test.each<[string, string | undefined, string | undefined]>([
    ['', undefined, undefined],
    ['', 'gone', undefined],
    ['ann bob', undefined, 'bob'],
    ['ann:live bob', undefined, 'ann'],
    ['ann:live bob:live', undefined, 'bob'],
    ['ann:live bob:live', 'ann', 'bob'],
    ['ann bob', 'ann', 'ann'],
    ['ann bob:live', 'ann', 'bob'],
    ['ann:live bob', 'bob', 'ann'],
    ['ann bob', 'gone', 'bob'],
  ])('of “%s”, where %s was shown, is %s', (written, shownId, expected) => {
    expect(chooseCall(choice(written, { mode: 'newest', shownId }))).toBe(expected);
  });

  test('whatever the page shows', () => {
    const page = pageWith(ANN);
    expect(chooseCall(choice('ann:live bob:live', { mode: 'newest', shownId: 'ann', page }))).toBe('bob');
  });
});

describe('the call of the page’s record', () => {
  test.each<[string, string | undefined, string]>([
    ['ann:live bob:live', undefined, 'ann'],
    ['ann:live bob:live', 'bob', 'ann'],
    ['ann bob:live', 'bob', 'ann'],
    ['ann bob:live', undefined, 'ann'],
    ['ann ann2 bob:live', 'bob', 'ann2'],
    ['ann:live ann2 bob:live', 'bob', 'ann'],
    ['ann:live ann2:live bob', 'bob', 'ann2'],
    ['ann:live ann2:live', 'ann', 'ann'],
    ['ann ann2', 'ann', 'ann'],
    ['ann ann2:live', 'ann', 'ann2'],
    ['ann:live ann2', 'ann2', 'ann'],
    ['ann bob:live', 'ann', 'ann'],
    ['ann bob', 'gone', 'ann'],
  ])('of “%s” on the page of Ann, where %s was shown, is %s', (written, shownId, expected) => {
    expect(chooseCall(choice(written, { shownId, page: pageWith(ANN) }))).toBe(expected);
  });

  describe.each<[string, PageRecord | undefined]>([
    ['without a page', undefined],
    ['on a page without numbers', pageWith()],
    ['on the page of somebody who did not call', pageWith('+4930901820')],
  ])('%s', (_name, page) => {
    test.each<[string, string | undefined, string | undefined]>([
      ['', undefined, undefined],
      ['ann bob', undefined, 'bob'],
      ['ann:live bob:live', undefined, 'bob'],
      ['ann:live bob:live', 'ann', 'ann'],
      ['ann bob:live', 'ann', 'bob'],
      ['ann bob', 'ann', 'ann'],
      ['ann bob', 'gone', 'bob'],
      ['x y:live', 'x', 'y'],
    ])('of “%s”, where %s was shown, is %s', (written, shownId, expected) => {
      expect(chooseCall(choice(written, { shownId, page }))).toBe(expected);
    });
  });
});

describe('a pinned call', () => {
  test.each<[string, string]>([
    ['while others begin', 'ann:live bob:live'],
    ['when it ended and another goes on', 'ann bob:live'],
    ['when all have ended', 'ann bob'],
    ['when the page is of another', 'ann bob:live ann2'],
  ])('stays %s', (_name, written) => {
    expect(chooseCall(choice(written, { mode: 'pinned', shownId: 'ann', page: pageWith(BOB) }))).toBe('ann');
  });

  test('that is no longer kept gives way to another', () => {
    expect(chooseCall(choice('ann bob:live', { mode: 'pinned', shownId: 'gone' }))).toBe('bob');
  });
});

describe('a call that is held', () => {
  test.each(followModes)('stays when it ended and another goes on, following %s', (mode) => {
    const held = choice('ann bob:live', { mode, shownId: 'ann', page: pageWith(BOB), held: true });
    expect(chooseCall(held)).toBe('ann');
    expect(chooseCall({ ...held, held: false })).toBe(mode === 'pinned' ? 'ann' : 'bob');
  });
});

const none: ReadonlySet<string> = new Set();

describe('what is offered', () => {
  test.each<[string, string, Partial<Choice>, string | undefined]>([
    [
      'a call that began while an older one is held',
      'ann:live bob:live',
      { mode: 'newest', held: true },
      'bob',
    ],
    ['a call that began after the held one ended', 'ann bob:live', { held: true }, 'bob'],
    ['a call that began after the pinned one', 'ann bob:live', { mode: 'pinned' }, 'bob'],
    ['a call beside the pinned one that goes on', 'ann:live bob:live', { mode: 'pinned' }, 'bob'],
    ['the newest of several', 'ann x:live bob:live', { mode: 'pinned' }, 'bob'],
    ['the record’s new call, while an older one of it is held', 'ann ann2:live', { held: true }, 'ann2'],
    ['none that ended meanwhile', 'ann bob', { mode: 'pinned' }, undefined],
    ['none of the record that ended', 'ann bob', { held: true, page: pageWith(BOB) }, undefined],
    [
      'the record’s call to one who reads another',
      'ann:live bob:live',
      { held: true, page: pageWith(BOB) },
      'bob',
    ],
    [
      'the record’s older call, when the page turns to it while a newer one is held',
      'bob:live ann:live',
      { held: true, page: pageWith(BOB) },
      'bob',
    ],
    [
      'a call of nobody known that began after the record’s own ended',
      'ann x:live',
      { page: pageWith(ANN) },
      'x',
    ],
    ['none where the newest is held', 'x ann:live', { held: true, mode: 'newest' }, undefined],
    ['none to a record whose own call goes on', 'ann:live bob:live', { page: pageWith(ANN) }, undefined],
  ])('%s', (_name, written, given, expected) => {
    expect(offerCall(choice(written, { shownId: 'ann', ...given }), none)).toBe(expected);
  });

  test('none that was declined', () => {
    const pinned = choice('ann bob:live', { shownId: 'ann', mode: 'pinned' });
    expect(offerCall(pinned, new Set(['bob']))).toBeUndefined();
  });

  test('none that began before the one that is shown', () => {
    expect(offerCall(choice('bob:live ann', { shownId: 'ann', mode: 'pinned' }), none)).toBeUndefined();
  });

  test.each([undefined, 'gone'])('none while the shown call is %s', (shownId) => {
    expect(offerCall(choice('ann bob:live', { shownId, mode: 'pinned' }), none)).toBeUndefined();
  });
});

describe('over any calls', () => {
  const summary = fc.record({
    phase: fc.constantFrom('live' as const, 'ended' as const),
    parties: fc.constantFrom({}, { caller: ANN }, { callee: BOB }, { caller: OURS, callee: ANN }),
  });
  const calls = fc
    .array(summary, { maxLength: 6 })
    .map((all) => all.map((given, at) => call(`c${at}`, at, given)));
  const anyChoice = fc.record({
    calls,
    shownId: fc.constantFrom(undefined, 'c0', 'c1', 'c2', 'c5', 'gone'),
    mode: fc.constantFrom(...followModes),
    page: fc.constantFrom(undefined, pageWith(), pageWith(ANN), pageWith(BOB)),
    country: fc.constantFrom('', 'US'),
    held: fc.boolean(),
  });

  test('one is shown as soon as there is one, and it is one that is kept', () => {
    fc.assert(
      fc.property(anyChoice, (given) => {
        const chosen = chooseCall(given);
        const kept = given.calls.map(({ id }) => id);
        expect(chosen === undefined ? kept.length === 0 : kept.includes(chosen)).toBe(true);
      }),
    );
  });

  test('what is shown never changes while it is held and still kept, whatever else happens', () => {
    fc.assert(
      fc.property(anyChoice, fc.array(anyChoice, { maxLength: 8 }), (first, rest) => {
        let shownId = chooseCall(first);
        for (const next of rest) {
          const before = shownId;
          shownId = chooseCall({ ...next, shownId, held: true });
          if (next.calls.some(({ id }) => id === before)) expect(shownId).toBe(before);
        }
      }),
    );
  });

  test('what was chosen once is chosen again while nothing changes', () => {
    fc.assert(
      fc.property(anyChoice, (given) => {
        const chosen = chooseCall(given);
        expect(chooseCall({ ...given, shownId: chosen })).toBe(chosen);
      }),
    );
  });

  test('what is offered is live, not the one that is shown, and newer or the record’s', () => {
    fc.assert(
      fc.property(anyChoice, (given) => {
        const offered = given.calls.find(({ id }) => id === offerCall(given, none));
        if (offered === undefined) return;
        const shown = given.calls.find(({ id }) => id === given.shownId);
        expect(offered.phase).toBe('live');
        expect(offered.id).not.toBe(given.shownId);
        const isRecords = matchPage(offered, given.page, given.country) === 'same';
        expect(isRecords || offered.startedAtMs > (shown?.startedAtMs ?? Number.POSITIVE_INFINITY)).toBe(
          true,
        );
      }),
    );
  });

  test('nothing is offered beside a live call that the mode itself shows', () => {
    fc.assert(
      fc.property(anyChoice, (given) => {
        const shownId = chooseCall({ ...given, held: false });
        const shown = given.calls.find(({ id }) => id === shownId);
        if (given.mode === 'pinned' || shown?.phase === 'ended') return;
        expect(offerCall({ ...given, shownId }, none)).toBeUndefined();
      }),
    );
  });
});
