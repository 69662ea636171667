import { expect, test } from 'vitest';
import { createAuthenticator, hashToken } from '../../../relay/authenticate.ts';

const alice = { name: 'Alice', tokenSha256: hashToken('alice') };
const authenticate = createAuthenticator([alice, { name: 'Bob', tokenSha256: hashToken('bob') }]);

test.each([
  ['a known token', 'alice', { ok: true, agent: alice }],
  ['another case', 'Alice', { ok: false, reason: 'unknown' }],
  ['the hash itself', alice.tokenSha256, { ok: false, reason: 'unknown' }],
  ['an empty token', '', { ok: false, reason: 'malformed' }],
  ['no token', undefined, { ok: false, reason: 'malformed' }],
  ['a token longer than any', 'x'.repeat(8_193), { ok: false, reason: 'malformed' }],
])('%s', (_name, token, expected) => {
  expect(authenticate(token)).toEqual(expected);
});
