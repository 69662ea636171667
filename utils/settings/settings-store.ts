/**
 * Reads and changes the settings, and keeps the agent's tokens: each for this browser session, or on this computer
 * where its relay says so.
 */
import type { Area } from '../storage/area.ts';
import { migrateSettings } from './migrate-settings.ts';
import { isSame } from './plain-data.ts';
import { isLocked, type Policy, policyKeys, policyToken, withPolicy } from './policy.ts';
import { decodeSettings, type Relay, SETTINGS_VERSION, type Settings } from './settings.ts';
import { createTokenStore, tokenKeys } from './token-store.ts';

export type SettingsStore = {
  /** What holds: stored, with the policy over and under it. */
  read(): Promise<Settings>;
  /**
   * Changes what `update` changes and leaves the rest as it is stored by then, and what is locked as it is. With a relay
   * goes its token.
   */
  change(update: (settings: Settings) => Settings): Promise<void>;
  /**
   * Adds a relay, or puts it in place of the one with its id, together with its token. Where the relays are locked only
   * the token of one of them is kept.
   */
  putRelay(relay: Relay, token: string): Promise<void>;
  /** Removes it and its token. */
  removeRelay(relayId: string): Promise<void>;
  /**
   * The agent's token for this relay, as long as it still has the address it was entered for, or else the policy's; of
   * locked relays first the policy's. Empty for none.
   */
  tokenOf(relay: Relay): Promise<string>;
  /** Forgets all that was chosen and every token; what the policy gives stays. */
  reset(): Promise<void>;
};

export const SETTINGS_KEY = 'settings';

/** The keys whose change means that settings changed. */
export const settingsKeys: readonly string[] = [SETTINGS_KEY, ...tokenKeys, ...policyKeys];

/** `local` outlives the browser session, `session` does not. */
export function createSettingsStore(
  local: Area,
  session: Area,
  readPolicy: () => Promise<Policy>,
): SettingsStore {
  const remembered = createTokenStore(local);
  const passing = createTokenStore(session);
  let last: Promise<unknown> = Promise.resolve();

  async function readAll() {
    const [stored, policy] = await Promise.all([local.read([SETTINGS_KEY]), readPolicy()]);
    const own = migrateSettings(stored[SETTINGS_KEY]);
    return { own, policy, held: decodeSettings(withPolicy(own, policy)) };
  }

  /** One change after another; one that failed is told to whoever asked for it, and holds up nobody. */
  function queue(work: () => Promise<void>): Promise<void> {
    const done = last.then(work);
    last = done.catch(() => {});
    return done;
  }

  async function change(update: (settings: Settings) => Settings): Promise<void> {
    const { own, policy, held } = await readAll();
    const after = update(held);
    const keys = Object.keys(after) as (keyof Settings)[];
    const changed = keys.filter((key) => !isSame(after[key], held[key]) && !isLocked(policy, key));
    if (changed.length === 0) return;
    const part = Object.fromEntries(changed.map((key) => [key, after[key]]));
    await local.write({ [SETTINGS_KEY]: { ...own, version: versionOf(own), ...part } });
    if (!changed.includes('relays')) return;
    const isKept = (relayId: string) => after.relays.some(({ id }) => id === relayId);
    await passing.keepOnly(isKept);
    await remembered.keepOnly(isKept);
  }

  async function putRelay(given: Relay, token: string): Promise<void> {
    const { policy, held } = await readAll();
    const relay = isLocked(policy, 'relays') ? held.relays.find(({ id }) => id === given.id) : given;
    if (relay === undefined) return;
    const [kept, other] = relay.rememberToken ? [remembered, passing] : [passing, remembered];
    const isOwn = token !== '' && token !== policyToken(policy, relay);
    if (isOwn) await kept.put(relay.id, { token, address: relay.address });
    await change((settings) => ({ ...settings, relays: withRelay(settings.relays, relay) }));
    await other.keepOnly((relayId) => relayId !== relay.id);
    if (!isOwn) await kept.keepOnly((relayId) => relayId !== relay.id);
  }

  return {
    read: async () => (await readAll()).held,
    change: (update) => queue(() => change(update)),
    putRelay: (relay, token) => queue(() => putRelay(relay, token)),
    removeRelay: (relayId) =>
      queue(() =>
        change((settings) => ({ ...settings, relays: settings.relays.filter(({ id }) => id !== relayId) })),
      ),
    async tokenOf(relay) {
      const store = relay.rememberToken ? remembered : passing;
      const [known, policy] = await Promise.all([store.read(relay.id), readPolicy()]);
      const own = known?.address === relay.address ? known.token : '';
      const given = policyToken(policy, relay);
      return isLocked(policy, 'relays') ? given || own : own || given;
    },
    reset: () =>
      queue(async () => {
        await passing.clear();
        await remembered.clear();
        await local.remove([SETTINGS_KEY]);
      }),
  };
}

function withRelay(relays: readonly Relay[], relay: Relay): Relay[] {
  const isKnown = relays.some(({ id }) => id === relay.id);
  return isKnown ? relays.map((one) => (one.id === relay.id ? relay : one)) : [...relays, relay];
}

/** A newer version's settings stay its own, whatever this one changes in them. */
function versionOf({ version }: Record<string, unknown>): number {
  return typeof version === 'number' ? Math.max(version, SETTINGS_VERSION) : SETTINGS_VERSION;
}
