/** Who may connect: the bearer token of the moment, and until when. */
import { createHmac } from 'node:crypto';

export type Access = {
  /** The token that is accepted now, expired or not. */
  token(): string;
  /** Whether an `Authorization` header opens the door at this moment. */
  admits(authorization: string | null): boolean;
  /** From now on this token alone, without an end. Connections that are open stay so. */
  setToken(token: string): void;
};

/** `expiresAtMs`: ms since 1970; without it the token does not expire. */
export function createAccess(given: { token: string; expiresAtMs?: number }, nowMs: () => number): Access {
  let { token, expiresAtMs = Number.POSITIVE_INFINITY } = given;
  return {
    token: () => token,
    admits: (authorization) => authorization === `Bearer ${token}` && nowMs() < expiresAtMs,
    setToken(next) {
      token = next;
      expiresAtMs = Number.POSITIVE_INFINITY;
    },
  };
}

/**
 * A JSON Web Token (HS256) of the kind the guide shows (`eyJhbGci…`). Times are ms since 1970, and whole seconds
 * in the token: its `exp` is rounded up.
 */
export function mintJwt(nowMs: number, expiresAtMs: number, key: Uint8Array): string {
  const encode = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url');
  const header = encode({ alg: 'HS256', typ: 'JWT' });
  const claims = encode({
    sub: 'simulator',
    iat: Math.floor(nowMs / 1000),
    exp: Math.ceil(expiresAtMs / 1000),
  });
  const signature = createHmac('sha256', key).update(`${header}.${claims}`).digest('base64url');
  return `${header}.${claims}.${signature}`;
}
