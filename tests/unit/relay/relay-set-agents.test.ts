/** Agents whose tokens expire or are replaced while they are connected, over real sockets. */
import { describe, expect, test } from 'vitest';
import { hashToken } from '../../../relay/access/authenticate.ts';
import { askUpgrade, offer } from './ask-upgrade.ts';
import { ALICE, ALICE_TOKEN, BOB, BOB_TOKEN, startTestRelay } from './relay-under-test.ts';
import { until } from './until.ts';

const expired = { ...ALICE, expiresAtMs: 1_000 };

describe('an expired token', () => {
  test('is refused as expired, with the moment, at the session endpoint', async () => {
    const { session } = await startTestRelay({ agents: [expired] });
    const response = await session({ authorization: `Bearer ${ALICE_TOKEN}` });
    expect(response.status).toBe(401);
    expect(await response.json()).toEqual({
      code: 'expired',
      message: expect.any(String),
      expiredAtMs: 1_000,
    });
  });

  test('is refused as expired, with the moment, in place of an upgrade', async () => {
    const { httpUrl } = await startTestRelay({ agents: [expired] });
    const answer = await askUpgrade(`${httpUrl}/v1/stream`, offer(ALICE_TOKEN));
    expect(answer).toMatchObject({
      status: 401,
      body: { code: 'expired', message: expect.any(String), expiredAtMs: 1_000 },
    });
  });

  test('is not counted as a guess, and an unknown one stays unknown', async () => {
    const { session } = await startTestRelay({ agents: [expired], limits: { refusalsPerMinute: 1 } });
    const codes: unknown[] = [];
    for (const token of [ALICE_TOKEN, ALICE_TOKEN, ALICE_TOKEN, 'esh_nobody']) {
      const response = await session({ authorization: `Bearer ${token}` });
      codes.push(((await response.json()) as { code: unknown }).code);
    }
    expect(codes).toEqual(['expired', 'expired', 'expired', 'unknown']);
  });

  test('ends its open connection with bye and 4401, and no other', async () => {
    const { relay, config, connect } = await startTestRelay();
    const [alice, bob] = [connect(), connect(BOB_TOKEN)];
    await Promise.all([alice.ready(), bob.ready()]);
    relay.apply({ ...config, agents: [{ ...ALICE, expiresAtMs: Date.now() + 50 }, BOB] });
    expect(alice.closeCode()).toBeUndefined();
    await until(() => expect(alice.closeCode()).toBe(4401));
    expect(alice.frames.at(-1)).toMatchObject({ type: 'bye', code: 4401 });
    expect(bob.closeCode()).toBeUndefined();
  });
});

describe('agents that are replaced', () => {
  test('an agent who is gone is sent away and refused; one who is new is let in', async () => {
    const { relay, config, connect, session } = await startTestRelay({ agents: [ALICE] });
    const alice = connect();
    await alice.ready();
    relay.apply({ ...config, agents: [BOB] });
    await until(() => expect(alice.closeCode()).toBe(4401));
    expect(alice.frames.at(-1)).toMatchObject({ type: 'bye', code: 4401 });
    const response = await session({ authorization: `Bearer ${ALICE_TOKEN}` });
    expect(await response.json()).toMatchObject({ code: 'unknown' });
    await connect(BOB_TOKEN).ready();
  });

  test('a connection goes on under its agent’s new permission', async () => {
    const { relay, config, platform, connect, untilUp } = await startTestRelay();
    await untilUp();
    const [alice, bob] = [connect(), connect(BOB_TOKEN)];
    await Promise.all([alice.ready(), bob.ready()]);
    relay.apply({
      ...config,
      agents: [
        { ...ALICE, calls: [] },
        { ...BOB, calls: 'all' },
      ],
    });
    platform.say('1');
    await until(() => expect(bob.data()).toEqual(['1']));
    expect(await alice.first('position')).toMatchObject({ seq: 1 });
    expect([alice.data(), alice.closeCode(), bob.closeCode()]).toEqual([[], undefined, undefined]);
  });

  test('a connection whose agent listens to another stream now is told to come again', async () => {
    const { relay, config, connect } = await startTestRelay();
    const alice = connect();
    await alice.ready();
    relay.apply({ ...config, agents: [{ ...ALICE, stream: 'other' }] });
    await until(() => expect(alice.closeCode()).toBe(1012));
  });

  test('a connection renewed with the new token outlives the old one', async () => {
    const { relay, config, connect, logText } = await startTestRelay();
    const alice = connect();
    await alice.ready();
    const renewed = { ...ALICE, tokenSha256: hashToken('esh_alice-renewed') };
    relay.apply({ ...config, agents: [ALICE, renewed] });
    alice.send('{"type":"token","token":"esh_alice-renewed"}');
    alice.send('{"type":"ping","id":1}');
    await alice.first('pong');
    relay.apply({ ...config, agents: [renewed] });
    alice.send('{"type":"ping","id":2}');
    await until(() => expect(alice.frames.at(-1)).toEqual({ type: 'pong', id: 2 }));
    expect(logText()).not.toContain('renewed');
  });

  test('origins are replaced with them', async () => {
    const { relay, config, session } = await startTestRelay({ origins: ['https://a.example'] });
    const status = async () =>
      (await session({ authorization: `Bearer ${ALICE_TOKEN}`, origin: 'https://b.example' })).status;
    const seen = [await status()];
    for (const origins of [['https://b.example'], ['https://a.example'], undefined]) {
      relay.apply({ ...config, origins });
      seen.push(await status());
    }
    expect(seen).toEqual([403, 200, 403, 200]);
  });
});

test('a field map set while the relay runs is told to those who connect from then on', async () => {
  const { relay, config, connect } = await startTestRelay();
  const before = connect();
  await before.ready();
  const fieldMap = { paths: { text: ['a'] }, legValues: {}, finalValues: {} };
  relay.apply({ ...config, streams: config.streams.map((stream) => ({ ...stream, fieldMap })) });
  const after = connect();
  await after.ready();
  expect(before.frames[0]).not.toHaveProperty('fieldMap');
  expect(after.frames[0]).toMatchObject({ type: 'hello', fieldMap });
});
