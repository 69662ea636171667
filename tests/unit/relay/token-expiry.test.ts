import { describe, expect, test } from 'vitest';
import { createPlatformTokenReader } from '../../../relay/upstream/platform-token.ts';
import { readTokenExpiry } from '../../../relay/upstream/token-expiry.ts';

const part = (json: unknown) => Buffer.from(JSON.stringify(json)).toString('base64url');
const jwt = (claims: unknown) => `${part({ alg: 'HS256', typ: 'JWT' })}.${part(claims)}.c2lnbmF0dXJl`;

describe('the end of a token', () => {
  test.each<[string, string, number | undefined]>([
    ['a JWT that says', jwt({ exp: 1_800_000_000 }), 1_800_000_000_000],
    ['one with a fraction', jwt({ exp: 1_800_000_000.25, sub: 'x' }), 1_800_000_000_250],
    ['one whose text is beyond ASCII', jwt({ name: 'Zoë', exp: 1 }), 1_000],
    ['one that does not say', jwt({ sub: 'x' }), undefined],
    ['one that says it in words', jwt({ exp: 'tomorrow' }), undefined],
    ['one that says more than a date can hold', jwt({ exp: 1e300 }), undefined],
    ['one that says less than nothing', jwt({ exp: -1 }), undefined],
    ['a JWT of a list', jwt([1]), undefined],
    ['a JWT of nothing', 'a..b', undefined],
    ['a JWT that is not base64url', 'a.§§§.b', undefined],
    ['a JWT that is not JSON', 'a.YWJj.b', undefined],
    ['an encrypted token of five parts', 'a.b.c.d.e', undefined],
    ['an opaque token', 'cx_51f0c3', undefined],
    ['an empty one', '', undefined],
  ])('%s', (_name, token, expiresAtMs) => {
    expect(readTokenExpiry(token)).toBe(expiresAtMs);
  });

  test('is read with the token', async () => {
    const token = jwt({ exp: 5 });
    const read = createPlatformTokenReader({ from: 'environment', token });
    expect(await read()).toEqual({ ok: true, token, expiresAtMs: 5_000 });
  });
});
