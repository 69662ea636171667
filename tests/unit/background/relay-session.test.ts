import { describe, expect, test } from 'vitest';
import { createJournal } from '../../../entrypoints/background/journal.ts';
import { createRelaySession, type RelaySessionDeps } from '../../../entrypoints/background/relay-session.ts';
import type { Checkpoint } from '../../../utils/connection/machine-types.ts';
import type { Socket } from '../../../utils/connection/relay-connection.ts';
import type { PlatformState, RelayState } from '../../../utils/connection/state.ts';
import type { RelayFrame } from '../../../utils/protocol/frames.ts';
import { decodeSettings } from '../../../utils/settings/settings.ts';
import type { FieldMap } from '../../../utils/transcript/field-map.ts';
import { events, hello } from '../connection/fake-relay.ts';
import { createHandClock, settle } from './hand-clock.ts';

const good = { address: 'wss://relay.test', plain: false, token: 'agent-token' };

type FakeSocket = {
  url: string;
  sent: { type: string }[];
  closed: boolean;
  open(): void;
  send(...frames: RelayFrame[]): void;
  lose(code: number): void;
};

function openFake(url: string): { seen: FakeSocket; given: Socket } {
  const given: Socket = {
    binaryType: 'blob',
    onopen: null,
    onmessage: null,
    onclose: null,
    send: (data) => seen.sent.push(JSON.parse(String(data))),
    close() {
      seen.closed = true;
    },
  };
  const self = given as WebSocket;
  const seen: FakeSocket = {
    url,
    sent: [],
    closed: false,
    open: () => given.onopen?.call(self, new Event('open')),
    send(...frames) {
      for (const frame of frames) {
        given.onmessage?.call(self, new MessageEvent('message', { data: JSON.stringify(frame) }));
      }
    },
    lose: (code) => given.onclose?.call(self, Object.assign(new Event('close'), { code }) as CloseEvent),
  };
  return { seen, given };
}

function setUp(settings: Partial<typeof good> = {}, ready?: Promise<Checkpoint | undefined>) {
  const clock = createHandClock();
  const sockets: FakeSocket[] = [];
  const told: string[] = [];
  const world = {
    clock,
    sockets,
    settings: { ...good, ...settings },
    journal: createJournal(clock.nowMs),
    /** The field map of each greeting. */
    greetings: [] as (FieldMap | undefined)[],
    /** What the store was told, in order. */
    told,
    relay: undefined as RelayState | undefined,
    platform: undefined as PlatformState | undefined,
    socket(): FakeSocket {
      const newest = sockets.at(-1);
      if (newest === undefined) throw new Error('no socket was opened');
      return newest;
    },
    open: () => sockets.filter(({ closed }) => !closed),
    async connect(...frames: RelayFrame[]): Promise<void> {
      session.setWanted(true);
      await settle();
      world.socket().open();
      world.socket().send(hello(5), ...frames);
    },
  };
  const store: RelaySessionDeps['store'] = {
    ready: ready ?? Promise.resolve(undefined),
    takeEvents: (taken) => told.push(`events ${taken.map(({ seq }) => seq).join()}`),
    takeGap: ({ fromMs, toMs, reason }) => told.push(`gap ${fromMs}-${toMs} ${reason}`),
    setCheckpoint: ({ resume }) => told.push(`checkpoint ${resume.seq}`),
    setRelay(state) {
      world.relay = state;
    },
    setPlatform(state) {
      world.platform = state;
    },
  };
  const session = createRelaySession({
    relayId: 'r1',
    settings: {
      read: async () => decodeSettings({ relays: [{ id: 'other' }, { ...world.settings, id: 'r1' }] }),
      tokenOf: async () => world.settings.token,
    },
    store,
    journal: world.journal,
    greeted: (fieldMap) => world.greetings.push(fieldMap),
    connection: {
      ...clock,
      random: () => 0.5,
      openSocket(url) {
        const { seen, given } = openFake(url);
        sockets.push(seen);
        return given;
      },
      fetch: () => Promise.reject(new TypeError('unreachable')),
    },
  });
  return Object.assign(world, { session });
}

describe('a connection is there only while it is wanted', () => {
  test('none before', async () => {
    const { session, sockets, clock } = setUp();
    session.settingsChanged();
    session.retry();
    session.suspect();
    await clock.elapse(60_000);
    expect(sockets).toEqual([]);
  });

  test('one as soon as it is, to the relay of the settings', async () => {
    const world = setUp();
    await world.connect();
    expect(world.sockets.map(({ url }) => url)).toEqual(['wss://relay.test/v1/stream']);
    expect(world.relay).toMatchObject({ name: 'connected', agent: 'Alice' });
  });

  test('and one only, however many sidebars want it', async () => {
    const world = setUp();
    world.session.setWanted(true);
    await world.connect();
    world.session.setWanted(true);
    await settle();
    expect(world.sockets).toHaveLength(1);
  });

  test('none after, and none comes back', async () => {
    const world = setUp();
    await world.connect();
    world.session.setWanted(false);
    await settle();
    expect(world.open()).toEqual([]);
    expect(world.relay?.name).toBe('off');
    world.session.settingsChanged();
    world.session.retry();
    await world.clock.elapse(600_000);
    expect(world.sockets).toHaveLength(1);
  });

  test('none when it is not wanted any more by the time the settings are read', async () => {
    const world = setUp();
    world.session.setWanted(true);
    world.session.setWanted(false);
    await world.clock.elapse(60_000);
    expect(world.sockets).toEqual([]);
  });

  test('one when it is wanted, not wanted, and wanted again at once', async () => {
    const world = setUp();
    world.session.setWanted(true);
    world.session.setWanted(false);
    world.session.setWanted(true);
    await settle();
    expect(world.open()).toHaveLength(1);
  });

  test('none before the calls of an earlier life are there, and then from where that had come', async () => {
    const gate = Promise.withResolvers<Checkpoint | undefined>();
    const world = setUp({}, gate.promise);
    world.session.setWanted(true);
    await world.clock.elapse(1_000);
    expect(world.sockets).toEqual([]);
    gate.resolve({ resume: { epoch: 'e1', seq: 41, seen: [[1, 41]] }, currentAtMs: 7 });
    await settle();
    world.socket().open();
    world.socket().send(hello(45, 'e1', 10));
    expect(world.socket().sent).toEqual([{ type: 'resume', epoch: 'e1', seq: 41 }]);
  });
});

describe('settings with which there can be no connection', () => {
  test.each<[Partial<typeof good>, string]>([
    [{ address: '' }, 'relay-not-set'],
    [{ address: '  ' }, 'relay-not-set'],
    [{ address: '', token: '' }, 'relay-not-set'],
    [{ address: 'ws://relay.test' }, 'address-wrong'],
    [{ address: 'wss://relay.test?token=x' }, 'address-wrong'],
    [{ address: 'two words' }, 'address-wrong'],
    [{ token: '' }, 'token-missing'],
    [{ address: '', token: '', plain: true }, 'relay-not-set'],
  ])('%j: stopped, %s', async (settings, reason) => {
    const world = setUp(settings);
    world.session.setWanted(true);
    await world.clock.elapse(60_000);
    expect(world.sockets).toEqual([]);
    expect(world.relay).toMatchObject({ name: 'stopped', reason });
    expect(world.platform?.name).toBe('unknown');
  });

  test('a plain relay needs no token', async () => {
    const world = setUp({ token: '', plain: true, address: 'wss://relay.test/socket' });
    world.session.setWanted(true);
    await settle();
    expect(world.socket().url).toBe('wss://relay.test/socket');
  });

  test('once they are mended there is one', async () => {
    const world = setUp({ token: '' });
    world.session.setWanted(true);
    await settle();
    world.settings.token = 'agent-token';
    world.session.settingsChanged();
    await settle();
    expect(world.open()).toHaveLength(1);
    expect(world.relay?.name).toBe('connecting');
  });

  test('once they are spoilt there is none', async () => {
    const world = setUp();
    await world.connect({ type: 'upstream', state: 'up', since: 1 });
    world.settings.address = '';
    world.session.settingsChanged();
    await settle();
    expect(world.open()).toEqual([]);
    expect(world.relay).toMatchObject({ name: 'stopped', reason: 'relay-not-set' });
    expect(world.platform?.name).toBe('unknown');
  });
});

describe('a changed setting', () => {
  test.each<[string, Partial<typeof good>, string]>([
    ['another address', { address: 'wss://other.test' }, 'wss://other.test/v1/stream'],
    ['a plain relay', { plain: true, address: 'wss://relay.test/x' }, 'wss://relay.test/x'],
  ])('%s connects anew, and only there', async (_name, changed, url) => {
    const world = setUp();
    await world.connect();
    Object.assign(world.settings, changed);
    world.session.settingsChanged();
    await settle();
    expect(world.open().map((socket) => socket.url)).toEqual([url]);
  });

  test('a new token goes over the connection there is', async () => {
    const world = setUp();
    await world.connect();
    world.settings.token = 'another-token';
    world.session.settingsChanged();
    await settle();
    expect(world.sockets).toHaveLength(1);
    expect(world.socket().sent.at(-1)).toEqual({ type: 'token', token: 'another-token' });
    expect(world.relay?.name).toBe('connected');
  });

  test('a new token after one that was refused connects anew', async () => {
    const world = setUp();
    await world.connect();
    world.socket().lose(4403);
    expect(world.relay).toMatchObject({ name: 'stopped', reason: 'forbidden' });
    world.settings.token = 'another-token';
    world.session.settingsChanged();
    await settle();
    expect(world.sockets).toHaveLength(2);
  });

  test('whoever cannot wait for the next attempt has it now', async () => {
    const world = setUp();
    await world.connect();
    world.socket().lose(1006);
    expect(world.relay).toMatchObject({ name: 'waiting', reason: 'lost' });
    world.session.retry();
    await settle();
    expect(world.sockets).toHaveLength(2);
    expect(world.relay?.name).toBe('connecting');
  });
});

describe('what the relay sends', () => {
  test('reaches the store in its order, and after each frame how far that is', async () => {
    const world = setUp();
    await world.connect(
      { type: 'resumed', recovered: true, from: 5, to: 5 },
      events(6, 7),
      { type: 'gap', from: 1, to: 2, reason: 'upstream-away' },
      { type: 'position', seq: 9 },
      events(10),
    );
    expect(world.told).toEqual([
      'checkpoint 5',
      'events 6,7',
      'checkpoint 7',
      'gap 1-2 upstream-away',
      'checkpoint 7',
      'checkpoint 9',
      'events 10',
      'checkpoint 10',
    ]);
  });

  test('and cannot be had again is a gap, told before the resume point behind it', async () => {
    const checkpoint = { resume: { epoch: 'e0', seq: 41, seen: [] }, currentAtMs: 7 };
    const world = setUp({}, Promise.resolve(checkpoint));
    await world.connect({ type: 'resumed', recovered: false, from: 5, to: 5 });
    expect(world.told).toEqual([`gap 7-${world.clock.nowMs()} relay-away`, 'checkpoint 5']);
  });
});

describe('the platform', () => {
  test('is what the relay says of it', async () => {
    const world = setUp();
    await world.connect({ type: 'upstream', state: 'down', since: 3, detail: 'no route' });
    expect(world.platform).toEqual({ name: 'down', sinceMs: 3, detail: 'no route' });
  });

  test.each<[string, (world: ReturnType<typeof setUp>) => void]>([
    ['lost', (world) => world.socket().lose(1006)],
    ['refused', (world) => world.socket().lose(4403)],
    ['not wanted', (world) => world.session.setWanted(false)],
    ['opened anew', (world) => world.session.retry()],
  ])('is unknown once the connection is %s', async (_name, end) => {
    const world = setUp();
    await world.connect({ type: 'upstream', state: 'up', since: 3 });
    expect(world.platform?.name).toBe('up');
    end(world);
    await settle();
    expect(world.relay?.name).not.toBe('connected');
    expect(world.platform?.name).toBe('unknown');
  });
});

describe('what the connection tells', () => {
  test('is its states with their reasons, and the codes it was closed with, oldest first', async () => {
    const world = setUp();
    await world.connect();
    world.socket().lose(1012);
    expect(
      world.journal.entries().map(({ what, code }) => (code === undefined ? what : `${what} ${code}`)),
    ).toEqual(['connecting', 'greeting', 'connected', 'closed 1012', 'waiting restart']);
  });

  test('keeps the last hundred', async () => {
    const { journal } = setUp();
    for (let at = 0; at < 150; at += 1) journal.note(`state ${at}`);
    expect(journal.entries().map(({ what }) => what)).toEqual(
      Array.from({ length: 100 }, (_, at) => `state ${at + 50}`),
    );
  });

  test('is the field map of each greeting', async () => {
    const greeting = hello(5);
    if (greeting.type !== 'hello') throw new Error('no greeting');
    const fieldMap: FieldMap = { paths: { text: ['said'] }, legValues: {}, finalValues: {} };
    const world = setUp();
    world.session.setWanted(true);
    await settle();
    world.socket().open();
    world.socket().send({ ...greeting, fieldMap });
    expect(world.greetings).toEqual([fieldMap]);
  });
});

test('settings that change nothing of the relay leave its connection alone', async () => {
  const world = setUp({ plain: true, address: 'wss://relay.test/socket' });
  world.session.setWanted(true);
  await settle();
  world.session.settingsChanged();
  await settle();
  expect(world.sockets).toHaveLength(1);
});
