/**
 * What the identity provider says of somebody, made into an agent. The signature was checked before; everything else
 * is decided here, at the start of a connection and again for as long as it lasts, so that both always agree.
 */
import * as v from 'valibot';
import type { Clock } from '../clock.ts';
import type { IdentityConfig } from '../config/config.ts';
import type { CallRule, CallsAllowed } from '../stream/rules.ts';
import type { Agent, Claims } from './agents.ts';
import type { Authenticated, WhyUnknown } from './authenticate.ts';

/** How far the provider's clock may be from ours. */
export const CLOCK_TOLERANCE_MS = 30_000;

/** Seconds since 1970, up to the last moment a date can tell. */
const seconds = v.pipe(v.number(), v.minValue(0), v.maxValue(8_640_000_000_000));
const registeredClaims = v.object({
  iss: v.string(),
  aud: v.union([v.string(), v.array(v.string())]),
  exp: seconds,
  nbf: v.optional(seconds),
});
const agentName = v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(200));

type Known = { ok: true; agent: Agent; expiresAtMs: number; notBeforeMs: number };
type Unknown = Extract<Authenticated, { reason: 'unknown' }>;

/** `tokenSha256`: of the token that held the claims. The same claims give the same agent, not another like it. */
export type Vouch = (claims: Claims, tokenSha256: string) => Authenticated;

export function createVouch(identity: IdentityConfig, clock: Clock): Vouch {
  const known = new WeakMap<Claims, Known | Unknown>();

  return (claims, tokenSha256) => {
    const found = known.get(claims) ?? derive(identity, claims, tokenSha256);
    known.set(claims, found);
    if (!found.ok) return found;
    const nowMs = clock.now();
    if (nowMs >= found.expiresAtMs + CLOCK_TOLERANCE_MS) {
      return { ok: false, reason: 'expired', expiredAtMs: found.expiresAtMs };
    }
    return nowMs < found.notBeforeMs - CLOCK_TOLERANCE_MS
      ? unknown('not yet')
      : { ok: true, agent: found.agent };
  };
}

function derive(identity: IdentityConfig, claims: Claims, tokenSha256: string): Known | Unknown {
  const registered = v.safeParse(registeredClaims, claims);
  if (!registered.success) return unknown('claims');
  const { iss, aud, exp, nbf = 0 } = registered.output;
  if (iss !== identity.issuer) return unknown('issuer');
  if (![aud].flat().includes(identity.audience)) return unknown('audience');
  const name = v.safeParse(agentName, findClaim(claims, identity.name));
  if (!name.success) return unknown('name');
  if (identity.denied.includes(name.output)) return unknown('denied');
  const expiresAtMs = Math.floor(exp * 1_000);
  const { stream } = identity;
  const calls = callsOf(identity, claims);
  const agent: Agent = { name: name.output, tokenSha256, stream, calls, expiresAtMs, claims };
  return { ok: true, agent, expiresAtMs, notBeforeMs: nbf * 1_000 };
}

const unknown = (why: WhyUnknown): Unknown => ({ ok: false, reason: 'unknown', why });

/** All that any of the grants gives. */
function callsOf({ calls: grants }: IdentityConfig, claims: Claims): CallsAllowed {
  const rules: CallRule[] = [];
  for (const grant of grants) {
    const values = valuesOf(claims, grant.claim);
    if ('field' in grant) {
      if (values.length > 0) rules.push({ field: grant.field, in: values });
    } else if (values.includes(grant.has)) {
      if (grant.calls === 'all') return 'all';
      rules.push(...grant.calls);
    }
  }
  return rules;
}

/** The claim's value, or each of them. A scope is one text of several words (RFC 8693, 4.2). */
function valuesOf(claims: Claims, name: string): string[] {
  const found = findClaim(claims, name);
  const values =
    (name === 'scope' || name === 'scp') && typeof found === 'string' ? found.split(' ') : [found].flat();
  return values.flatMap((value) => {
    const isPlain = typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
    return isPlain && value !== '' ? [String(value)] : [];
  });
}

/** By its whole name, which may hold dots (`https://acme.example/team`); else a dot goes into an object. */
function findClaim(claims: Claims, name: string): unknown {
  if (Object.hasOwn(claims, name)) return claims[name];
  let found: unknown = claims;
  for (const step of name.split('.')) {
    if (typeof found !== 'object' || found === null || !Object.hasOwn(found, step)) return undefined;
    found = (found as Claims)[step];
  }
  return found;
}
