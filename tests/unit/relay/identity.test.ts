/** Claims made into agents; the signature is another file's. */
import { describe, expect, test, vi } from 'vitest';
import { CLOCK_TOLERANCE_MS, createVouch } from '../../../relay/access/identity.ts';
import type { IdentityConfig } from '../../../relay/config/config.ts';

const NOW_MS = 1_700_000_000_000;
const NOW_S = NOW_MS / 1_000;
const clock = { now: () => NOW_MS, after: () => () => {} };
const CONFIG: IdentityConfig = {
  issuer: 'https://login.example',
  audience: 'earshot',
  jwks: 'keys.json',
  name: 'sub',
  calls: [],
  stream: 'main',
  denied: ['mallory'],
};
const CLAIMS = { iss: 'https://login.example', aud: 'earshot', sub: 'carol', exp: NOW_S + 60 };
const HASH = 'a'.repeat(64);

function vouch(claims: Record<string, unknown>, config: Partial<IdentityConfig> = {}) {
  return createVouch({ ...CONFIG, ...config }, clock)({ ...CLAIMS, ...claims }, HASH);
}

test('good claims give an agent: name, stream, end, and the claims to ask again', () => {
  expect(vouch({})).toEqual({
    ok: true,
    agent: {
      name: 'carol',
      tokenSha256: HASH,
      stream: 'main',
      calls: [],
      expiresAtMs: NOW_MS + 60_000,
      claims: CLAIMS,
    },
  });
});

test.each<[string, Record<string, unknown>, object]>([
  ['another issuer', { iss: 'https://login.example/' }, { why: 'issuer' }],
  ['no issuer', { iss: undefined }, { why: 'claims' }],
  ['another audience', { aud: 'crm' }, { why: 'audience' }],
  ['none of its audiences', { aud: ['crm', 'earshot2'] }, { why: 'audience' }],
  ['no audience', { aud: undefined }, { why: 'claims' }],
  ['no end', { exp: undefined }, { why: 'claims' }],
  ['an end in words', { exp: '2027-01-01' }, { why: 'claims' }],
  ['an end beyond all dates', { exp: 1e300 }, { why: 'claims' }],
  ['an end long ago', { exp: NOW_S - 31 }, { reason: 'expired', expiredAtMs: NOW_MS - 31_000 }],
  ['a beginning to come', { nbf: NOW_S + 31 }, { why: 'not yet' }],
  ['no name', { sub: undefined }, { why: 'name' }],
  ['an empty name', { sub: '  ' }, { why: 'name' }],
  ['a name that is a list', { sub: ['carol'] }, { why: 'name' }],
  ['a denied name', { sub: 'mallory' }, { why: 'denied' }],
])('%s is refused', (_name, claims, expected) => {
  expect(vouch(claims)).toEqual({ ok: false, reason: 'unknown', ...expected });
});

test.each<[string, Record<string, unknown>]>([
  ['one of several audiences', { aud: ['crm', 'earshot'] }],
  ['an end just now, by a clock that goes before ours', { exp: NOW_S - CLOCK_TOLERANCE_MS / 1_000 + 1 }],
  ['a beginning in a moment', { nbf: NOW_S + CLOCK_TOLERANCE_MS / 1_000 }],
])('%s is let in', (_name, claims) => {
  expect(vouch(claims).ok).toBe(true);
});

describe('what the agent sees', () => {
  const own = { field: 'dest_number', in: ['2001'] };
  const calls: IdentityConfig['calls'] = [
    { claim: 'roles', has: 'lead', calls: 'all' },
    { claim: 'roles', has: 'sales', calls: [own, { field: 'customer', match: 'acme*' }] },
    { claim: 'numbers', field: 'dest_number' },
    { claim: 'realm_access.roles', has: 'desk', calls: [own] },
    { claim: 'https://acme.example/team', field: 'team' },
    { claim: 'scope', has: 'calls.read', calls: [own] },
  ];
  test.each<[string, Record<string, unknown>, unknown]>([
    ['nothing is granted', {}, []],
    ['another role', { roles: ['cleaner'] }, []],
    ['a role among several', { roles: ['cleaner', 'sales'] }, [own, { field: 'customer', match: 'acme*' }]],
    ['a role alone', { roles: 'lead' }, 'all'],
    ['all, whatever else', { roles: ['sales', 'lead'], numbers: ['9'] }, 'all'],
    ['a value', { numbers: '2002' }, [{ field: 'dest_number', in: ['2002'] }]],
    [
      'numbers and texts',
      { numbers: [2002, '2003', true] },
      [{ field: 'dest_number', in: ['2002', '2003', 'true'] }],
    ],
    ['no value that could be one', { numbers: [null, '', { a: 1 }] }, []],
    ['a claim inside another', { realm_access: { roles: ['desk'] } }, [own]],
    [
      'a claim with dots in its name',
      { 'https://acme.example/team': 'red' },
      [{ field: 'team', in: ['red'] }],
    ],
    ['one word of a scope', { scope: 'openid calls.read' }, [own]],
    ['words of what is no scope', { roles: 'lead sales' }, []],
    ['what every object has', { roles: ['constructor'], constructor: 'lead' }, []],
    [
      'several',
      { roles: 'sales', numbers: ['7'] },
      [own, { field: 'customer', match: 'acme*' }, { field: 'dest_number', in: ['7'] }],
    ],
  ])('%s', (_name, claims, expected) => {
    expect(vouch(claims, { calls })).toMatchObject({ ok: true, agent: { calls: expected } });
  });

  test('a claim that is inherited is not there', () => {
    expect(vouch({}, { name: 'constructor.name' })).toMatchObject({ why: 'name' });
  });
});

test('asked again, the same claims give the same agent until they end', () => {
  const now = vi.fn(() => NOW_MS);
  const again = createVouch(CONFIG, { ...clock, now });
  const first = again(CLAIMS, HASH);
  const second = again(CLAIMS, HASH);
  expect(first.ok && second.ok && first.agent === second.agent).toBe(true);
  now.mockReturnValue(NOW_MS + 60_000 + CLOCK_TOLERANCE_MS);
  expect(again(CLAIMS, HASH)).toEqual({ ok: false, reason: 'expired', expiredAtMs: NOW_MS + 60_000 });
});
