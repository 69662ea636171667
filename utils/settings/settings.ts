/**
 * What Earshot connects to, where it stands by itself and how long it keeps calls: one schema, from which type,
 * defaults and decoding come. How an agent likes to read is in `preferences.ts`; `migrate-settings.ts` brings what an
 * older version stored to this one.
 */
import * as v from 'valibot';
import { fieldMap } from '../transcript/field-map.ts';
import { many, words, yesNo } from './lenient.ts';

export const SETTINGS_VERSION = 2;
export const MAX_RELAYS = 10;
export const MAX_SITES = 200;
export const MAX_RELAY_NAME_LENGTH = 60;
const MAX_ADDRESS_LENGTH = 2_000;
const MAX_ORIGIN_LENGTH = 300;

const id = v.pipe(v.string(), v.minLength(1), v.maxLength(60));

const relay = v.object({
  id,
  /** Empty: it is called by its host. */
  name: words(MAX_RELAY_NAME_LENGTH),
  /** As typed; `utils/connection/relay-address.ts` reads it. */
  address: words(MAX_ADDRESS_LENGTH),
  /** It is a proxy that only passes the platform's frames on. */
  plain: yesNo(false),
  /** Whether the token outlives the browser session. */
  rememberToken: yesNo(false),
  /** How its events are read; without one, as the relay says, and else by the tolerant reader alone. */
  fieldMap: v.optional(v.fallback(v.optional(fieldMap), undefined)),
});

const site = v.object({
  /** Such as `https://acme.zendesk.com`, with a port where the address has one. */
  origin: v.pipe(v.string(), v.regex(/^https?:\/\/[^/]+$/), v.maxLength(MAX_ORIGIN_LENGTH)),
  /** The relay whose calls are shown there; empty: the default one. */
  relay: words(60),
});

/** For how long a call is kept after its last event, in minutes; 0: until the browser closes, which ends all. */
export const keepMinutesChoices = [0, 15, 60, 240, 480] as const;

export const settingsEntries = {
  relays: many(relay, MAX_RELAYS),
  /** Shown where neither the tab nor its site has another; the first one where there is no such relay. */
  defaultRelay: words(60),
  /** Where the sidebar opens by itself, if the browser's permission stands too. */
  sites: many(site, MAX_SITES),
  keepMinutes: v.optional(v.fallback(v.picklist(keepMinutesChoices), 0), 0),
};

const settingsSchema = v.object(settingsEntries);

export type Settings = v.InferOutput<typeof settingsSchema>;
export type Relay = v.InferOutput<typeof relay>;
export type Site = v.InferOutput<typeof site>;

/** Settings of this version; what is missing or not understood takes its default. */
export function decodeSettings(stored: unknown): Settings {
  const parsed = v.safeParse(settingsSchema, stored ?? {});
  return parsed.success ? parsed.output : v.parse(settingsSchema, {});
}

/** The relay of this id, else the default one, else the first; `undefined` where there is none. */
export function findRelay({ relays, defaultRelay }: Settings, relayId?: string): Relay | undefined {
  const named = (wanted: string | undefined) => relays.find((one) => one.id === wanted);
  return named(relayId) ?? named(defaultRelay) ?? relays[0];
}
