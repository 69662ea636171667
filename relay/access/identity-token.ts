/** Whether a token was signed by the identity provider, and what it says: JSON Web Tokens, checked by `jose`. */
import { type CompactJWSHeaderParameters, compactVerify, decodeProtectedHeader } from 'jose';
import * as v from 'valibot';
import type { Claims } from './agents.ts';
import { type IdentityKeys, KeysMissing } from './identity-keys.ts';

/** Public keys only: with a shared secret, whoever can check a token could make one. */
const ALGORITHMS = [
  'RS256',
  'RS384',
  'RS512',
  'PS256',
  'PS384',
  'PS512',
  'ES256',
  'ES384',
  'ES512',
  'EdDSA',
  'Ed25519',
];
/** Tokens whose signature is not looked at a second time. */
const MAX_REMEMBERED = 10_000;

const claimsSchema = v.record(v.string(), v.unknown());

type Verified =
  | { ok: true; claims: Claims }
  | { ok: false; reason: 'unknown'; why: 'algorithm' | 'key' | 'signature' | 'claims' }
  /** Nobody can tell: the provider's keys cannot be had. */
  | { ok: false; reason: 'unavailable' }
  /** It was not looked at, because it may not be at present. */
  | { ok: false; reason: 'unchecked' };

/** Never rejects. `mayCheck` is asked just before a signature is checked; a token known to be good needs no check. */
export type VerifyToken = (token: string, tokenSha256: string, mayCheck: () => boolean) => Promise<Verified>;

export function looksSigned(token: string): boolean {
  return /^[\w-]+\.[\w-]+\.[\w-]+$/.test(token);
}

export function createTokenVerifier(keys: IdentityKeys): VerifyToken {
  let remembered = new Map<string, Claims>();
  let rememberedEdition = keys.edition();
  /** One signature after the other, so that a flood is refused from the moment it has been recognised as one. */
  let turn: Promise<unknown> = Promise.resolve();

  function recall(tokenSha256: string): Claims | undefined {
    if (rememberedEdition !== keys.edition()) {
      remembered = new Map();
      rememberedEdition = keys.edition();
    }
    return remembered.get(tokenSha256);
  }

  function remember(tokenSha256: string, claims: Claims): void {
    const oldest = remembered.keys().next();
    if (remembered.size >= MAX_REMEMBERED && oldest.done !== true) remembered.delete(oldest.value);
    remembered.set(tokenSha256, claims);
  }

  async function verify(token: string, tokenSha256: string, mayCheck: () => boolean): Promise<Verified> {
    if (!mayCheck()) return { ok: false, reason: 'unchecked' };
    const header = readHeader(token);
    if (header === undefined) return { ok: false, reason: 'unknown', why: 'algorithm' };
    const { edition, key } = await keys.find(header);
    return inTurn(async () => {
      if (!mayCheck()) return { ok: false, reason: 'unchecked' };
      const claims = await readSigned(token, key);
      if (!claims.ok) return claims;
      if (edition === keys.edition()) remember(tokenSha256, claims.claims);
      return claims;
    });
  }

  function inTurn<Result>(action: () => Promise<Result>): Promise<Result> {
    const result = turn.then(action);
    turn = result.catch(() => {});
    return result;
  }

  return async (token, tokenSha256, mayCheck) => {
    const claims = recall(tokenSha256);
    if (claims !== undefined) return { ok: true, claims };
    try {
      return await verify(token, tokenSha256, mayCheck);
    } catch (error) {
      if (error instanceof KeysMissing) return { ok: false, reason: 'unavailable' };
      return { ok: false, reason: 'unknown', why: 'key' };
    }
  };
}

function readHeader(token: string): CompactJWSHeaderParameters | undefined {
  try {
    const { alg, ...header } = decodeProtectedHeader(token);
    return alg !== undefined && ALGORITHMS.includes(alg) ? { ...header, alg } : undefined;
  } catch {
    return undefined;
  }
}

async function readSigned(token: string, key: CryptoKey): Promise<Verified> {
  try {
    const { payload } = await compactVerify(token, key, { algorithms: ALGORITHMS });
    const claims = v.safeParse(claimsSchema, JSON.parse(new TextDecoder().decode(payload)));
    return claims.success
      ? { ok: true, claims: claims.output }
      : { ok: false, reason: 'unknown', why: 'claims' };
  } catch (error) {
    return { ok: false, reason: 'unknown', why: error instanceof SyntaxError ? 'claims' : 'signature' };
  }
}
