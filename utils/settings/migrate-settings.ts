/** What an older version stored as settings, brought to this version. */
import * as v from 'valibot';

/** The id of the one relay that version 1 knew. */
const FIRST_RELAY_ID = 'relay-1';

/** Where version 1 kept the token of its relay, in the area that was chosen for it. */
export const FIRST_TOKEN_KEY = 'token';

/** One relay, without a version. */
const version1 = v.object({
  relayAddress: v.string(),
  plainRelay: v.optional(v.fallback(v.boolean(), false), false),
  rememberToken: v.optional(v.fallback(v.boolean(), false), false),
});

const token1 = v.object({ token: v.pipe(v.string(), v.minLength(1)), relayAddress: v.string() });

/**
 * Stored settings as this version keeps them, not yet decoded; those of a newer one as they are. What no version wrote
 * is as good as nothing.
 */
export function migrateSettings(stored: unknown): Record<string, unknown> {
  if (typeof stored !== 'object' || stored === null || Array.isArray(stored)) return {};
  if ('version' in stored) return { ...stored };
  const old = v.safeParse(version1, stored);
  if (!old.success || old.output.relayAddress === '') return {};
  const { relayAddress, plainRelay, rememberToken } = old.output;
  return {
    relays: [{ id: FIRST_RELAY_ID, name: '', address: relayAddress, plain: plainRelay, rememberToken }],
    defaultRelay: FIRST_RELAY_ID,
  };
}

/**
 * The token of version 1, as this one keeps tokens. In its first days it kept none but the bare text: nobody knows for
 * which relay that was, and it is sent to none.
 */
export function migrateToken(stored: unknown): Record<string, { token: string; address: string }> {
  const old = v.safeParse(token1, stored);
  if (!old.success) return {};
  return { [FIRST_RELAY_ID]: { token: old.output.token, address: old.output.relayAddress } };
}
