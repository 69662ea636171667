import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import { diagnose } from '../../../entrypoints/background/diagnose.ts';
import type { TabState } from '../../../entrypoints/background/tab-toggle.ts';
import { diagnosis } from '../../../utils/messaging/diagnosis.ts';
import type { Surface } from '../../../utils/messaging/surface.ts';
import { settle } from './hand-clock.ts';
import { createRoomsWorld, relayOf, said } from './rooms-world.ts';

async function setUp(settings: unknown) {
  const world = createRoomsWorld(settings);
  await world.rooms.ready;
  const surfaces: { surface: Surface }[] = [
    { surface: 'overlay' },
    { surface: 'overlay' },
    { surface: 'window' },
  ];
  return {
    ...world,
    report: () =>
      diagnose({
        startedAtMs: 7,
        settings: world.store,
        rooms: world.rooms.all,
        tabs: () =>
          new Map<number, TabState>([
            [1, 'on'],
            [2, 'on'],
            [3, 'left'],
          ]),
        sidebars: () => surfaces,
        mayStandOn: async (origin) => origin !== 'https://c.example',
      }),
  };
}

describe('a diagnosis', () => {
  test('is one of ours, with what there is in numbers', async () => {
    const { room, report } = await setUp({
      relays: [relayOf('one'), relayOf('two')],
      sites: ['a', 'b', 'c'].map((name) => ({ origin: `https://${name}.example` })),
    });
    const { store, journal } = room('one');
    store.takeEvents(said('c1', 'a line'));
    store.takeEvents([{ seq: 2, at: 2, data: '{"callid":4' }]);
    store.takeGap({ fromMs: 1, toMs: 2, reason: 'relay-away' });
    journal.note('closed', 1006);
    const told = v.parse(diagnosis, await report());
    expect(told).toMatchObject({
      startedAtMs: 7,
      tabs: { on: 2, left: 1, refused: 0 },
      surfaces: { overlay: 2, panel: 0, window: 1 },
      sites: { listed: 3, allowed: 2 },
    });
    expect(told.relays).toMatchObject([
      {
        relay: 'off',
        address: 'wss',
        hasToken: true,
        calls: 1,
        liveCalls: 1,
        lines: 1,
        gaps: 1,
        events: 2,
        unread: { 'broken-json': 1 },
        journal: [{ what: 'closed', code: 1006 }],
      },
      { calls: 0, events: 0, unread: {}, journal: [] },
    ]);
  });

  test('names nobody and nothing: no words, no address, no token, no agent', async () => {
    const { room, report } = await setUp({
      relays: [{ ...relayOf('one', { address: 'wss://secret-host.test' }), name: 'Secret name' }],
    });
    const { store } = room('one');
    store.takeEvents([
      { seq: 1, at: 1, data: { callid: 'secret-id', text: 'secret words', caller: '+4930123456' } },
    ]);
    store.setRelay({ name: 'connected', sinceMs: 1, agent: 'Secret Alice' });
    store.setPlatform({ name: 'down', sinceMs: 1, detail: 'secret detail' });
    const told = JSON.stringify(await report());
    expect(told).not.toMatch(/secret/i);
    expect(told).not.toContain('4930123456');
    expect(told).not.toContain('agent-token');
  });

  test.each<[string, object, string]>([
    ['none', { relays: [] }, 'none'],
    ['a wrong one', { relays: [relayOf('one', { address: 'two words' })] }, 'wrong'],
    ['one on this machine', { relays: [relayOf('one', { address: 'ws://127.0.0.1:9' })] }, 'ws'],
    ['an encrypted one', { relays: [relayOf('one')] }, 'wss'],
  ])('tells of the address what it begins with: %s', async (_name, settings, address) => {
    const { report } = await setUp(settings);
    await settle();
    expect((await report()).relays.map((relay) => relay.address)).toEqual([address]);
  });
});
