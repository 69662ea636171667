import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { systemClock } from '../../../relay/clock.ts';
import type { PlatformToken } from '../../../relay/upstream/platform-token.ts';
import { createUpstream } from '../../../relay/upstream/upstream.ts';
import type { UpstreamHooks } from '../../../relay/upstream/upstream-socket.ts';

const START_MS = 1_000_000;
beforeEach(() => void vi.useFakeTimers({ now: START_MS }));
afterEach(() => void vi.useRealTimers());

/** An upstream whose sockets are opened, fed and ended by the test; its jitter is always the longest. */
function setUp(tokens: PlatformToken[] = [], knownUpMs?: number) {
  const opened: UpstreamHooks[] = [];
  const did: string[] = [];
  const states: unknown[] = [];
  const gaps: unknown[] = [];
  const frames: string[] = [];
  const dropped: number[] = [];
  let failures = 0;
  const upstream = createUpstream({
    url: 'wss://platform.example/',
    readToken: async () => tokens.shift() ?? { ok: true, token: 't' },
    open(_url, token, hooks) {
      opened.push(hooks);
      did.push(`open ${token}`);
      return {
        ping: () => void did.push('ping'),
        close: () => void did.push('close'),
        cut() {
          did.push('cut');
          hooks.onEnd({ kind: 'closed', code: 1006 });
        },
      };
    },
    clock: systemClock,
    random: () => 0.999_999,
    knownUpMs,
    onFrame: (text) => void frames.push(text),
    onGap: (gap) => void gaps.push(gap),
    onState: ({ state, since, detail }) => void states.push([state, since - START_MS, detail]),
    onDropped: (bytes) => void dropped.push(bytes),
    onFailed: () => {
      failures += 1;
    },
  });
  upstream.start();
  return {
    upstream,
    did,
    states,
    gaps,
    frames,
    dropped,
    /** The newest connection's hooks, once `ms` have passed. */
    async after(ms: number): Promise<UpstreamHooks> {
      await vi.advanceTimersByTimeAsync(ms);
      const hooks = opened.at(-1);
      if (hooks === undefined) throw new Error('nothing was opened');
      return hooks;
    },
    attempts: () => opened.length,
    failures: () => failures,
  };
}

describe('the state', () => {
  test('is connecting until the first attempt has ended', async () => {
    const { upstream, after, states } = setUp();
    const socket = await after(0);
    expect(upstream.frame()).toEqual({ type: 'upstream', state: 'connecting', since: START_MS });
    await after(30);
    socket.onOpen();
    expect(states).toEqual([['up', 30, undefined]]);
  });

  test('keeps its since while its reason changes, and is not told twice', async () => {
    const { after, states } = setUp();
    (await after(0)).onEnd({ kind: 'failed', code: 'ECONNREFUSED' });
    (await after(500)).onEnd({ kind: 'failed', code: 'ECONNREFUSED' });
    (await after(1_000)).onEnd({ kind: 'answered', status: 404 });
    expect(states).toEqual([
      ['down', 0, expect.stringContaining('connection refused')],
      ['down', 0, expect.stringContaining('404')],
    ]);
  });

  test('is unauthorized while the token cannot be used', async () => {
    const empty = { ok: false, problem: 'The relay’s platform token is empty' } as const;
    const { after, states, attempts, upstream } = setUp([empty]);
    await vi.advanceTimersByTimeAsync(0);
    expect(states).toEqual([['unauthorized', 0, 'The relay’s platform token is empty']]);
    expect(attempts()).toBe(0);
    (await after(5_000)).onOpen();
    expect(upstream.frame().state).toBe('up');
  });
});

describe('coming back', () => {
  test('waits twice as long each time, up to 30 s', async () => {
    const { after, attempts } = setUp();
    await after(0);
    for (const waitMs of [500, 1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000]) {
      const before = attempts();
      (await after(0)).onEnd({ kind: 'failed', code: 'ECONNREFUSED' });
      await after(waitMs - 2);
      expect(attempts()).toBe(before);
      await after(2);
      expect(attempts()).toBe(before + 1);
    }
  });

  test.each([
    ['begins anew after 10 s', 10_000, 500],
    ['goes on after less', 9_999, 1_000],
  ])('%s connected', async (_name, connectedMs, waitMs) => {
    const { after, attempts } = setUp();
    (await after(0)).onEnd({ kind: 'failed', code: 'ECONNREFUSED' });
    (await after(500)).onOpen();
    (await after(connectedMs)).onEnd({ kind: 'closed', code: 1000 });
    await after(waitMs - 2);
    expect(attempts()).toBe(2);
    await after(2);
    expect(attempts()).toBe(3);
  });

  test('asks at most every 5 s while unauthorized', async () => {
    const { after, attempts } = setUp();
    (await after(0)).onEnd({ kind: 'answered', status: 401 });
    await after(4_999);
    expect(attempts()).toBe(1);
    await after(1);
    expect(attempts()).toBe(2);
  });

  test('reads the token anew at each attempt', async () => {
    const { after, did } = setUp([
      { ok: true, token: 'old' },
      { ok: true, token: 'new' },
    ]);
    (await after(0)).onEnd({ kind: 'answered', status: 401 });
    await after(5_000);
    expect(did).toEqual(['open old', 'open new']);
  });

  test('gives an attempt 10 s', async () => {
    const { after, did, states } = setUp();
    await after(9_999);
    expect(did).not.toContain('cut');
    await after(1);
    expect(did).toContain('cut');
    expect(states).toEqual([['down', 10_000, 'The platform did not answer in time']]);
  });

  test('ends with stop, and nothing is told any more', async () => {
    const { upstream, after, did, attempts, frames, states } = setUp();
    const socket = await after(0);
    socket.onOpen();
    upstream.stop();
    socket.onFrame('late');
    socket.onEnd({ kind: 'closed', code: 1000 });
    await after(100_000);
    expect([did, attempts(), frames, states.length]).toEqual([['open t', 'close'], 1, [], 1]);
  });
});

describe('a token that changes', () => {
  const held = (token: string): PlatformToken => ({ ok: true, token });

  test('ends the wait', async () => {
    const { upstream, after, did } = setUp([held('old'), held('new')]);
    (await after(0)).onEnd({ kind: 'answered', status: 401 });
    await after(1_000);
    upstream.tokenChanged();
    (await after(0)).onOpen();
    await after(10_000);
    expect(did).toEqual(['open old', 'open new']);
    expect(upstream.frame().state).toBe('up');
  });

  test('is tried right after an attempt that began without it, and once only', async () => {
    const { upstream, after, did } = setUp([held('old'), held('new')]);
    const socket = await after(0);
    upstream.tokenChanged();
    socket.onEnd({ kind: 'answered', status: 401 });
    const next = await after(0);
    expect(did).toEqual(['open old', 'open new']);
    next.onEnd({ kind: 'answered', status: 401 });
    await after(4_999);
    expect(did).toHaveLength(2);
  });

  test('leaves a connection alone that stands, and the wait after it', async () => {
    const { upstream, after, attempts } = setUp();
    const socket = await after(0);
    socket.onOpen();
    upstream.tokenChanged();
    await after(100);
    socket.onEnd({ kind: 'closed', code: 1006 });
    await after(498);
    expect(attempts()).toBe(1);
    await after(2);
    expect(attempts()).toBe(2);
  });

  test('is nothing after stop', async () => {
    const { upstream, after, attempts } = setUp();
    (await after(0)).onEnd({ kind: 'failed', code: 'ECONNREFUSED' });
    upstream.stop();
    upstream.tokenChanged();
    await after(100_000);
    expect(attempts()).toBe(1);
  });
});

test.each([
  [401, START_MS - 1, 'The platform answered 401: the relay’s token expired at 1970-01-01T00:16:39.999Z'],
  [401, START_MS + 1, 'The platform answered 401: the relay’s token is wrong or expired'],
  [403, START_MS, 'The platform answered 403: the relay’s token expired at 1970-01-01T00:16:40.000Z'],
  [503, START_MS - 1, 'The platform answered 503 instead of opening a WebSocket'],
])('an answer of %i to a token that ends at %i: %s', async (status, expiresAtMs, detail) => {
  const { after, upstream } = setUp([{ ok: true, token: 't', expiresAtMs }]);
  (await after(0)).onEnd({ kind: 'answered', status });
  expect(upstream.frame().detail).toBe(detail);
});

test('every attempt that came to nothing and every connection lost is a failure', async () => {
  const { after, failures, upstream } = setUp([{ ok: false, problem: 'P' }]);
  await vi.advanceTimersByTimeAsync(0);
  (await after(5_000)).onEnd({ kind: 'failed', code: 'ECONNREFUSED' });
  (await after(1_000)).onOpen();
  (await after(1_000)).onEnd({ kind: 'closed', code: 1000 });
  (await after(2_000)).onOpen();
  upstream.stop();
  expect(failures()).toBe(3);
});

describe('gaps', () => {
  test('none at the first connect, however long it took', async () => {
    const { after, gaps } = setUp();
    (await after(0)).onEnd({ kind: 'failed', code: 'ECONNREFUSED' });
    (await after(500)).onOpen();
    expect(gaps).toEqual([]);
  });

  test.each([
    ['where another relay had seen it last', START_MS - 2_000, START_MS - 2_000],
    ['of no length where the other’s clock is ahead of ours', START_MS + 60_000, START_MS + 100],
  ])('at the first connect, one that begins %s', async (_name, knownUpMs, from) => {
    const { after, gaps, upstream } = setUp([], knownUpMs);
    expect(upstream.knownUpMs()).toBe(knownUpMs);
    (await after(100)).onOpen();
    expect(gaps).toEqual([{ from, to: START_MS + 100, reason: 'upstream-away' }]);
    expect(upstream.knownUpMs()).toBe(START_MS + 100);
  });

  test.each([
    ['a clean close: from the close', 1001, 3_000],
    ['a lost connection: from the last sign of life', 1006, 2_000],
  ])('%s', async (_name, code, fromMs) => {
    const { after, gaps } = setUp();
    (await after(0)).onOpen();
    (await after(2_000)).onFrame('x');
    (await after(1_000)).onEnd({ kind: 'closed', code });
    (await after(500)).onEnd({ kind: 'failed', code: 'ECONNREFUSED' });
    (await after(1_000)).onOpen();
    expect(gaps).toEqual([{ from: START_MS + fromMs, to: START_MS + 4_500, reason: 'upstream-away' }]);
  });

  test('a frame over 1 MiB is dropped and leaves one', async () => {
    const { after, gaps, frames, dropped } = setUp();
    const socket = await after(0);
    socket.onOpen();
    socket.onFrame('x'.repeat(1024 * 1024));
    socket.onFrame('ü'.repeat(1024 * 1024));
    expect(frames).toHaveLength(1);
    expect(dropped).toEqual([2 * 1024 * 1024]);
    expect(gaps).toEqual([{ from: START_MS, to: START_MS, reason: 'frame-too-large' }]);
  });
});

describe('silence', () => {
  test('is no death on a platform that never answered a ping', async () => {
    const { after, did, upstream } = setUp();
    (await after(0)).onOpen();
    await after(300_000);
    expect(did.filter((action) => action === 'ping')).toHaveLength(15);
    expect(upstream.frame().state).toBe('up');
  });

  test('is death on one that has: cut 10 s after the ping', async () => {
    const { after, did, states, gaps } = setUp();
    const socket = await after(0);
    socket.onOpen();
    await after(20_000);
    socket.onPong();
    await after(29_999);
    expect(did).not.toContain('cut');
    await after(1);
    expect(did).toContain('cut');
    expect(states.at(-1)).toEqual(['down', 50_000, 'The platform no longer answers']);
    (await after(500)).onOpen();
    expect(gaps).toEqual([{ from: START_MS + 20_000, to: START_MS + 50_500, reason: 'upstream-away' }]);
  });

  test('any frame counts as an answer', async () => {
    const { after, upstream } = setUp();
    const socket = await after(0);
    socket.onOpen();
    await after(20_000);
    socket.onPong();
    await after(25_000);
    socket.onFrame('x');
    await after(14_000);
    expect(upstream.frame().state).toBe('up');
  });
});
