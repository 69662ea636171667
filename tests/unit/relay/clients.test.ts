import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createAgentsInForce } from '../../../relay/access/agents-in-force.ts';
import { createClients } from '../../../relay/clients/clients.ts';
import { systemClock } from '../../../relay/clock.ts';
import { LIMITS } from '../../../relay/limits.ts';
import { silentObserver } from '../../../relay/operations/observer.ts';
import { createEventFlow } from '../../../relay/stream/event-flow.ts';
import { createStream } from '../../../relay/stream/stream.ts';
import { appendNext } from './append-next.ts';
import { ALICE, BOB, openNoKeys } from './client-setup.ts';
import { createFakeSocket } from './fake-socket.ts';

beforeEach(() => void vi.useFakeTimers({ now: 0 }));
afterEach(() => void vi.useRealTimers());

function setUp() {
  const window = { events: 20_000, ms: 900_000, bytes: 64 * 1024 * 1024 };
  const stream = createStream('e', window);
  const agents = createAgentsInForce({ agents: [ALICE, BOB] }, systemClock, openNoKeys);
  const turns: (() => void)[] = [];
  const flow = createEventFlow(stream, {
    clock: systemClock,
    limits: LIMITS,
    windowMs: window.ms,
    fieldMap: () => undefined,
    onAppended: () => {},
  });
  const clients = createClients({
    stream,
    flow,
    window,
    agents,
    upstreamFrame: () => ({ type: 'upstream', state: 'up', since: 0 }),
    isBehind: () => false,
    fieldMap: () => undefined,
    clock: systemClock,
    limits: LIMITS,
    observer: silentObserver.ofStream('main'),
    afterTurn: (action) => void turns.push(action),
    random: () => 0.5,
  });
  return {
    clients,
    agents,
    append(count: number): void {
      for (let index = 0; index < count; index += 1) clients.grown(appendNext(stream, '"x"', 0).bytes);
    },
    endTurn(): void {
      for (const action of turns.splice(0)) action();
    },
    connect(agent = ALICE) {
      const socket = createFakeSocket();
      const client = clients.add(socket.socket, agent);
      client.receive('{"type":"resume"}');
      return { ...socket, client };
    },
  };
}

describe('batches', () => {
  test('what one turn of the loop appended leaves as one frame, the same for all', () => {
    const { connect, append, endTurn } = setUp();
    const sockets = [connect(), connect()];
    append(100);
    expect(sockets.map(({ seqs }) => seqs().length)).toEqual([0, 0]);
    endTurn();
    append(1);
    endTurn();
    for (const { types } of sockets) expect(types().slice(3)).toEqual(['events', 'events']);
    expect(sockets[0]?.frames).toEqual(sockets[1]?.frames);
  });

  test('are not shared with those who may not see them', () => {
    const { connect, append, endTurn } = setUp();
    const [alice, bob, anotherAlice] = [connect(), connect(BOB), connect()];
    append(2);
    endTurn();
    expect([alice.seqs(), bob.seqs(), anotherAlice.seqs()]).toEqual([[1, 2], [], [1, 2]]);
  });

  test('a burst of more than a frame does not wait for the turn’s end', () => {
    const { connect, append } = setUp();
    const socket = connect();
    append(1_250);
    expect(socket.seqs()).toHaveLength(1_000);
  });
});

test('when agents are replaced, those whose token is gone are sent away, and nobody else', () => {
  const { clients, agents, connect, append, endTurn } = setUp();
  const [alice, bob] = [connect(), connect(BOB)];
  agents.replace({ agents: [BOB] });
  clients.recheckTokens();
  append(1);
  endTurn();
  expect([alice.log, bob.log, alice.seqs()]).toEqual([['close 4401'], [], []]);
});

describe('a restart', () => {
  test('sends everybody away, to come back at a random time, after what they had coming', async () => {
    const { clients, connect, append } = setUp();
    const socket = connect();
    append(2);
    const dismissed = clients.dismiss('the relay is restarting');
    expect(socket.seqs()).toEqual([1, 2]);
    expect(socket.frames.at(-1)).toMatchObject({ type: 'bye', code: 1012, retryAfterMs: 1_000 });
    expect(socket.log).toEqual(['close 1012']);
    clients.remove(socket.client, 1012);
    await dismissed;
    expect(clients.size()).toBe(0);
  });

  test('cuts those who do not go within 2 s', () => {
    const { clients, connect } = setUp();
    const socket = connect();
    void clients.dismiss('the relay is restarting');
    vi.advanceTimersByTime(2_000);
    expect(socket.log).toEqual(['close 1012', 'terminate']);
  });
});
