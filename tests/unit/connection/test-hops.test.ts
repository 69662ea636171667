import { describe, expect, onTestFinished, test, vi } from 'vitest';
import type { Finding } from '../../../utils/connection/hops.ts';
import type { Socket } from '../../../utils/connection/relay-connection.ts';
import { type HopNews, type TestTarget, testConnection } from '../../../utils/connection/test-hops.ts';
import type { RelayFrame } from '../../../utils/protocol/frames.ts';

const NOW_MS = 1_000_000_000;
const target: TestTarget = { address: 'relay.test', token: 'alice', plain: false, fieldMap: undefined };
const accepted = { agent: 'Alice', calls: 'all', upstream: 'up' };

type Said = RelayFrame | 'garbage' | { closes: number };

type World = {
  /** What HTTP answers, by path; without an entry nothing answers, and `undefined` never does. */
  http?: Record<string, { status: number; body: unknown } | undefined>;
  /** What a server shows to its own site alone. */
  isHidden?: boolean;
  /** Whether the socket opens, and what is said then. */
  greeting?: readonly Said[];
  /** What is said on `resume`. */
  onResume?: readonly Said[];
};

const hello = (part: Partial<Extract<RelayFrame, { type: 'hello' }>> = {}): RelayFrame => ({
  type: 'hello',
  epoch: 'e',
  seq: 0,
  oldest: 1,
  agent: 'Alice',
  pingMs: 20_000,
  window: { events: 1_000, ms: 900_000 },
  ...part,
});
const up: RelayFrame = { type: 'upstream', state: 'up', since: NOW_MS - 60_000 };
const event = (seq: number, data: unknown, at = NOW_MS) => ({ seq, at, data });
const line = (seq: number, part = {}) => event(seq, { callid: 'c', text: `line ${seq}`, ...part });
const events = (...list: ReturnType<typeof event>[]): RelayFrame => ({ type: 'events', events: list });
const resumed = (from: number, to: number): RelayFrame => ({ type: 'resumed', recovered: true, from, to });

const relay: World = {
  http: { '/healthz': { status: 200, body: { ok: true } }, '/v1/session': { status: 200, body: accepted } },
  greeting: [hello(), up],
  onResume: [resumed(0, 0)],
};

function session(status: number, body: unknown): World {
  return { ...relay, http: { ...relay.http, '/v1/session': { status, body } } };
}

/** A test against a world in memory; the clock runs as soon as nothing else happens. */
async function run(world: World, asked: Partial<TestTarget> = {}, abortOn?: HopNews['hop']) {
  vi.useFakeTimers({ now: NOW_MS });
  onTestFinished(() => void vi.useRealTimers());
  const news: HopNews[] = [];
  const sent: unknown[] = [];
  const tokens: (string | null)[] = [];
  const closes: (number | undefined)[] = [];
  const stop = new AbortController();

  async function answer(input: RequestInfo | URL, init?: RequestInit): Promise<Response> {
    const { pathname } = new URL(String(input));
    if (!(pathname in (world.http ?? {}))) throw new TypeError('Failed to fetch');
    const found = world.http?.[pathname];
    tokens.push(new Headers(init?.headers).get('authorization'));
    if (found === undefined) {
      init?.signal?.throwIfAborted();
      return new Promise((_resolve, reject) =>
        init?.signal?.addEventListener('abort', () => reject(new Error())),
      );
    }
    if (world.isHidden && init?.mode !== 'no-cors') throw new TypeError('Failed to fetch');
    return new Response(typeof found.body === 'string' ? found.body : JSON.stringify(found.body), found);
  }

  function openSocket(): Socket {
    const socket: Socket = {
      binaryType: 'blob',
      onopen: null,
      onmessage: null,
      onclose: null,
      close: (code) => void closes.push(code),
      send(text) {
        sent.push(JSON.parse(String(text)));
        say(world.onResume ?? []);
      },
    };
    const fire = <Part extends 'onopen' | 'onmessage' | 'onclose'>(part: Part, detail: object) =>
      queueMicrotask(() => socket[part]?.call(socket as WebSocket, detail as never));
    const say = (list: readonly Said[]) => {
      for (const said of list) {
        if (said !== 'garbage' && 'closes' in said) fire('onclose', { code: said.closes });
        else fire('onmessage', { data: said === 'garbage' ? '<html>' : JSON.stringify(said) });
      }
    };
    if (world.greeting === undefined) fire('onclose', { code: 1006 });
    else {
      fire('onopen', {});
      say(world.greeting);
    }
    return socket;
  }

  const testing = testConnection(
    {
      fetch: answer,
      openSocket,
      nowMs: () => Date.now(),
      random: () => 0.5,
      setTimer: (work, ms) => setTimeout(work, ms),
      clearTimer: (timer) => clearTimeout(timer as NodeJS.Timeout),
    },
    { ...target, ...asked },
    (told) => {
      news.push(told);
      if (told.hop === abortOn) stop.abort();
    },
    stop.signal,
  );
  await vi.runAllTimersAsync();
  await testing;
  const findings = news.flatMap((told) => (told.state === 'found' ? [told.finding] : []));
  return { news, findings, last: findings.at(-1), sent, tokens, closes, tookMs: Date.now() - NOW_MS };
}

describe('what ends the test', () => {
  test.each<[string, World, Partial<TestTarget>, Finding]>([
    ['no address', {}, { address: ' ' }, { hop: 'address', kind: 'address-empty' }],
    ['no encryption', {}, { address: 'ws://relay.test' }, { hop: 'address', kind: 'address-not-encrypted' }],
    ['nobody there', {}, {}, { hop: 'reach', kind: 'nothing-there' }],
    ['no answer', { http: { '/healthz': undefined } }, {}, { hop: 'reach', kind: 'no-answer' }],
    [
      'a server that hides what it answers',
      { http: { '/healthz': { status: 404, body: '' } }, isHidden: true },
      {},
      { hop: 'protocol', kind: 'not-a-relay' },
    ],
    ['a web page', session(200, '<html>'), {}, { hop: 'protocol', kind: 'not-a-relay' }],
    ['another’s JSON', session(200, { ok: true }), {}, { hop: 'protocol', kind: 'not-a-relay' }],
    [
      'no session',
      { ...relay, http: { ...relay.http, '/v1/session': undefined } },
      {},
      { hop: 'protocol', kind: 'not-a-relay' },
    ],
    ['no WebSocket', { http: relay.http ?? {} }, {}, { hop: 'protocol', kind: 'no-websocket' }],
    ['no hello', { ...relay, greeting: [] }, {}, { hop: 'protocol', kind: 'no-hello' }],
    ['no frame', { ...relay, greeting: ['garbage'] }, {}, { hop: 'protocol', kind: 'protocol-broken' }],
    ['no hello first', { ...relay, greeting: [up] }, {}, { hop: 'protocol', kind: 'protocol-broken' }],
    [
      'another version',
      { ...relay, greeting: [{ closes: 4426 }] },
      {},
      { hop: 'protocol', kind: 'version-unknown' },
    ],
    [
      'a restart',
      { ...relay, greeting: [{ closes: 1012 }] },
      {},
      { hop: 'protocol', kind: 'closed', code: 1012 },
    ],
    ['no right', { ...relay, greeting: [{ closes: 4403 }] }, {}, { hop: 'token', kind: 'forbidden' }],
    [
      'too many',
      { ...relay, greeting: [{ type: 'bye', code: 1013, message: 'full', retryAfterMs: 5 }] },
      {},
      { hop: 'token', kind: 'overloaded', retryAfterMs: 5 },
    ],
    [
      'too many of this agent',
      session(429, { code: 'crowded', retryAfterMs: 5 }),
      {},
      { hop: 'token', kind: 'crowded', retryAfterMs: 5 },
    ],
    [
      'a provider that is away',
      session(503, { code: 'identity', retryAfterMs: 5 }),
      {},
      { hop: 'token', kind: 'identity', retryAfterMs: 5 },
    ],
    ['no token', session(401, { code: 'malformed' }), { token: '' }, { hop: 'token', kind: 'missing' }],
    [
      'half a token',
      session(401, { code: 'malformed' }),
      { token: 'a b' },
      { hop: 'token', kind: 'malformed' },
    ],
    ['a wrong token', session(401, { code: 'unknown' }), {}, { hop: 'token', kind: 'unknown' }],
    [
      'an old token',
      session(401, { code: 'expired', expiredAtMs: 7 }),
      {},
      { hop: 'token', kind: 'expired', expiredAtMs: 7 },
    ],
    ['a foreign origin', session(403, { code: 'origin' }), {}, { hop: 'token', kind: 'origin' }],
    [
      'an upstream that is refused',
      { ...relay, greeting: [hello(), { ...up, state: 'unauthorized', detail: '401' }] },
      {},
      { hop: 'platform', kind: 'unauthorized', sinceMs: NOW_MS - 60_000, detail: '401' },
    ],
    [
      'an upstream that never comes up',
      { ...relay, greeting: [hello(), { ...up, state: 'connecting' }] },
      {},
      { hop: 'platform', kind: 'connecting', sinceMs: NOW_MS - 60_000, detail: undefined },
    ],
    [
      'a relay that tells of no upstream',
      { ...relay, greeting: [hello()] },
      {},
      { hop: 'platform', kind: 'platform-unknown' },
    ],
    ['no calls', session(200, { ...accepted, calls: 'none' }), {}, { hop: 'arriving', kind: 'no-calls' }],
    [
      'a line cut in the middle',
      { ...relay, greeting: [hello({ seq: 9 }), up], onResume: [resumed(0, 9), { closes: 1006 }] },
      {},
      { hop: 'arriving', kind: 'cut-off' },
    ],
  ])('%s', async (_name, world, asked, finding) => {
    const { last, tookMs } = await run(world, asked);
    expect(last).toEqual(finding);
    expect(tookMs).toBeLessThanOrEqual(10_000);
  });
});

describe('what is held', () => {
  test('is read from 50 events back, and the socket is closed', async () => {
    const held = Array.from({ length: 50 }, (_, at) => line(71 + at));
    const { findings, sent, closes } = await run({
      ...relay,
      greeting: [hello({ seq: 120, oldest: 3, tokenExpiresAtMs: 5 }), up],
      onResume: [resumed(70, 120), events(...held)],
    });
    expect(sent).toEqual([{ type: 'resume', epoch: 'e', seq: 70 }]);
    expect(findings.slice(3)).toEqual([
      { hop: 'token', kind: 'accepted', agent: 'Alice', expiresAtMs: 5 },
      { hop: 'platform', kind: 'up', sinceMs: NOW_MS - 60_000, detail: undefined },
      { hop: 'arriving', kind: 'came', agoMs: 0 },
      {
        hop: 'readable',
        kind: 'all-read',
        count: 50,
        readCount: 50,
        fields: ['callId', 'text'],
        lastReason: undefined,
      },
    ]);
    expect(closes).toEqual([1000]);
  });

  test('is looked for further back where the agent may see only some', async () => {
    const { sent, last } = await run({
      ...session(200, { ...accepted, calls: 'some' }),
      greeting: [hello({ seq: 5_000, oldest: 1 }), up],
      onResume: [resumed(4_000, 5_000), events(line(4_100)), { type: 'position', seq: 5_000 }],
    });
    expect(sent).toEqual([{ type: 'resume', epoch: 'e', seq: 4_000 }]);
    expect(last).toMatchObject({ kind: 'all-read', count: 1 });
  });

  test('is nothing: nothing is wrong', async () => {
    const { findings } = await run(relay);
    expect(findings.slice(-2)).toEqual([
      { hop: 'arriving', kind: 'none-held', windowMs: 900_000 },
      { hop: 'readable', kind: 'nothing-to-read' },
    ]);
  });

  const inner = { call_id: 'c', body: { said: 'hello' } };
  test.each<[string, unknown[], object]>([
    [
      'some cannot be read',
      [{ callid: 'c', text: 'a' }, { score: 1 }],
      { kind: 'some-unread', readCount: 1, lastReason: 'no-text' },
    ],
    ['none can be read', [{ score: 1 }], { kind: 'none-read', readCount: 0 }],
    ['no text is known', [inner], { kind: 'no-text', readCount: 1 }],
    ['no call id is known', ['hello'], { kind: 'no-call-id', readCount: 1 }],
    ['keep-alives are no events', ['ping', {}], { kind: 'nothing-to-read' }],
  ])('%s', async (_name, data, finding) => {
    const { last } = await run({
      ...relay,
      greeting: [hello({ seq: data.length }), up],
      onResume: [resumed(0, data.length), events(...data.map((one, at) => event(at + 1, one)))],
    });
    expect(last).toMatchObject(finding);
  });

  test.each<[string, Partial<TestTarget>, object]>([
    ['the relay’s field map', {}, { fieldMap: { paths: { text: ['body', 'said'] } } }],
    [
      'the agent’s own',
      { fieldMap: { paths: { text: ['body', 'said'] }, legValues: {}, finalValues: {} } },
      {},
    ],
  ])('is read by %s', async (_name, asked, told) => {
    const { last } = await run(
      {
        ...relay,
        greeting: [hello({ seq: 1, ...told }), up],
        onResume: [resumed(0, 1), events(event(1, inner))],
      },
      asked,
    );
    expect(last).toMatchObject({ kind: 'all-read', fields: ['callId', 'text'] });
  });
});

describe('a plain relay', () => {
  const plain = { plain: true, token: '' };

  test('is listened to for 10 s', async () => {
    const { findings, tookMs } = await run({ greeting: [] }, plain);
    expect(findings.map(({ kind }) => kind)).toEqual([
      'address-encrypted',
      'plain-opens',
      'plain-protocol',
      'plain-token',
      'plain-platform',
      'none-heard',
      'nothing-to-read',
    ]);
    expect(tookMs).toBe(10_000);
  });

  test('that takes no WebSocket is told from none', async () => {
    expect((await run({}, plain)).last).toEqual({ hop: 'reach', kind: 'nothing-there' });
    const web = { http: { '/': { status: 200, body: '' } } };
    expect((await run(web, plain)).last).toEqual({ hop: 'protocol', kind: 'plain-refused' });
  });
});

describe('stopped by the agent', () => {
  test.each(['reach', 'protocol', 'platform'] as const)('at %s: nothing more is told', async (hop) => {
    const { news, closes } = await run({ ...relay, greeting: [hello()] }, {}, hop);
    expect(news.at(-1)).toEqual({ hop, state: 'running' });
    if (hop === 'platform') expect(closes).toEqual([1000]);
  });
});

test('a token that cannot stand in a header never leaves the browser', async () => {
  const { last, tokens } = await run(session(401, { code: 'malformed' }), { token: 'a → b' });
  expect(last).toEqual({ hop: 'token', kind: 'malformed' });
  expect(tokens).toEqual([null, 'Bearer']);
});
