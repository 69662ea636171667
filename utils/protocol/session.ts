/** `GET /v1/session`: what a client asks when an upgrade was refused, since a browser hides the reason. */
import * as v from 'valibot';
import { timeMs, upstreamStates } from './frames.ts';

export const SESSION_PATH = '/v1/session';

export const sessionAnswer = v.object({
  agent: v.string(),
  calls: v.union([v.literal('all'), v.literal('some'), v.literal('none')]),
  upstream: v.picklist(upstreamStates),
});

export const sessionRefusal = v.object({
  code: v.picklist([
    'expired',
    'unknown',
    'malformed',
    'origin',
    'rate',
    /** The agent, or its address, has all the connections it may have. */
    'crowded',
    'draining',
    'overloaded',
    /** The relay has no keys of the identity provider to check the token with. */
    'identity',
  ]),
  message: v.optional(v.string()),
  /** With `expired`: when, ms since 1970. */
  expiredAtMs: v.optional(timeMs),
  retryAfterMs: v.optional(v.pipe(v.number(), v.finite(), v.minValue(0))),
});

export type SessionAnswer = v.InferOutput<typeof sessionAnswer>;
export type SessionRefusal = v.InferOutput<typeof sessionRefusal>;
