import { describe, expect, test } from 'vitest';
import { connectModel } from '../../../components/sidebar/connect-model.ts';
import type { Port } from '../../../utils/browser/ports.ts';
import type { ToSidebar } from '../../../utils/messaging/sidebar-port.ts';
import { createHandClock } from '../background/hand-clock.ts';

type FakePort = Port & { posted: unknown[]; closed: boolean; send(message: unknown): void; leave(): void };

function createPort(): FakePort {
  const heard: ((message: unknown) => void)[] = [];
  const left: (() => void)[] = [];
  const port: FakePort = {
    posted: [],
    closed: false,
    post: (message) => port.posted.push(message),
    onMessage: (listener) => heard.push(listener),
    onClosed: (listener) => left.push(listener),
    close() {
      port.closed = true;
    },
    send(message) {
      for (const listener of heard) listener(message);
    },
    leave() {
      port.closed = true;
      for (const listener of left) listener();
    },
  };
  return port;
}

function setUp() {
  const clock = createHandClock();
  const ports: FakePort[] = [];
  const taken: string[] = [];
  const world = {
    clock,
    ports,
    taken,
    isGone: false,
    goneTold: 0,
    port(): FakePort {
      const newest = ports.at(-1);
      if (newest === undefined) throw new Error('no port was opened');
      return newest;
    },
  };
  const connect = () =>
    connectModel({
      open() {
        if (world.isGone) throw new Error('Extension context invalidated.');
        const port = createPort();
        ports.push(port);
        return port;
      },
      take: ({ type }) => taken.push(type),
      gone() {
        world.goneTold += 1;
      },
      setTimer: clock.setTimer,
    });
  return Object.assign(world, { connect });
}

const complete: ToSidebar = { type: 'complete' };
const reset: ToSidebar = {
  type: 'reset',
  status: {
    relay: { name: 'off', sinceMs: 1 },
    platform: { name: 'unknown', sinceMs: 1 },
    unread: { count: 0 },
    forgottenCount: 0,
  },
};

describe('a sidebar’s port', () => {
  test('hands on messages in their order', () => {
    const world = setUp();
    world.connect();
    world.port().send({ n: 1, message: reset });
    world.port().send({ n: 2, message: complete });
    expect(world.taken).toEqual(['reset', 'complete']);
    expect(world.port().posted).toEqual([]);
  });

  test('asks for everything where a message is missing, and begins anew with it', () => {
    const world = setUp();
    world.connect();
    world.port().send({ n: 1, message: reset });
    world.port().send({ n: 3, message: complete });
    expect(world.port().posted).toEqual([{ type: 'again' }]);
    expect(world.taken).toEqual(['reset']);
    world.port().send({ n: 4, message: reset });
    world.port().send({ n: 5, message: complete });
    expect(world.taken).toEqual(['reset', 'reset', 'complete']);
    expect(world.port().posted).toHaveLength(1);
  });

  test.each([[undefined], [null], ['reset'], [reset], [{ n: '1', message: reset }], [{ n: 1, message: {} }]])(
    'ignores %j',
    (message) => {
      const world = setUp();
      world.connect();
      world.port().send(message);
      expect(world.taken).toEqual([]);
      world.port().send({ n: 1, message: reset });
      expect(world.taken).toEqual(['reset']);
    },
  );

  test('that closes is opened again, and counted from 1', async () => {
    const world = setUp();
    world.connect();
    world.port().send({ n: 1, message: reset });
    world.port().leave();
    await world.clock.elapse(250);
    expect(world.ports).toHaveLength(2);
    world.port().send({ n: 1, message: reset });
    world.port().send({ n: 2, message: complete });
    expect(world.taken).toEqual(['reset', 'reset', 'complete']);
    expect(world.port().posted).toEqual([]);
  });

  test('takes what is said, and nothing while it is closed', async () => {
    const world = setUp();
    const { say } = world.connect();
    say({ type: 'retry' });
    world.port().leave();
    say({ type: 'close' });
    await world.clock.elapse(250);
    say({ type: 'open-options' });
    expect(world.ports.map(({ posted }) => posted)).toEqual([
      [{ type: 'retry' }],
      [{ type: 'open-options' }],
    ]);
  });
});

describe('a renewed port', () => {
  test('takes the place of the old one, whose messages and end no longer count', async () => {
    const world = setUp();
    const { renew } = world.connect();
    const old = world.port();
    renew();
    expect(old.closed).toBe(true);
    old.send({ n: 1, message: reset });
    old.leave();
    await world.clock.elapse(1_000);
    expect(world.ports).toHaveLength(2);
    expect(world.taken).toEqual([]);
  });

  test('is one, also when the old one had closed and was about to be opened again', async () => {
    const world = setUp();
    const { renew } = world.connect();
    world.port().leave();
    renew();
    await world.clock.elapse(1_000);
    expect(world.ports.filter(({ closed }) => !closed)).toHaveLength(1);
  });
});

describe('when the extension is gone', () => {
  test('that is told, and nothing is tried any more', async () => {
    const world = setUp();
    world.connect();
    world.isGone = true;
    world.port().leave();
    await world.clock.elapse(10_000);
    expect([world.goneTold, world.ports.length]).toEqual([1, 1]);
  });

  test('a page that was just opened is told too', () => {
    const world = setUp();
    world.isGone = true;
    expect(() => world.connect()).not.toThrow();
    expect(world.goneTold).toBe(1);
  });
});
