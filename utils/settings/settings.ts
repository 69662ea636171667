/** The settings a person makes. One schema: type, defaults and decoding come from it. */
import * as v from 'valibot';

const settingsSchema = v.object({
  /** As typed; `utils/connection/relay-address.ts` reads it. */
  relayAddress: v.optional(v.fallback(v.string(), ''), ''),
  /** The relay is a proxy that only passes the platform's frames on. */
  plainRelay: v.optional(v.fallback(v.boolean(), false), false),
  /** Whether the token outlives the browser session. */
  rememberToken: v.optional(v.fallback(v.boolean(), false), false),
});

export type Settings = v.InferOutput<typeof settingsSchema>;

/** Settings from storage; what is missing or not understood takes its default. */
export function decodeSettings(stored: unknown): Settings {
  const parsed = v.safeParse(settingsSchema, stored ?? {});
  return parsed.success ? parsed.output : v.parse(settingsSchema, {});
}
