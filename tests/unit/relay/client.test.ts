import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { FieldMap } from '../../../utils/transcript/field-map.ts';
import { ALICE, ALICE_RENEWED, BOB, createClientSetup } from './client-setup.ts';

beforeEach(() => void vi.useFakeTimers({ now: 1_000_000 }));
afterEach(() => void vi.useRealTimers());

const MIB = 1024 * 1024;

describe('answers', () => {
  test('a ping before the resume does not use it up', () => {
    const setup = createClientSetup();
    const socket = setup.connect();
    socket.say({ type: 'ping', id: 9 });
    socket.say({ type: 'resume' });
    expect(socket.frames.slice(2)).toEqual([
      { type: 'pong', id: 9 },
      { type: 'resumed', recovered: false, from: 0, to: 0 },
    ]);
  });

  test('the upstream’s state is told as it changes', () => {
    const { client, frames } = createClientSetup().connect();
    client.tellUpstream({ type: 'upstream', state: 'down', since: 5, detail: 'x' });
    expect(frames[2]).toMatchObject({ state: 'down' });
  });

  test('a field map is told in hello to those who connect while it is in force, and else nothing', () => {
    const setup = createClientSetup();
    const fieldMap: FieldMap = {
      paths: { text: ['a', 'b'] },
      legValues: { agent: 'callee' },
      finalValues: {},
    };
    setup.setFieldMap(fieldMap);
    expect(setup.connect().frames[0]).toMatchObject({ type: 'hello', fieldMap });
    setup.setFieldMap(undefined);
    expect(setup.connect().frames[0]).not.toHaveProperty('fieldMap');
  });

  test.each([
    ['the same agent’s other token', 'alice-2', []],
    ['another agent’s token', 'bob-1', ['close 4401']],
    ['an unknown token', 'nobody', ['close 4401']],
  ])('a token renewed with %s', async (_name, token, log) => {
    const socket = createClientSetup().connect();
    socket.say({ type: 'token', token });
    await vi.advanceTimersByTimeAsync(0);
    expect(socket.log).toEqual(log);
    expect(socket.types().includes('bye')).toBe(log.length > 0);
  });
});

describe('a token that expires', () => {
  const shortLived = { ...ALICE, expiresAtMs: 1_060_000 };

  test('is told in hello, and nothing is told of one that does not', () => {
    const setup = createClientSetup();
    expect(setup.connect(shortLived).frames[0]).toMatchObject({ tokenExpiresAtMs: 1_060_000 });
    expect(setup.connect().frames[0]).not.toHaveProperty('tokenExpiresAtMs');
  });

  test('ends its connection with bye and 4401 at that moment, not before', () => {
    const setup = createClientSetup();
    setup.agents.replace({ agents: [shortLived] });
    const socket = setup.connect(shortLived);
    vi.advanceTimersByTime(59_999);
    socket.client.recheckToken();
    expect(socket.log).toEqual([]);
    vi.advanceTimersByTime(1);
    socket.client.recheckToken();
    expect(socket.frames.at(-1)).toEqual({ type: 'bye', code: 4401, message: 'the token has expired' });
    expect(socket.log).toEqual(['close 4401']);
  });

  test('renewed in time with the same agent’s other one, lets the connection stand', async () => {
    const setup = createClientSetup();
    setup.agents.replace({ agents: [shortLived, ALICE_RENEWED] });
    const socket = setup.connect(shortLived);
    socket.say({ type: 'token', token: 'alice-2' });
    await vi.advanceTimersByTimeAsync(0);
    vi.advanceTimersByTime(60_000);
    socket.client.recheckToken();
    expect(socket.log).toEqual([]);
  });

  test('renewed with one that has expired, ends it', async () => {
    const setup = createClientSetup();
    setup.agents.replace({ agents: [ALICE, { ...ALICE_RENEWED, expiresAtMs: 1_000_000 }] });
    const socket = setup.connect();
    socket.say({ type: 'token', token: 'alice-2' });
    await vi.advanceTimersByTimeAsync(0);
    expect(socket.log).toEqual(['close 4401']);
  });
});

describe('when agents are replaced', () => {
  test('a token that is gone ends its connection with bye and 4401, once', () => {
    const setup = createClientSetup();
    const socket = setup.connect();
    setup.agents.replace({ agents: [ALICE_RENEWED] });
    socket.client.recheckToken();
    socket.client.recheckToken();
    expect(socket.frames.slice(2)).toEqual([
      { type: 'bye', code: 4401, message: 'the token is no longer valid' },
    ]);
    expect(socket.log).toEqual(['close 4401']);
  });

  test('an agent may be given and denied the calls while connected', () => {
    const setup = createClientSetup();
    const socket = setup.connect(BOB);
    socket.say({ type: 'resume' });
    const appendOne = () => {
      setup.append(1);
      socket.client.pump();
    };
    appendOne();
    setup.agents.replace({ agents: [{ ...BOB, calls: 'all' }] });
    socket.client.recheckToken();
    appendOne();
    setup.agents.replace({ agents: [BOB] });
    socket.client.recheckToken();
    appendOne();
    expect([socket.seqs(), socket.log]).toEqual([[1, 2], []]);
  });

  test('a new end of a token counts for the connection that stands', () => {
    const setup = createClientSetup();
    const socket = setup.connect();
    setup.agents.replace({ agents: [{ ...ALICE, expiresAtMs: 1_000_000 }] });
    socket.client.recheckToken();
    expect(socket.log).toEqual(['close 4401']);
  });

  test('an agent of another name with the same token goes on, and renews under the new name', async () => {
    const setup = createClientSetup();
    const socket = setup.connect();
    setup.agents.replace({ agents: [{ ...ALICE, name: 'Alicia' }, ALICE_RENEWED] });
    socket.client.recheckToken();
    expect([socket.client.agentName(), socket.log]).toEqual(['Alicia', []]);
    socket.say({ type: 'token', token: 'alice-2' });
    await vi.advanceTimersByTimeAsync(0);
    expect(socket.log).toEqual(['close 4401']);
  });
});

describe('a broken protocol is answered with bye and 4400', () => {
  test.each<[string, unknown]>([
    ['binary', Buffer.from('{"type":"resume"}')],
    ['not JSON', 'hello'],
    ['empty', ''],
    ['not an object', '[]'],
    ['an unknown type', '{"type":"subscribe"}'],
    ['a field of the wrong type', '{"type":"ping","id":"1"}'],
    ['a frame over 16 KiB', `{"type":"token","token":"${'x'.repeat(17_000)}"}`],
    ['a negative sequence number', '{"type":"resume","epoch":"e","seq":-1}'],
  ])('%s', (_name, raw) => {
    const { client, frames, log } = createClientSetup().connect();
    client.receive(raw);
    expect(frames.at(-1)).toMatchObject({ type: 'bye', code: 4400 });
    expect(log).toEqual(['close 4400']);
    vi.advanceTimersByTime(2_000);
    expect(log).toEqual(['close 4400', 'terminate']);
  });

  test('a second resume', () => {
    const socket = createClientSetup().connect();
    socket.say({ type: 'resume' });
    socket.say({ type: 'resume' });
    expect(socket.log).toEqual(['close 4400']);
  });

  test('more than 20 frames in a second, pings of the WebSocket layer among them', () => {
    const socket = createClientSetup().connect();
    for (let id = 0; id < 10; id += 1) socket.say({ type: 'ping', id });
    for (let count = 0; count < 10; count += 1) socket.client.pinged();
    expect(socket.log).toEqual([]);
    socket.client.pinged();
    expect(socket.log).toEqual(['close 4400']);
  });

  test('but not 20 in each second', () => {
    const socket = createClientSetup().connect();
    for (let second = 0; second < 5; second += 1) {
      for (let id = 0; id < 20; id += 1) socket.say({ type: 'ping', id });
      vi.advanceTimersByTime(1_000);
    }
    expect(socket.log).toEqual([]);
  });

  test('after it nothing is said or heard any more', () => {
    const setup = createClientSetup();
    const socket = setup.connect();
    socket.client.receive('broken');
    const said = socket.frames.length;
    setup.append(3);
    socket.client.pump();
    socket.say({ type: 'ping', id: 1 });
    socket.client.tellUpstream({ type: 'upstream', state: 'down', since: 5 });
    socket.client.bye(1012, 'again');
    vi.advanceTimersByTime(1_500);
    expect([socket.frames.length, socket.log]).toEqual([said, ['close 4400']]);
    socket.client.closed();
    vi.advanceTimersByTime(60_000);
    expect([socket.log, vi.getTimerCount()]).toEqual([['close 4400'], 0]);
  });
});

describe('slow readers', () => {
  const big = JSON.stringify('x'.repeat(200_000));

  test('over 1 MiB unsent for 5 s: 4408, and bye says why', () => {
    const setup = createClientSetup();
    const socket = setup.connect();
    socket.say({ type: 'resume' });
    socket.clog();
    setup.append(10, big);
    socket.client.pump();
    vi.advanceTimersByTime(4_999);
    expect(socket.log).toEqual([]);
    vi.advanceTimersByTime(1);
    expect(socket.log).toEqual(['close 4408']);
    expect(socket.frames.at(-1)).toMatchObject({ type: 'bye', code: 4408 });
  });

  test('one that catches up within 5 s stays', () => {
    const setup = createClientSetup();
    const socket = setup.connect();
    socket.say({ type: 'resume' });
    socket.clog();
    setup.append(10, big);
    socket.client.pump();
    vi.advanceTimersByTime(4_000);
    socket.unclog();
    socket.client.pump();
    vi.advanceTimersByTime(60_000);
    expect(socket.log).toEqual([]);
    expect(socket.seqs()).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  });

  test('a long replay goes out slice by slice and is no slowness', () => {
    const setup = createClientSetup();
    setup.append(100, big);
    const socket = setup.connect();
    socket.clog();
    socket.say({ type: 'resume', epoch: 'epoch-1', seq: 0 });
    for (let slice = 0; slice < 100; slice += 1) {
      expect(socket.socket.bufferedAmount()).toBeLessThan(300_000);
      vi.advanceTimersByTime(3_000);
      socket.drain();
      socket.client.pump();
    }
    expect(socket.seqs()).toHaveLength(100);
    expect(socket.log).toEqual([]);
  });

  test('one whose place has left the window: 4408', () => {
    const setup = createClientSetup({ window: { events: 10 } });
    const socket = setup.connect();
    socket.say({ type: 'resume' });
    setup.append(11);
    socket.client.pump();
    expect(socket.log).toEqual(['close 4408']);
    expect(socket.frames.at(-1)).toMatchObject({ type: 'bye', code: 4408 });
    expect(socket.seqs()).toEqual([]);
  });

  test('over 8 MiB held by the socket: cut at once', () => {
    const socket = createClientSetup().connect();
    socket.hold(8 * MIB);
    socket.clog();
    socket.say({ type: 'ping', id: 1 });
    expect(socket.log).toEqual(['terminate']);
  });
});

describe('frames', () => {
  test('hold at most 500 events', () => {
    const setup = createClientSetup();
    setup.append(1_200);
    const socket = setup.connect();
    socket.say({ type: 'resume', epoch: 'epoch-1', seq: 0 });
    const sizes = socket.frames.flatMap((frame) => (frame.type === 'events' ? [frame.events.length] : []));
    expect(sizes).toEqual([500, 500, 200]);
  });

  test('hold about 32 KiB, a larger event travels alone', () => {
    const setup = createClientSetup();
    setup.append(3, JSON.stringify('x'.repeat(12_000)));
    setup.append(1, JSON.stringify('x'.repeat(500_000)));
    setup.append(1);
    const socket = setup.connect();
    socket.say({ type: 'resume', epoch: 'epoch-1', seq: 0 });
    const sizes = socket.frames.flatMap((frame) => (frame.type === 'events' ? [frame.events.length] : []));
    expect(sizes).toEqual([2, 1, 1, 1]);
  });
});

describe('an agent who may see no calls', () => {
  test('gets no event, but a position at most once a second', () => {
    const setup = createClientSetup();
    const socket = setup.connect(BOB);
    socket.say({ type: 'resume' });
    for (let count = 0; count < 10; count += 1) {
      setup.append(5);
      socket.client.pump();
      vi.advanceTimersByTime(250);
    }
    expect(socket.frames.slice(3)).toEqual([
      { type: 'position', seq: 20 },
      { type: 'position', seq: 40 },
    ]);
  });

  test('hears after a resume how far it has come', () => {
    const setup = createClientSetup();
    setup.append(5);
    const socket = setup.connect(BOB);
    socket.say({ type: 'resume', epoch: 'epoch-1', seq: 2 });
    vi.advanceTimersByTime(1_000);
    expect(socket.frames.slice(2)).toEqual([
      { type: 'resumed', recovered: true, from: 2, to: 5 },
      { type: 'position', seq: 5 },
    ]);
  });

  test('and one who sees all gets no position', () => {
    const setup = createClientSetup();
    const socket = setup.connect(ALICE);
    socket.say({ type: 'resume' });
    setup.append(5);
    socket.client.pump();
    vi.advanceTimersByTime(10_000);
    expect(socket.types()).not.toContain('position');
  });
});
