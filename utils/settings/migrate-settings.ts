/** What an older version stored as settings, brought to this version. */
import * as v from 'valibot';

/** The id of the one relay that version 1 knew. */
export const FIRST_RELAY_ID = 'relay-1';

/** One relay, without a version. */
const version1 = v.object({
  relayAddress: v.string(),
  plainRelay: v.optional(v.fallback(v.boolean(), false), false),
  rememberToken: v.optional(v.fallback(v.boolean(), false), false),
});

/** Stored settings as this version keeps them, not yet decoded. What no version wrote is as good as nothing. */
export function migrateSettings(stored: unknown): Record<string, unknown> {
  if (typeof stored !== 'object' || stored === null) return {};
  if ('version' in stored) return { ...stored };
  const old = v.safeParse(version1, stored);
  if (!old.success || old.output.relayAddress === '') return {};
  const { relayAddress, plainRelay, rememberToken } = old.output;
  return {
    relays: [{ id: FIRST_RELAY_ID, name: '', address: relayAddress, plain: plainRelay, rememberToken }],
    defaultRelay: FIRST_RELAY_ID,
  };
}
