/**
 * What an administrator sends an agent, so that one paste sets Earshot up: `earshot:` and base64url of JSON, or that
 * JSON itself. It may hold the agent's token, and so travels like a password.
 */
import * as v from 'valibot';

export const SETUP_SCHEME = 'earshot:';
const MAX_SETUP_LENGTH = 20_000;

const setup = v.object({
  /** The relay's address, as a person would type it. */
  relay: v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(2_000)),
  name: v.optional(v.pipe(v.string(), v.maxLength(60)), ''),
  plain: v.optional(v.boolean(), false),
  /** Without one the agent is asked for it. */
  token: v.optional(v.pipe(v.string(), v.maxLength(8_192)), ''),
});

export type Setup = v.InferOutput<typeof setup>;
export type SetupProblem = 'empty' | 'too-long' | 'not-a-setup' | 'cut-short' | 'no-relay';
export type ReadSetup = { ok: true; setup: Setup } | { ok: false; problem: SetupProblem };
