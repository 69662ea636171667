/** Agents whom the identity provider vouches for, over real sockets. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { askUpgrade, offer } from './ask-upgrade.ts';
import { createSigningKey, identityOf, signClaims, startKeyServer } from './identity-provider.ts';
import { ALICE_TOKEN, type Options, startTestRelay } from './relay-under-test.ts';
import { until } from './until.ts';

const inSeconds = (seconds: number) => Math.floor(Date.now() / 1_000) + seconds;

/** A relay with a provider whose keys stand in a file. */
async function startWithProvider(options: Options = {}, more: object = {}) {
  const key = await createSigningKey();
  const folder = await mkdtemp(join(tmpdir(), 'earshot-identity-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const path = join(folder, 'keys.json');
  await writeFile(path, JSON.stringify({ keys: [key.jwk] }));
  const relay = await startTestRelay({ ...options, identity: identityOf(path, more) });
  const { identity } = relay.config;
  if (identity === undefined) throw new Error('the relay has no identity provider');
  return { ...relay, identity, key, sign: (claims?: Record<string, unknown>) => signClaims(key, claims) };
}

async function codeOf(answer: Promise<Response>): Promise<unknown> {
  const body: unknown = await (await answer).json();
  return typeof body === 'object' && body !== null && 'code' in body ? body.code : 'none';
}

describe('a token of the provider', () => {
  test('lets in by the name it says, beside the agents of the file; the client is told when it ends', async () => {
    const { connect, session, sign } = await startWithProvider();
    const exp = inSeconds(600);
    const token = await sign({ roles: ['lead'], exp });
    const carol = connect(token);
    const hello = await carol.first('hello');
    expect(hello).toMatchObject({ agent: 'carol', tokenExpiresAtMs: exp * 1_000 });
    const asked = await session({ authorization: `Bearer ${token}` });
    expect(await asked.json()).toMatchObject({ agent: 'carol', calls: 'all' });
    await connect(ALICE_TOKEN).ready();
  });

  test('shows what its claims grant, and nothing else', async () => {
    const { connect, platform, sign, untilUp } = await startWithProvider();
    await untilUp();
    const [lead, desk, nobody] = [
      connect(await sign({ sub: 'lead', roles: 'lead' })),
      connect(await sign({ sub: 'desk', numbers: ['2001'] })),
      connect(await sign({ sub: 'nobody' })),
    ];
    await Promise.all([lead.ready(), desk.ready(), nobody.ready()]);
    platform.say('{"call_id":"a","dest_number":"2001"}', '{"call_id":"b","dest_number":"2002"}');
    await until(() => expect(lead.data()).toHaveLength(2));
    await nobody.first('position');
    await until(() => expect(desk.data()).toMatchObject([{ call_id: 'a' }]));
    expect(nobody.data()).toEqual([]);
  });

  test.each<[string, Record<string, unknown>, object]>([
    ['has expired', { exp: 1_000 }, { code: 'expired', expiredAtMs: 1_000_000 }],
    ['is of another issuer', { iss: 'https://evil.example' }, { code: 'unknown' }],
    ['is for somebody else', { aud: 'crm' }, { code: 'unknown' }],
    ['never ends', { exp: undefined }, { code: 'unknown' }],
    ['is of somebody denied', { sub: 'mallory' }, { code: 'unknown' }],
  ])('that %s is refused, and no more is told', async (_name, claims, refusal) => {
    const { httpUrl, session, sign } = await startWithProvider({}, { denied: ['mallory'] });
    const token = await sign(claims);
    const told = { ...refusal, message: expect.any(String) };
    expect(await askUpgrade(`${httpUrl}/v1/stream`, offer(token))).toMatchObject({ status: 401, body: told });
    expect(await (await session({ authorization: `Bearer ${token}` })).json()).toEqual(told);
  });

  test('ends its connection when it ends', async () => {
    const { connect, sign } = await startWithProvider();
    // The tolerance for clocks that differ is 30 seconds.
    const carol = connect(await sign({ exp: inSeconds(-25) }));
    await carol.ready();
    await until(() => expect(carol.closeCode()).toBe(4401));
    expect(carol.frames.at(-1)).toMatchObject({ type: 'bye', message: 'the token has expired' });
  });

  test('is renewed in place by another of the same name, under what that one grants; and by no other', async () => {
    const { connect, platform, sign, untilUp } = await startWithProvider();
    await untilUp();
    const [carol, dave] = [connect(await sign()), connect(await sign({ sub: 'dave' }))];
    await Promise.all([carol.ready(), dave.ready()]);
    const token = await sign({ roles: 'lead' });
    for (const agent of [carol, dave]) agent.send(JSON.stringify({ type: 'token', token }));
    await until(() => expect(dave.closeCode()).toBe(4401));
    platform.say('1');
    await until(() => expect(carol.data()).toEqual(['1']));
  });

  test('stands in no log, nor does what it says', async () => {
    const { connect, session, sign, logText } = await startWithProvider();
    const [good, bad] = [await sign({ secret: 'gold' }), await sign({ iss: 'https://silver.example' })];
    await connect(good).ready();
    await session({ authorization: `Bearer ${bad}` });
    await session({ authorization: `Bearer ${bad}x` });
    await until(() => expect(logText()).toContain('"why":"signature"'));
    expect(logText()).toContain('"why":"issuer"');
    for (const token of [good, bad]) {
      for (const part of token.split('.').slice(1)) expect(logText()).not.toContain(part);
    }
    expect(logText()).not.toMatch(/gold|silver/);
  });
});

describe('a connection of the provider’s goes by the configuration of the moment', () => {
  const ends: [string, object | undefined][] = [
    ['another issuer', { issuer: 'https://other.example' }],
    ['another audience', { audience: 'crm' }],
    ['a name denied', { denied: ['carol'] }],
    ['another claim for the name', { name: 'email' }],
    ['no provider', undefined],
  ];
  test.each(ends)('%s: it is sent away', async (_name, change) => {
    const { relay, config, identity, connect, sign } = await startWithProvider();
    const [carol, alice] = [connect(await sign()), connect(ALICE_TOKEN)];
    await Promise.all([carol.ready(), alice.ready()]);
    relay.apply({ ...config, identity: change && { ...identity, ...change } });
    await until(() => expect(carol.closeCode()).toBe(4401));
    expect(alice.closeCode()).toBeUndefined();
  });

  test('other grants: it goes on and sees what they give', async () => {
    const { relay, config, identity, connect, sign, platform, untilUp } = await startWithProvider();
    await untilUp();
    const carol = connect(await sign({ roles: ['lead'] }));
    await carol.ready();
    platform.say('1');
    await until(() => expect(carol.data()).toEqual(['1']));
    relay.apply({ ...config, identity: { ...identity, calls: [] } });
    platform.say('2');
    await carol.first('position');
    expect(carol.data()).toEqual(['1']);
    relay.apply({ ...config, identity });
    platform.say('3');
    await until(() => expect(carol.data()).toContain('3'));
    expect(carol.closeCode()).toBeUndefined();
  });
});

describe('refused tokens', () => {
  test('beyond the limit of an address are refused unchecked; a token seen to be good, and an agent’s own, still count', async () => {
    const { session, sign } = await startWithProvider({ limits: { refusalsPerMinute: 2 } });
    const ask = (token: string) => codeOf(session({ authorization: `Bearer ${token}` }));
    const [known, fresh] = [await sign(), await sign({ sub: 'dave' })];
    const forged = await signClaims(await createSigningKey());
    const seen: unknown[] = [];
    for (const token of [known, forged, forged, forged, fresh, known, ALICE_TOKEN])
      seen.push(await ask(token));
    expect(seen).toEqual(['none', 'unknown', 'unknown', 'rate', 'rate', 'none', 'none']);
  });

  test('an expired token of the provider is not counted', async () => {
    const { session, sign } = await startWithProvider({ limits: { refusalsPerMinute: 1 } });
    const expired = await sign({ exp: 1_000 });
    const ask = (token: string) => codeOf(session({ authorization: `Bearer ${token}` }));
    expect([await ask(expired), await ask(expired), await ask('esh_nobody')]).toEqual([
      'expired',
      'expired',
      'unknown',
    ]);
  });
});

describe('while the provider is away', () => {
  test('the relay starts, lets its own agents in and says of others that they cannot be checked; then they can', async () => {
    const key = await createSigningKey();
    const server = await startKeyServer(key);
    server.be('broken');
    const { httpUrl, connect, session, logText } = await startTestRelay({ identity: identityOf(server.url) });
    await connect(ALICE_TOKEN).ready();
    const token = await signClaims(key);
    const refusal = {
      code: 'identity',
      message: expect.stringContaining('identity provider'),
      retryAfterMs: expect.any(Number),
    };
    expect(await askUpgrade(`${httpUrl}/v1/stream`, offer(token))).toMatchObject({
      status: 503,
      body: refusal,
    });
    expect(await (await session({ authorization: `Bearer ${token}` })).json()).toEqual(refusal);
    expect(logText().match(/cannot be fetched/g)).toHaveLength(1);
    server.be('well');
    await until(
      async () => expect((await session({ authorization: `Bearer ${token}` })).status).toBe(200),
      200,
    );
  });

  test('a connection whose new token cannot be checked is told to come again, not that the token is bad', async () => {
    const key = await createSigningKey();
    const server = await startKeyServer(key);
    server.be('broken');
    const { connect } = await startTestRelay({ identity: identityOf(server.url) });
    const alice = connect(ALICE_TOKEN);
    await alice.ready();
    alice.send(JSON.stringify({ type: 'token', token: await signClaims(key, { sub: 'Alice' }) }));
    await until(() => expect(alice.closeCode()).toBe(1013));
  });
});
