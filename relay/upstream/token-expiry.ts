/**
 * When the platform's token ends, if it says so. The platform's guide shows a JWT; whether every account has one is not
 * documented, so a token of any other form is as good.
 */
import * as v from 'valibot';

const claims = v.object({ exp: v.pipe(v.number(), v.finite(), v.minValue(0)) });

/**
 * `exp` of a JWT in ms since 1970; `undefined` for every other token, and for a JWT that cannot be read or does not
 * say. The signature is not checked: the platform alone has the key, and nothing is granted on the strength of this.
 */
export function readTokenExpiry(token: string): number | undefined {
  const parts = token.split('.');
  if (parts.length !== 3) return undefined;
  const parsed = v.safeParse(claims, parseJson(Buffer.from(parts[1] ?? '', 'base64url').toString()));
  const atMs = parsed.success ? Math.round(parsed.output.exp * 1_000) : undefined;
  // Beyond that there is no date to name it by, nor a need to.
  return atMs !== undefined && atMs <= MAX_DATE_MS ? atMs : undefined;
}

/** The last moment a `Date` can hold. */
const MAX_DATE_MS = 8.64e15;

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
