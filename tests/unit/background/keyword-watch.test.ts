import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createKeywordWatch } from '../../../entrypoints/background/keyword-watch.ts';
import type { ToSidebar } from '../../../utils/messaging/sidebar-port.ts';
import type { KeywordProfile } from '../../../utils/settings/preferences.ts';
import type { CallSummary, LineEntry } from '../../../utils/transcript/call.ts';
import { createHandClock } from './hand-clock.ts';
import { createMemoryArea } from './memory-area.ts';
import { createRoomStore } from './room-store.ts';

function profile(id: string, query = id, asks: Partial<KeywordProfile> = {}): KeywordProfile {
  return { id, name: id, query, colour: 'amber', badge: true, notify: false, sound: false, ...asks };
}

function call(id: string, entryCount: number, startedAtMs = 1): CallSummary {
  return {
    id,
    phase: 'live',
    startedAtMs,
    endedAtMs: undefined,
    lastEventAtMs: 1,
    lastLineAtMs: undefined,
    parties: { caller: undefined, callee: undefined, customer: undefined },
    entryCount,
  };
}

function line(index: number, text: string, final = true): LineEntry {
  return { kind: 'line', index, leg: 'caller', speaker: undefined, text, final, atMs: 1 };
}

function changes(summary: CallSummary, ...entries: LineEntry[]): ToSidebar {
  return { type: 'changes', calls: [{ call: summary, firstIndex: 0, entries }], forgotten: [] };
}

const status: ToSidebar = {
  type: 'reset',
  status: {
    relay: { name: 'off', sinceMs: 0 },
    platform: { name: 'unknown', sinceMs: 0 },
    unread: { count: 0, lastReason: undefined },
    lastGap: undefined,
    forgottenCount: 0,
  },
};

/** A watch that was handed a snapshot, and what it alerted to as `profile call:index text`. */
function setUp(profiles: KeywordProfile[] = [profile('refund')], ...snapshot: ToSidebar[]) {
  const clock = createHandClock();
  const alerts: string[] = [];
  let backMs = 0;
  const watch = createKeywordWatch({
    nowMs: () => clock.nowMs() - backMs,
    alert: ({ profile, call, line }) => alerts.push(`${profile.id} ${call.id}:${line.index} ${line.text}`),
  });
  watch.setProfiles(profiles);
  for (const message of [status, ...snapshot, { type: 'complete' } as const]) watch.take(message);
  return { watch, alerts, elapse: clock.elapse, setClockBack: (ms: number) => (backMs += ms) };
}

describe('an agent is alerted', () => {
  test('to a final line that matches, with its profile and call', () => {
    const { watch, alerts } = setUp();
    watch.take(changes(call('c1', 2), line(0, 'hello'), line(1, 'a Refund, please')));
    expect(alerts).toEqual(['refund c1:1 a Refund, please']);
  });

  test('to an interim line only once it is final', () => {
    const { watch, alerts } = setUp();
    watch.take(changes(call('c1', 1), line(0, 'refund', false)));
    expect(alerts).toEqual([]);
    watch.take(changes(call('c1', 1), line(0, 'refund me')));
    expect(alerts).toEqual(['refund c1:0 refund me']);
  });

  test('once to a line, however often it is corrected, and once more by another profile', async () => {
    const { watch, alerts, elapse } = setUp([profile('refund'), profile('fraud')]);
    for (const text of ['refund', 'no', 'a refund', 'refund or fraud', 'fraud']) {
      watch.take(changes(call('c1', 1), line(0, text)));
      await elapse(20_000);
    }
    expect(alerts).toEqual(['refund c1:0 refund', 'fraud c1:0 refund or fraud']);
    expect(watch.unseen()).toBe(2);
  });

  test('by a profile changed during the call from the next line on', () => {
    const { watch, alerts } = setUp();
    watch.take(changes(call('c1', 1), line(0, 'fraud')));
    watch.setProfiles([profile('fraud')]);
    watch.take(changes(call('c1', 3), line(1, 'refund'), line(2, 'fraud')));
    expect(alerts).toEqual(['fraud c1:2 fraud']);
  });

  test('again in a call that begins anew under the same id', () => {
    const { watch, alerts } = setUp();
    watch.take(changes(call('c1', 1), line(0, 'refund')));
    watch.take(changes(call('c1', 1, 2), line(0, 'refund')));
    watch.take({ ...changes(call('c1', 1, 2), line(0, 'refund')), forgotten: ['c1'] } as ToSidebar);
    expect(alerts).toHaveLength(3);
  });

  test('not by a profile that asks for nothing or cannot be used', () => {
    const { watch, alerts } = setUp([
      profile('refund', 'refund', { badge: false }),
      profile('wrong', 'refund AND'),
    ]);
    watch.take(changes(call('c1', 1), line(0, 'refund')));
    expect(alerts).toEqual([]);
  });
});

describe('a flood', () => {
  test('alerts once in 10 s for a profile and call, and the rest is counted', async () => {
    const { watch, alerts, elapse } = setUp([profile('refund'), profile('fraud')]);
    watch.take(changes(call('c1', 2), line(0, 'refund'), line(1, 'refund and fraud')));
    watch.take(changes(call('c2', 1), line(0, 'refund')));
    await elapse(9_999);
    watch.take(changes(call('c1', 3), line(2, 'refund')));
    expect(alerts).toEqual(['refund c1:0 refund', 'fraud c1:1 refund and fraud', 'refund c2:0 refund']);
    expect(watch.unseen()).toBe(5);
    await elapse(1);
    watch.take(changes(call('c1', 4), line(3, 'refund')));
    expect(alerts).toHaveLength(4);
  });

  test('does not silence a profile when the clock is set back', () => {
    const { watch, alerts, setClockBack } = setUp();
    watch.take(changes(call('c1', 1), line(0, 'refund')));
    setClockBack(3_600_000);
    watch.take(changes(call('c1', 2), line(1, 'refund')));
    expect(alerts).toHaveLength(2);
  });
});

describe('the count of what is unseen', () => {
  test('holds profiles with a badge only, and begins anew when seen', () => {
    const quiet = profile('fraud', 'fraud', { badge: false, notify: true });
    const { watch, alerts } = setUp([profile('refund'), quiet]);
    watch.take(changes(call('c1', 1), line(0, 'refund fraud')));
    expect([alerts.length, watch.unseen()]).toEqual([2, 1]);
    watch.seen();
    expect(watch.unseen()).toBe(0);
    watch.take(changes(call('c1', 2), line(1, 'refund')));
    expect(watch.unseen()).toBe(1);
  });
});

describe('what the store had before', () => {
  test('is no news, and neither is a correction of it; what was still interim is', async () => {
    const kept = changes(call('c1', 3), line(0, 'refund'), line(1, 'hello'), line(2, 'ref', false));
    const { watch, alerts, elapse } = setUp(undefined, kept);
    watch.take(changes(call('c1', 3), line(1, 'hello, a refund'), line(2, 'refund')));
    await elapse(10_000);
    watch.take(changes(call('c1', 4), line(3, 'refund again')));
    expect(alerts).toEqual(['refund c1:2 refund', 'refund c1:3 refund again']);
  });

  test('is no news when it comes in several pages', () => {
    const { watch, alerts } = setUp(
      undefined,
      changes(call('c1', 4), line(0, 'a'), line(1, 'b', false)),
      changes(call('c1', 4), line(2, 'c'), line(3, 'd')),
    );
    watch.take(changes(call('c1', 4), line(0, 'refund'), line(2, 'refund'), line(3, 'refund')));
    expect(alerts).toEqual([]);
    watch.take(changes(call('c1', 4), line(1, 'refund')));
    expect(alerts).toHaveLength(1);
  });

  test('is not alerted again after the worker was ended and woken', async () => {
    const area = createMemoryArea();
    const clock = createHandClock();
    async function live() {
      const store = createRoomStore(clock, area);
      const alerts: string[] = [];
      const watch = createKeywordWatch({ nowMs: clock.nowMs, alert: ({ line }) => alerts.push(line.text) });
      watch.setProfiles([profile('refund')]);
      await store.ready;
      store.subscribe(watch.take);
      let seq = 0;
      return {
        alerts,
        async say(text: string, final = true) {
          seq += 1;
          store.takeEvents([{ seq, at: clock.nowMs(), data: { callid: 'c1', text, leg: 1, final } }]);
          await clock.elapse(15_000);
        },
      };
    }
    const first = await live();
    await first.say('refund one');
    await first.say('ref', false);
    const second = await live();
    expect(second.alerts).toEqual([]);
    await second.say('refund two');
    await second.say('refund three');
    expect([first.alerts, second.alerts]).toEqual([['refund one'], ['refund two', 'refund three']]);
  });
});

test('over any sequence a line alerts at most once a profile, and counts as often as it matched', () => {
  const step = fc.record({
    id: fc.constantFrom('c1', 'c2'),
    index: fc.nat({ max: 5 }),
    text: fc.constantFrom('refund', 'fraud', 'refund fraud', 'hello'),
    final: fc.boolean(),
  });
  fc.assert(
    fc.property(fc.array(step), (steps) => {
      const { watch, alerts } = setUp([profile('refund'), profile('fraud')]);
      const expected = new Set<string>();
      for (const { id, index, text, final } of steps) {
        watch.take(changes(call(id, 6), line(index, text, final)));
        const matching = final ? text.split(' ').filter((word) => word !== 'hello') : [];
        for (const word of matching) expected.add(`${word} ${id}:${index}`);
      }
      expect(watch.unseen()).toBe(expected.size);
      const perCall = new Set([...expected].map((key) => key.split(':')[0]));
      expect(new Set(alerts.map((alert) => alert.split(':')[0]))).toEqual(perCall);
      expect(alerts).toHaveLength(perCall.size);
    }),
  );
});
