/** Agents that are connected, over real sockets. */
import { describe, expect, test } from 'vitest';
import { openRaw } from './raw-client.ts';
import { ALICE_TOKEN, BOB_TOKEN, startTestRelay } from './relay-under-test.ts';
import { until } from './until.ts';

describe('connected', () => {
  test('a client that reconnects with its position misses nothing', async () => {
    const { platform, connect, untilUp } = await startTestRelay();
    await untilUp();
    const before = connect();
    await before.ready();
    platform.say('1', '2');
    await until(() => expect(before.data()).toEqual(['1', '2']));
    const { epoch } = await before.first('hello');
    before.socket.close();
    platform.say('3');
    const after = connect(ALICE_TOKEN, { epoch, seq: 2 });
    await until(() => expect(after.data()).toEqual(['3']));
    expect(await after.first('resumed')).toMatchObject({ recovered: true, from: 2, to: 3 });
  });

  test('a replay of more than the sockets hold arrives whole', async () => {
    const { platform, connect, untilUp } = await startTestRelay();
    await untilUp();
    const before = connect();
    await before.ready();
    const frame = JSON.stringify({ text: 'x'.repeat(200_000) });
    for (let count = 1; count <= 100; count += 1) {
      platform.say(frame);
      await until(() => expect(before.events()).toHaveLength(count), 1);
    }
    const { epoch } = await before.first('hello');
    const after = connect(ALICE_TOKEN, { epoch, seq: 0 });
    await until(() => expect(after.events()).toHaveLength(100));
    expect(after.events().map(({ seq }) => seq)).toEqual(before.events().map(({ seq }) => seq));
  });

  test('a program that never sends anything receives what follows its hello', async () => {
    const { platform, connect, untilUp } = await startTestRelay({ limits: { resumeWaitMs: 50 } });
    await untilUp();
    const agent = connect(ALICE_TOKEN, null);
    await agent.ready();
    platform.say('1');
    await until(() => expect(agent.data()).toEqual(['1']));
  });

  test('an agent who may see no calls hears of the position only', async () => {
    const { platform, connect, untilUp } = await startTestRelay({ limits: { positionMs: 20 } });
    await untilUp();
    const bob = connect(BOB_TOKEN);
    await bob.ready();
    platform.say('1', '2');
    expect(await bob.first('position')).toMatchObject({ seq: 2 });
    expect(bob.events()).toEqual([]);
  });

  test.each<[string, string | Uint8Array]>([
    ['binary', Uint8Array.from([1, 2])],
    ['not JSON', 'hello'],
    ['a frame over 16 KiB', JSON.stringify({ type: 'token', token: 'x'.repeat(20_000) })],
  ])('%s is answered with bye and 4400', async (_name, frame) => {
    const { connect } = await startTestRelay();
    const agent = connect();
    await agent.ready();
    agent.send(frame);
    await until(() => expect(agent.closeCode()).toBe(4400));
    expect(agent.frames.at(-1)).toMatchObject({ type: 'bye', code: 4400 });
  });

  test('one that answers no pings is cut; one that does stays, however silent', async () => {
    const { relay, connect, logText } = await startTestRelay({ limits: { clientSilenceMs: 150 } });
    const quiet = connect(ALICE_TOKEN, null);
    await quiet.ready();
    const dead = openRaw(relay.port, ALICE_TOKEN);
    await until(() => expect(logText()).toContain('"code":1006'));
    dead.destroy();
    expect(quiet.closeCode()).toBeUndefined();
  });

  test('one that does not read is cut, and the others have everything', async () => {
    const { relay, platform, connect, untilUp, logText } = await startTestRelay({
      limits: { resumeWaitMs: 10, slowMs: 100, closeWaitMs: 100 },
    });
    await untilUp();
    const agent = connect();
    await agent.ready();
    const stuck = openRaw(relay.port, ALICE_TOKEN);
    await until(() => expect(logText()).toContain('"clients":2'));
    stuck.pause();
    const frame = JSON.stringify({ text: 'x'.repeat(200_000) });
    for (let count = 1; count <= 100; count += 1) {
      platform.say(frame);
      await until(() => expect(agent.events()).toHaveLength(count), 1);
    }
    await until(() => expect(logText()).toContain('"code":4408'));
    expect(agent.closeCode()).toBeUndefined();
    stuck.destroy();
  });
});

describe('stopping', () => {
  test('says bye with a time to come back, and answers draining meanwhile', async () => {
    const { relay, connect, session } = await startTestRelay({ limits: { closeWaitMs: 500 } });
    const agent = connect();
    await agent.ready();
    const stuck = openRaw(relay.port, ALICE_TOKEN);
    await new Promise((resolve) => stuck.once('data', resolve));
    const stopped = relay.stop();
    const response = await session({ authorization: `Bearer ${ALICE_TOKEN}` });
    expect([response.status, await response.json()]).toMatchObject([
      503,
      { code: 'draining', retryAfterMs: expect.any(Number) },
    ]);
    await stopped;
    await until(() => expect(agent.closeCode()).toBe(1012));
    expect(agent.frames.at(-1)).toMatchObject({ type: 'bye', code: 1012, retryAfterMs: expect.any(Number) });
    await expect(session({})).rejects.toThrow();
  });
});
