import { describe, expect, test } from 'vitest';
import { address, createFakeWorld, events, type FakeWorld, hello } from './fake-relay.ts';

const target = { address, token: 'agent-token', plain: false };

function connected(seq = 5): FakeWorld {
  const world = createFakeWorld();
  world.connection.start(target);
  world.socket().open();
  world.socket().send(hello(seq));
  world.socket().send({ type: 'resumed', recovered: true, from: seq, to: seq });
  world.delivered.length = 0;
  return world;
}

describe('connecting', () => {
  test('offers the protocol and the token, and asks for all that the relay still holds', () => {
    const world = connected();
    expect(world.socket().url).toBe('wss://relay.test/v1/stream');
    expect(world.socket().protocols[0]).toBe('earshot.v1');
    expect(world.socket().url).not.toContain('agent-token');
    expect(world.socket().sent).toEqual([{ type: 'resume', epoch: 'e1', seq: 5 }]);
    expect(world.states).toEqual(['connecting', 'greeting', 'connected']);
  });

  test('hands on events, gaps and upstream states in the order they came', () => {
    const world = connected();
    world.socket().send({ type: 'upstream', state: 'up', since: 1 });
    world.socket().send(events(6, 7));
    world.socket().send({ type: 'gap', from: 1, to: 2, reason: 'upstream-away' });
    world.socket().send(events(8));
    expect(world.delivered).toEqual(['upstream', '6,7', 'gap', '8']);
    expect(world.resume).toMatchObject({ epoch: 'e1', seq: 8 });
  });

  test('a socket that neither opens nor closes is given up, and the relay is asked why', async () => {
    const world = createFakeWorld();
    world.connection.start(target);
    world.elapse(15_000);
    await world.settle();
    expect(world.states.at(-1)).toBe('waiting unreachable');
  });

  test('a relay that opens and does not greet is no relay', () => {
    const world = createFakeWorld();
    world.connection.start(target);
    world.socket().open();
    world.elapse(10_000);
    expect(world.states.at(-1)).toBe('waiting not-a-relay');
  });
});

describe('a refused upgrade is explained by the session endpoint', () => {
  test.each([
    [401, { code: 'expired', expiredAtMs: 5 }, 'stopped token-expired'],
    [401, { code: 'unknown' }, 'stopped token-refused'],
    [401, { code: 'malformed' }, 'stopped token-refused'],
    [403, { code: 'origin' }, 'stopped origin-refused'],
    [429, { code: 'rate', retryAfterMs: 5_000 }, 'waiting overloaded'],
    [503, { code: 'draining', retryAfterMs: 5_000 }, 'waiting overloaded'],
    [429, { code: 'crowded', retryAfterMs: 5_000 }, 'waiting crowded'],
    [503, { code: 'identity', retryAfterMs: 5_000 }, 'waiting identity'],
    [200, { agent: 'a', calls: 'all', upstream: 'up' }, 'waiting no-websocket'],
    [200, { hello: 'world' }, 'waiting not-a-relay'],
    [404, '<html>not here</html>', 'waiting not-a-relay'],
    [500, { code: 'mystery' }, 'waiting not-a-relay'],
  ])('%d %j → %s', async (status, body, state) => {
    const world = createFakeWorld();
    world.answerSession(status, typeof body === 'string' ? body : JSON.stringify(body));
    world.connection.start(target);
    world.socket().close(1006);
    await world.settle();
    expect(world.states.at(-1)).toBe(state);
  });

  test('no answer at all is unreachable', async () => {
    const world = createFakeWorld();
    world.connection.start(target);
    world.socket().close(1006);
    await world.settle();
    expect(world.states.at(-1)).toBe('waiting unreachable');
  });

  test('an answer for an address that is no longer wanted is dropped', async () => {
    const world = createFakeWorld();
    world.answerSession(401, JSON.stringify({ code: 'unknown' }));
    world.connection.start(target);
    world.socket().close(1006);
    world.connection.start({ ...target, token: 'another' });
    await world.settle();
    expect(world.states.at(-1)).toBe('connecting');
  });
});

describe('closing', () => {
  test.each([
    [1000, 'waiting lost'],
    [1001, 'waiting restart'],
    [1006, 'waiting lost'],
    [1012, 'waiting restart'],
    [1013, 'waiting overloaded'],
    [4408, 'waiting too-slow'],
    [4400, 'stopped protocol-broken'],
    [4403, 'stopped forbidden'],
    [4426, 'stopped version-unknown'],
  ])('%d → %s', (code, state) => {
    const world = connected();
    world.socket().close(code);
    expect(world.states.at(-1)).toBe(state);
  });

  test('4401 asks whether the token expired or is unknown', async () => {
    const world = connected();
    world.answerSession(401, JSON.stringify({ code: 'expired' }));
    world.socket().close(4401);
    await world.settle();
    expect(world.states.at(-1)).toBe('stopped token-expired');
  });

  test('what stopped stays stopped until it is started anew', () => {
    const world = connected();
    world.socket().close(4403);
    world.elapse(3_600_000);
    world.connection.suspect();
    expect(world.sockets).toHaveLength(1);
    world.connection.start(target);
    expect(world.sockets).toHaveLength(2);
  });

  test('a goodbye names when to come back', () => {
    const world = connected();
    world.socket().send({ type: 'bye', code: 1012, message: 'restart', retryAfterMs: 7_000 });
    expect(world.states.at(-1)).toBe('waiting restart');
    world.elapse(6_999);
    expect(world.sockets).toHaveLength(1);
    world.elapse(1);
    expect(world.sockets).toHaveLength(2);
  });

  test('a goodbye for ever is for five minutes at most', () => {
    const world = connected();
    world.socket().send({ type: 'bye', code: 1013, message: 'x', retryAfterMs: 1e15 });
    world.elapse(300_000);
    expect(world.sockets).toHaveLength(2);
  });

  test('a frame that is not the protocol’s stops, since trying again would not mend it', () => {
    const world = connected();
    world.socket().send('{"type":"nonsense"}');
    expect(world.states.at(-1)).toBe('stopped protocol-broken');
    expect(world.socket().closedWith).toBe(1000);
  });

  test('a second greeting, an answer nobody asked for, or a frame before the greeting is not the protocol', () => {
    const answered = connected();
    answered.socket().send({ type: 'resumed', recovered: true, from: 5, to: 5 });
    expect(answered.states.at(-1)).toBe('stopped protocol-broken');
    const twice = connected();
    twice.socket().send(hello(5));
    expect(twice.states.at(-1)).toBe('stopped protocol-broken');
    const early = createFakeWorld();
    early.connection.start(target);
    early.socket().open();
    early.socket().send(events(1));
    expect(early.states.at(-1)).toBe('stopped protocol-broken');
  });

  test('what an abandoned socket still says is not heard', () => {
    const world = connected();
    const [first] = world.sockets;
    world.connection.start(target);
    first?.send(events(6));
    first?.close(4403);
    expect(world.delivered).toEqual([]);
    expect(world.states.at(-1)).toBe('connecting');
  });
});

describe('a new token', () => {
  test('for the same relay is renewed in place, without a gap or a new socket', () => {
    const world = connected();
    world.connection.renew({ ...target, token: 'newer' });
    expect(world.socket().sent.at(-1)).toEqual({ type: 'token', token: 'newer' });
    expect(world.sockets).toHaveLength(1);
    expect(world.states.at(-1)).toBe('connected');
  });

  test('for another relay, or after a refusal, connects anew', () => {
    const world = connected();
    world.connection.renew({ ...target, address: { ...address, streamUrl: 'wss://other.test/v1/stream' } });
    expect(world.sockets).toHaveLength(2);
    world.socket().close(4403);
    world.connection.renew({ ...target, token: 'newer' });
    expect(world.sockets).toHaveLength(3);
  });
});

describe('a plain relay', () => {
  const plain = { ...target, plain: true };

  test('passes the platform’s frames on as they are', async () => {
    const world = createFakeWorld();
    world.connection.start(plain);
    expect(world.socket().protocols[0]).toBe('earshot.plain');
    world.socket().open();
    await world.settle();
    world.socket().send('{"text":"one"}');
    world.socket().send(new TextEncoder().encode('two'));
    await world.settle();
    expect(world.states.at(-1)).toBe('connected');
    expect(world.delivered.filter((what) => /^\d/.test(what))).toEqual(['1', '2']);
    expect(world.gaps).toEqual([]);
    expect(world.socket().sent).toEqual([]);
  });

  test('offers nothing where no token is set, and is never asked why it refused', async () => {
    const world = createFakeWorld();
    world.connection.start({ ...plain, token: '' });
    expect(world.socket().protocols).toEqual([]);
    world.answerSession(401, JSON.stringify({ code: 'unknown' }));
    world.socket().close(1006);
    await world.settle();
    expect(world.states.at(-1)).toBe('waiting unreachable');
  });

  test('every reconnect is a gap', async () => {
    const world = createFakeWorld();
    world.connection.start(plain);
    world.socket().open();
    await world.settle();
    world.socket().close(1006);
    world.elapse(10_000);
    world.socket().open();
    await world.settle();
    expect(world.gaps).toEqual([{ fromMs: 1_000_000, toMs: world.nowMs() }]);
    expect(world.states.at(-1)).toBe('connected');
  });

  test('a frame over 1 MiB is a gap and not a line', async () => {
    const world = createFakeWorld();
    world.connection.start(plain);
    world.socket().open();
    await world.settle();
    world.socket().send('x'.repeat(1024 * 1024 + 1));
    await world.settle();
    expect(world.delivered.at(-1)).toBe('gap');
  });
});

describe('backoff', () => {
  test('doubles with full jitter up to 30 s', async () => {
    const world = createFakeWorld();
    world.connection.start(target);
    const waits: number[] = [];
    for (let attempt = 0; attempt < 9; attempt += 1) {
      world.socket().close(1006);
      await world.settle();
      const before = world.sockets.length;
      const startMs = world.nowMs();
      while (world.sockets.length === before) world.elapse(1);
      waits.push(world.nowMs() - startMs);
    }
    expect(waits).toEqual([250, 500, 1_000, 2_000, 4_000, 8_000, 15_000, 15_000, 15_000]);
  });

  test.each([
    [9_999, 500],
    [10_000, 250],
  ])('after %d ms of connection the next attempt waits %d ms', (connectedMs, waitMs) => {
    const world = connected();
    world.socket().close(1006);
    world.elapse(250);
    world.socket().open();
    world.socket().send(hello(5));
    world.elapse(connectedMs);
    world.socket().close(1006);
    world.elapse(waitMs - 1);
    expect(world.sockets).toHaveLength(2);
    world.elapse(1);
    expect(world.sockets).toHaveLength(3);
  });
});

describe('heartbeat', () => {
  test('a ping every 20 s, and any frame is an answer', () => {
    const world = connected();
    world.elapse(20_000);
    expect(world.socket().sent.at(-1)).toEqual({ type: 'ping', id: 1 });
    world.socket().send(events(6));
    world.elapse(20_000);
    expect(world.socket().sent.at(-1)).toEqual({ type: 'ping', id: 2 });
    world.socket().send({ type: 'pong', id: 2 });
    world.elapse(19_999);
    expect(world.states.at(-1)).toBe('connected');
  });

  test('a relay that says nothing for 10 s after a ping is gone', () => {
    const world = connected();
    world.elapse(30_000);
    expect(world.states.at(-1)).toBe('waiting silent');
    expect(world.socket().closedWith).toBe(1000);
  });

  test('a changed network makes the socket suspect: it is probed at once', () => {
    const world = connected();
    world.connection.suspect();
    expect(world.socket().sent.at(-1)).toEqual({ type: 'ping', id: 1 });
    world.elapse(10_000);
    expect(world.states.at(-1)).toBe('waiting silent');
    world.connection.suspect();
    expect(world.sockets).toHaveLength(2);
  });
});

describe('resuming', () => {
  function reconnect(world: FakeWorld, at: number, epoch?: string, oldest?: number): void {
    const before = world.sockets.length;
    world.socket().close(1006);
    while (world.sockets.length === before) world.elapse(1);
    world.socket().open();
    world.socket().send(hello(at, epoch, oldest));
  }

  test('asks to go on from the newest event it took', () => {
    const world = connected();
    world.socket().send(events(6, 7));
    world.socket().send({ type: 'position', seq: 9 });
    reconnect(world, 12, 'e1', 1);
    expect(world.socket().sent[0]).toEqual({ type: 'resume', epoch: 'e1', seq: 9 });
    world.socket().send({ type: 'resumed', recovered: true, from: 9, to: 12 });
    world.socket().send(events(10, 11, 12));
    expect(world.gaps).toEqual([]);
    expect(world.resume).toMatchObject({ epoch: 'e1', seq: 12 });
  });

  test('what a relay says before it answers is taken in its place, after the answer', () => {
    const world = connected();
    reconnect(world, 8, 'e1', 1);
    world.socket().send(events(9));
    world.socket().send({ type: 'position', seq: 9 });
    world.socket().send({ type: 'gap', from: 1, to: 2, reason: 'upstream-away' });
    world.socket().send({ type: 'upstream', state: 'up', since: 1 });
    expect(world.delivered).toEqual(['upstream']);
    world.socket().send({ type: 'resumed', recovered: true, from: 5, to: 9 });
    world.socket().send(events(6, 7, 8, 9));
    expect(world.delivered).toEqual(['upstream', 'resumed', '6,7,8,9']);
  });

  test('begins with everything the relay still holds', () => {
    const world = createFakeWorld();
    world.connection.start(target);
    world.socket().open();
    world.socket().send(hello(9, 'e1', 4));
    expect(world.socket().sent).toEqual([{ type: 'resume', epoch: 'e1', seq: 3 }]);
    world.socket().send({ type: 'resumed', recovered: true, from: 3, to: 9 });
    world.socket().send(events(4, 5, 6, 7, 8, 9));
    expect(world.delivered).toEqual(['resumed', '4,5,6,7,8,9']);
    expect(world.resume).toEqual({ epoch: 'e1', seq: 9, seen: [[4, 9]] });
  });

  test('a connection lost in the middle of a replay resumes from what was taken', () => {
    const world = connected();
    reconnect(world, 12, 'e1', 1);
    world.socket().send({ type: 'resumed', recovered: true, from: 5, to: 12 });
    world.socket().send(events(6, 7));
    reconnect(world, 12, 'e1', 1);
    expect(world.socket().sent[0]).toEqual({ type: 'resume', epoch: 'e1', seq: 7 });
  });

  test.each([
    ['a stream that was lost', 900, 'e2', 880],
    ['a stream that outran us', 900, 'e1', 880],
  ])(
    '%s is a gap, from when we last held everything, and then all that is held',
    (_name, at, epoch, oldest) => {
      const world = connected();
      world.elapse(15_000);
      world.socket().send(events(6));
      const lostAtMs = world.nowMs();
      reconnect(world, at, epoch, oldest);
      expect(world.socket().sent[0]).toEqual({ type: 'resume', epoch, seq: oldest - 1 });
      expect(world.gaps).toEqual([{ fromMs: lostAtMs, toMs: world.nowMs() }]);
      world.socket().send({ type: 'upstream', state: 'up', since: 1 });
      world.socket().send({ type: 'resumed', recovered: true, from: oldest, to: at });
      expect(world.gaps).toHaveLength(1);
      expect(world.resume).toEqual({ epoch, seq: oldest, seen: [] });
    },
  );

  test('a relay that has not read as far as another is asked for the point where we are', () => {
    const world = connected();
    world.socket().send(events(6));
    reconnect(world, 2, 'e1', 1);
    expect([world.socket().sent[0], world.gaps]).toEqual([{ type: 'resume', epoch: 'e1', seq: 6 }, []]);
  });

  test('a relay that cannot recover after all is a gap too', () => {
    const world = connected();
    reconnect(world, 12, 'e1', 1);
    world.socket().send({ type: 'resumed', recovered: false, from: 12, to: 12 });
    expect(world.gaps).toHaveLength(1);
    expect(world.resume).toEqual({ epoch: 'e1', seq: 12, seen: [] });
  });

  test('what a relay that is behind says again once it has read on is not taken twice', () => {
    const world = connected();
    world.socket().send(events(6, 7, 8));
    reconnect(world, 5, 'e1', 1);
    world.socket().send({ type: 'resumed', recovered: false, from: 5, to: 5 });
    world.socket().send(events(6, 7, 8, 9));
    expect(world.delivered).toEqual(['6,7,8', 'resumed', '9']);
  });

  test('a window that moved on before the answer is a gap too, and what it still holds is taken', () => {
    const world = connected();
    reconnect(world, 12, 'e1', 1);
    world.socket().send({ type: 'resumed', recovered: true, from: 8, to: 12 });
    world.socket().send(events(9, 10, 11, 12));
    expect(world.gaps).toHaveLength(1);
    expect(world.delivered).toEqual(['resumed', '9,10,11,12']);
  });

  test('a first connection has nothing to miss', () => {
    const world = createFakeWorld();
    world.connection.start(target);
    world.socket().open();
    world.socket().send(hello(5));
    world.socket().send({ type: 'resumed', recovered: false, from: 5, to: 5 });
    expect(world.gaps).toEqual([]);
    expect(world.resume).toMatchObject({ epoch: 'e1', seq: 5 });
  });

  test('an earlier life of the worker is resumed from', () => {
    const world = createFakeWorld({
      resume: { epoch: 'e0', seq: 41, seen: [[30, 41]] },
      currentAtMs: 900_000,
    });
    world.connection.start(target);
    world.socket().open();
    world.socket().send(hello(45, 'e0', 10));
    expect(world.socket().sent).toEqual([{ type: 'resume', epoch: 'e0', seq: 41 }]);
    world.socket().send({ type: 'resumed', recovered: true, from: 41, to: 45 });
    world.socket().send(events(41, 42));
    expect(world.delivered).toEqual(['resumed', '42']);
    expect(world.gaps).toEqual([]);
  });

  test('an event that comes again is taken once, and a call’s earlier events are taken', () => {
    const world = connected();
    world.socket().send(events(6, 9));
    world.socket().send(events(6, 7, 9, 10));
    expect(world.delivered).toEqual(['6,9', '7,10']);
  });

  test('a call’s earlier events do not move the resume point back', () => {
    const world = connected();
    world.socket().send(events(9));
    world.socket().send(events(2, 3));
    expect(world.resume).toMatchObject({ epoch: 'e1', seq: 9 });
  });
});
