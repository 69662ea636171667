/** Asks the relay why it refused: a browser says of a failed upgrade only that it failed. */
import * as v from 'valibot';
import { type SessionRefusal, sessionAnswer, sessionRefusal } from '../protocol/session.ts';
import type { SessionResult } from './machine-types.ts';

const TIMEOUT_MS = 10_000;

/** `GET /v1/session` with the agent's token. Never throws; no answer within 10 s counts as unreachable. */
export async function askSession(
  fetcher: typeof fetch,
  sessionUrl: string,
  token: string,
): Promise<SessionResult> {
  try {
    const response = await fetcher(sessionUrl, {
      headers: { authorization: `Bearer ${token}` },
      credentials: 'omit',
      redirect: 'error',
      cache: 'no-store',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    return readAnswer(response.ok, await response.text());
  } catch {
    return { kind: 'unreachable' };
  }
}

function readAnswer(accepted: boolean, body: string): SessionResult {
  let json: unknown;
  try {
    json = JSON.parse(body);
  } catch {
    return { kind: 'not-a-relay' };
  }
  if (accepted) return v.is(sessionAnswer, json) ? { kind: 'accepted' } : { kind: 'not-a-relay' };
  const refusal = v.safeParse(sessionRefusal, json);
  return refusal.success ? readRefusal(refusal.output) : { kind: 'not-a-relay' };
}

function readRefusal({ code, retryAfterMs, expiredAtMs }: SessionRefusal): SessionResult {
  switch (code) {
    case 'expired':
      return { kind: 'refused', reason: 'token-expired', expiredAtMs };
    case 'unknown':
    case 'malformed':
      return { kind: 'refused', reason: 'token-refused', expiredAtMs: undefined };
    case 'origin':
      return { kind: 'refused', reason: 'origin-refused', expiredAtMs: undefined };
    case 'rate':
    case 'draining':
    case 'overloaded':
      return { kind: 'later', retryAfterMs };
  }
}
