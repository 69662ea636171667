/** Tokens against the identity provider's keys, from a file and from an address. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { base64url, SignJWT, UnsecuredJWT } from 'jose';
import { pino } from 'pino';
import { describe, expect, onTestFinished, test } from 'vitest';
import { hashToken } from '../../../relay/access/authenticate.ts';
import { type IdentityKeys, openIdentityKeys } from '../../../relay/access/identity-keys.ts';
import { createTokenVerifier, looksSigned } from '../../../relay/access/identity-token.ts';
import { systemClock } from '../../../relay/clock.ts';
import { keptLog } from '../../secrecy/kept-logs.ts';
import { createSigningKey, type SigningKey, signClaims, startKeyServer } from './identity-provider.ts';
import { until } from './until.ts';

function open(source: string, clock = systemClock) {
  const lines: string[] = [];
  const log = pino(
    {},
    keptLog((line) => lines.push(line)),
  );
  const keys = openIdentityKeys(source, { clock, log });
  onTestFinished(() => keys.stop());
  return { keys, ...verifierOf(keys), lines };
}

function verifierOf(keys: IdentityKeys) {
  const verify = createTokenVerifier(keys);
  return { check: (token: string, mayCheck = () => true) => verify(token, hashToken(token), mayCheck) };
}

async function keyFile(...keys: SigningKey[]) {
  const folder = await mkdtemp(join(tmpdir(), 'earshot-keys-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const path = join(folder, 'keys.json');
  const write = (...served: SigningKey[]) =>
    writeFile(path, JSON.stringify({ keys: served.map(({ jwk }) => jwk) }));
  if (keys.length > 0) await write(...keys);
  return { path, write };
}

describe('a token', () => {
  test.each(['RS256', 'PS384', 'ES256', 'ES512', 'EdDSA'])('signed with %s is good', async (alg) => {
    const key = await createSigningKey('k', alg);
    const { check } = open((await keyFile(key)).path);
    expect(await check(await signClaims(key))).toMatchObject({ ok: true, claims: { sub: 'carol' } });
  });

  test('that is not as it should be is not', async () => {
    const key = await createSigningKey();
    const other = await createSigningKey();
    const { check } = open((await keyFile(key)).path);
    const good = await signClaims(key);
    const [head = '', payload = '', signature = ''] = good.split('.');
    const forged = base64url.encode(JSON.stringify({ ...JSON.parse(atob(payload)), sub: 'root' }));
    const secret = new TextEncoder().encode(JSON.stringify(key.jwk));
    const shared = await new SignJWT({ sub: 'root' })
      .setProtectedHeader({ alg: 'HS256', kid: 'key-1' })
      .sign(secret);
    const bad: Record<string, string> = {
      'signature of another key': await signClaims(other),
      'another payload': `${head}.${forged}.${signature}`,
      'half a signature': good.slice(0, -20),
      'no signature': new UnsecuredJWT({ sub: 'root' }).encode(),
      'a shared secret': shared,
      'an unknown key': await signClaims({ ...key, kid: 'key-9' }),
      'no JSON': `${base64url.encode('{"alg"')}.${payload}.${signature}`,
      'three words': 'a.b.c',
    };
    const seen: Record<string, unknown> = {};
    for (const [name, token] of Object.entries(bad)) {
      const verified = await check(token);
      seen[name] = verified.ok || verified.reason;
    }
    expect(seen).toEqual(Object.fromEntries(Object.keys(bad).map((name) => [name, 'unknown'])));
  });

  test.each([
    ['a.b.c', true],
    ['a-_9.b.c', true],
    ['esh_abc', false],
    ['a.b', false],
    ['a.b.', false],
    ['a.b.c.d.e', false],
    ['a b.c.d', false],
  ])('%s looks signed: %s', (token, expected) => {
    expect(looksSigned(token)).toBe(expected);
  });
});

describe('when no signature may be checked', () => {
  test('a token is left unchecked, unless it is known to be good', async () => {
    const key = await createSigningKey();
    const { check } = open((await keyFile(key)).path);
    const [known, fresh] = [await signClaims(key), await signClaims(key, { sub: 'dave' })];
    await check(known);
    const never = () => false;
    expect(await check(known, never)).toMatchObject({ ok: true });
    expect(await check(fresh, never)).toEqual({ ok: false, reason: 'unchecked' });
  });

  test('of a flood only as many are checked as may be, though all came at once', async () => {
    const key = await createSigningKey();
    const { check } = open((await keyFile(key)).path);
    const forged = await signClaims(await createSigningKey());
    let refused = 0;
    const flood = Array.from({ length: 500 }, async () => {
      const verified = await check(forged, () => refused < 30);
      if (!verified.ok && verified.reason === 'unknown') refused += 1;
      return verified.ok || verified.reason;
    });
    const unknown = (await Promise.all(flood)).filter((reason) => reason === 'unknown');
    expect(unknown.length).toBeLessThan(35);
  });
});

describe('keys in a file', () => {
  test('that changes: the new ones count, the old ones do not, not even for a token seen before', async () => {
    const [first, second] = [await createSigningKey('a'), await createSigningKey('b')];
    const { path, write } = await keyFile(first);
    const { check } = open(path);
    const [old, fresh] = [await signClaims(first), await signClaims(second)];
    expect([(await check(old)).ok, (await check(fresh)).ok]).toEqual([true, false]);
    await write(second);
    await until(async () => expect((await check(fresh)).ok).toBe(true));
    expect(await check(old)).toMatchObject({ ok: false, reason: 'unknown' });
  });

  test('that is not there yet: nobody can tell, and it is logged once; then it is', async () => {
    const key = await createSigningKey();
    const { path, write } = await keyFile();
    const { check, lines } = open(path);
    const token = await signClaims(key);
    expect(await check(token)).toEqual({ ok: false, reason: 'unavailable' });
    await until(() => expect(lines.join('')).toContain('ENOENT'));
    await write(key);
    await until(async () => expect((await check(token)).ok).toBe(true));
    expect(lines.filter((line) => line.includes('ENOENT'))).toHaveLength(1);
  });

  test.each(['', '{', '{"keys":5}', '[]'])(
    'that becomes %j leaves them as they were, and says so',
    async (text) => {
      const key = await createSigningKey();
      const { path } = await keyFile(key);
      const { check, lines } = open(path);
      await writeFile(path, text);
      await until(() => expect(lines.join('')).toContain('not a JSON Web Key Set'));
      expect((await check(await signClaims(key))).ok).toBe(true);
    },
  );
});

describe('keys at an address', () => {
  /** Time that only moves by hand, with what is due then. */
  function createHandClock() {
    let nowMs = 0;
    let due: (() => void) | undefined;
    return {
      clock: {
        now: () => nowMs,
        after(_delayMs: number, action: () => void) {
          due = action;
          return () => (due = undefined);
        },
      },
      pass: (ms: number) => (nowMs += ms),
      runDue: () => due?.(),
      isDue: () => due !== undefined,
    };
  }

  test('are fetched once for all tokens', async () => {
    const key = await createSigningKey();
    const server = await startKeyServer(key);
    const { check } = open(server.url);
    for (let index = 0; index < 5; index += 1) {
      expect((await check(await signClaims(key, { sub: `${index}` }))).ok).toBe(true);
    }
    expect(server.asked()).toBe(1);
  });

  test('a key that is new is fetched, but strange key names fetch no more than once in a while', async () => {
    const [first, second] = [await createSigningKey('a'), await createSigningKey('b')];
    const server = await startKeyServer(first);
    const time = createHandClock();
    const { check } = open(server.url, time.clock);
    expect((await check(await signClaims(first))).ok).toBe(true);
    server.serve(first, second);
    expect((await check(await signClaims(second))).ok).toBe(false);
    expect(server.asked()).toBe(1);
    time.pass(30_000);
    expect((await check(await signClaims(second))).ok).toBe(true);
    for (let index = 0; index < 20; index += 1) {
      expect((await check(await signClaims({ ...first, kid: `x${index}` }))).ok).toBe(false);
    }
    expect(server.asked()).toBe(2);
  });

  test('that cannot be had: nobody can tell, it is logged once, it is not asked without pause; then they can', async () => {
    const key = await createSigningKey();
    const server = await startKeyServer(key);
    server.be('broken');
    const time = createHandClock();
    const { check, lines } = open(server.url, time.clock);
    const token = await signClaims(key);
    for (let index = 0; index < 5; index += 1) {
      expect(await check(token)).toEqual({ ok: false, reason: 'unavailable' });
    }
    expect(server.asked()).toBe(1);
    time.pass(5_000);
    expect(await check(token)).toEqual({ ok: false, reason: 'unavailable' });
    expect([server.asked(), lines.length]).toEqual([2, 1]);
    server.be('well');
    time.pass(5_000);
    expect((await check(token)).ok).toBe(true);
    expect(lines).toHaveLength(2);
  });

  test('that were had stay good while the provider is away; only a key that may be new cannot be told', async () => {
    const key = await createSigningKey();
    const server = await startKeyServer(key);
    const time = createHandClock();
    const { check } = open(server.url, time.clock);
    expect((await check(await signClaims(key))).ok).toBe(true);
    server.be('broken');
    time.pass(3_600_000);
    time.runDue();
    expect((await check(await signClaims(key, { sub: 'dave' }))).ok).toBe(true);
    const strange = await signClaims({ ...key, kid: 'x' });
    expect(await check(strange)).toEqual({ ok: false, reason: 'unavailable' });
  });

  test('are fetched again by themselves: a key that was taken away counts no more', async () => {
    const [first, second] = [await createSigningKey('a'), await createSigningKey('b')];
    const server = await startKeyServer(first);
    const time = createHandClock();
    const { check } = open(server.url, time.clock);
    const token = await signClaims(first);
    expect((await check(token)).ok).toBe(true);
    server.serve(second);
    time.pass(600_000);
    time.runDue();
    await until(async () => expect((await check(await signClaims(second))).ok).toBe(true));
    expect(await check(token)).toMatchObject({ ok: false, reason: 'unknown' });
  });

  test('are asked for no more once it is stopped', async () => {
    const server = await startKeyServer(await createSigningKey());
    const time = createHandClock();
    const { keys } = open(server.url, time.clock);
    await until(() => expect(time.isDue()).toBe(true));
    keys.stop();
    expect(time.isDue()).toBe(false);
  });
});
