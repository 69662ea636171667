/**
 * Reads and changes the settings, and keeps the agent's tokens: each for this browser session, or on this computer
 * where its relay says so.
 */
import * as v from 'valibot';
import type { Area } from '../storage/area.ts';
import { migrateSettings } from './migrate-settings.ts';
import { isLocked, type Policy, policyKeys, withPolicy } from './policy.ts';
import { decodeSettings, type Relay, SETTINGS_VERSION, type Settings } from './settings.ts';

export type SettingsStore = {
  /** What holds: stored, with the policy over and under it. */
  read(): Promise<Settings>;
  /** Changes what `update` changes and leaves the rest as it is stored by then, and what is locked as it is. */
  change(update: (settings: Settings) => Settings): Promise<void>;
  /** Adds a relay, or puts it in place of the one with its id, together with its token. */
  putRelay(relay: Relay, token: string): Promise<void>;
  /** Removes it and its token. */
  removeRelay(relayId: string): Promise<void>;
  /** The agent's token for this relay, as long as it still has the address it was entered for; empty for none. */
  tokenOf(relay: Relay): Promise<string>;
};

export const SETTINGS_KEY = 'settings';
export const TOKENS_KEY = 'tokens';

/** The keys whose change means that settings changed. */
export const settingsKeys: readonly string[] = [SETTINGS_KEY, TOKENS_KEY, ...policyKeys];

/** Kept with the address it is for: while both are being written, no relay is ever sent another one's token. */
const storedToken = v.object({ token: v.string(), address: v.string() });
const storedTokens = v.optional(v.fallback(v.record(v.string(), storedToken), {}), {});

/** `local` outlives the browser session, `session` does not. */
export function createSettingsStore(
  local: Area,
  session: Area,
  readPolicy: () => Promise<Policy>,
): SettingsStore {
  let last: Promise<unknown> = Promise.resolve();

  async function readStored(): Promise<Record<string, unknown>> {
    return migrateSettings((await local.read([SETTINGS_KEY]))[SETTINGS_KEY]);
  }

  async function readTokens(area: Area) {
    return v.parse(storedTokens, (await area.read([TOKENS_KEY]))[TOKENS_KEY]);
  }

  /** One change after another; one that failed is told to whoever asked for it, and holds up nobody. */
  function queue<Result>(work: () => Promise<Result>): Promise<Result> {
    const done = last.then(work);
    last = done.catch(() => {});
    return done;
  }

  async function change(update: (settings: Settings) => Settings): Promise<void> {
    const [stored, policy] = await Promise.all([readStored(), readPolicy()]);
    const before = decodeSettings(withPolicy(stored, policy));
    const after = update(before);
    const keys = Object.keys(after) as (keyof Settings)[];
    const changed = keys.filter((key) => after[key] !== before[key] && !isLocked(policy, key));
    const part = Object.fromEntries(changed.map((key) => [key, after[key]]));
    await local.write({ [SETTINGS_KEY]: { ...stored, version: SETTINGS_VERSION, ...part } });
  }

  async function setToken(area: Area, relayId: string, token: v.InferOutput<typeof storedToken> | undefined) {
    const { [relayId]: _old, ...others } = await readTokens(area);
    await area.write({ [TOKENS_KEY]: token === undefined ? others : { ...others, [relayId]: token } });
  }

  return {
    async read() {
      const [stored, policy] = await Promise.all([readStored(), readPolicy()]);
      return decodeSettings(withPolicy(stored, policy));
    },
    change: (update) => queue(() => change(update)),
    putRelay: (relay, token) =>
      queue(async () => {
        const [kept, other] = relay.rememberToken ? [local, session] : [session, local];
        await setToken(kept, relay.id, token === '' ? undefined : { token, address: relay.address });
        await change((settings) => ({ ...settings, relays: withRelay(settings.relays, relay) }));
        await setToken(other, relay.id, undefined);
      }),
    removeRelay: (relayId) =>
      queue(async () => {
        await change((settings) => ({
          ...settings,
          relays: settings.relays.filter(({ id }) => id !== relayId),
        }));
        await setToken(session, relayId, undefined);
        await setToken(local, relayId, undefined);
      }),
    async tokenOf(relay) {
      const known = (await readTokens(relay.rememberToken ? local : session))[relay.id];
      return known?.address === relay.address ? known.token : '';
    },
  };
}

function withRelay(relays: readonly Relay[], relay: Relay): Relay[] {
  const isKnown = relays.some(({ id }) => id === relay.id);
  return isKnown ? relays.map((one) => (one.id === relay.id ? relay : one)) : [...relays, relay];
}
