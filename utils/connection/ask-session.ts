/** Asks the relay why it refused: a browser says of a failed upgrade only that it failed. */
import * as v from 'valibot';
import {
  type SessionAnswer,
  type SessionRefusal,
  sessionAnswer,
  sessionRefusal,
} from '../protocol/session.ts';
import type { SessionResult } from './machine-types.ts';

const TIMEOUT_MS = 10_000;

/** Everything the relay can say of a session. */
export type SessionReading =
  | { kind: 'accepted'; answer: SessionAnswer }
  | { kind: 'refused'; refusal: SessionRefusal }
  | { kind: 'not-a-relay' }
  | { kind: 'unreachable' };

/** `GET /v1/session` with the agent's token. Never throws; no answer before `signal` aborts counts as unreachable. */
export async function readSession(
  fetcher: typeof fetch,
  sessionUrl: string,
  token: string,
  signal: AbortSignal,
): Promise<SessionReading> {
  try {
    const response = await fetcher(sessionUrl, {
      headers: { authorization: `Bearer ${token}` },
      credentials: 'omit',
      redirect: 'error',
      cache: 'no-store',
      signal,
    });
    return readAnswer(response.ok, await response.text());
  } catch {
    return { kind: 'unreachable' };
  }
}

/** The same within 10 s, as the connection machine needs it. */
export async function askSession(
  fetcher: typeof fetch,
  sessionUrl: string,
  token: string,
): Promise<SessionResult> {
  const reading = await readSession(fetcher, sessionUrl, token, AbortSignal.timeout(TIMEOUT_MS));
  if (reading.kind === 'accepted') return { kind: 'accepted' };
  return reading.kind === 'refused' ? readRefusal(reading.refusal) : reading;
}

function readAnswer(accepted: boolean, body: string): SessionReading {
  let json: unknown;
  try {
    json = JSON.parse(body);
  } catch {
    return { kind: 'not-a-relay' };
  }
  if (accepted) {
    const answer = v.safeParse(sessionAnswer, json);
    return answer.success ? { kind: 'accepted', answer: answer.output } : { kind: 'not-a-relay' };
  }
  const refusal = v.safeParse(sessionRefusal, json);
  return refusal.success ? { kind: 'refused', refusal: refusal.output } : { kind: 'not-a-relay' };
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
      return { kind: 'later', reason: 'overloaded', retryAfterMs };
    case 'crowded':
    case 'identity':
      return { kind: 'later', reason: code, retryAfterMs };
  }
}
