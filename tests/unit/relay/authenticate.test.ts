import { expect, test } from 'vitest';
import { createAuthenticator, hashToken } from '../../../relay/access/authenticate.ts';

const NOW_MS = 1_000_000;
const clock = { now: () => NOW_MS, after: () => () => {} };
const agentOf = (token: string, expiresAtMs?: number) => ({
  name: token,
  tokenSha256: hashToken(token),
  calls: 'all' as const,
  stream: 'main',
  expiresAtMs,
});
const alice = agentOf('alice');
const lasting = agentOf('lasting', NOW_MS + 1);
const authenticate = createAuthenticator([alice, agentOf('bob'), lasting, agentOf('past', NOW_MS)], clock);

test.each([
  ['a known token', 'alice', { ok: true, agent: alice }],
  ['another case', 'Alice', { ok: false, reason: 'unknown' }],
  ['the hash itself', alice.tokenSha256, { ok: false, reason: 'unknown' }],
  ['a token before its last moment', 'lasting', { ok: true, agent: lasting }],
  ['a token from its last moment on', 'past', { ok: false, reason: 'expired', expiredAtMs: NOW_MS }],
  ['an empty token', '', { ok: false, reason: 'malformed' }],
  ['no token', undefined, { ok: false, reason: 'malformed' }],
  ['a token longer than any', 'x'.repeat(8_193), { ok: false, reason: 'malformed' }],
])('%s', (_name, token, expected) => {
  expect(authenticate(token)).toEqual(expected);
});
