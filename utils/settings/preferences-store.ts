/** Reads and changes the preferences; several pages may change them, each its own part. */
import type { Area } from '../storage/area.ts';
import { isLocked, type Policy, policyKeys, withPolicy } from './policy.ts';
import { decodePreferences, type Preferences } from './preferences.ts';

export type PreferencesStore = {
  /** What holds: stored, with the policy over and under it. */
  read(): Promise<Preferences>;
  /**
   * Changes some of them and leaves the others as they are stored by then, and what is locked as it is; rejects where
   * they cannot be stored.
   */
  change(part: Partial<Preferences>): Promise<void>;
  /** Forgets all that was chosen; what the policy gives stays. */
  reset(): Promise<void>;
};

export const PREFERENCES_KEY = 'preferences';

/** The keys whose change means that preferences changed. */
export const preferencesKeys: readonly string[] = [PREFERENCES_KEY, ...policyKeys];

export function createPreferencesStore(area: Area, readPolicy: () => Promise<Policy>): PreferencesStore {
  let last: Promise<unknown> = Promise.resolve();

  async function readAll(): Promise<{ stored: unknown; policy: Policy }> {
    const [stored, policy] = await Promise.all([area.read([PREFERENCES_KEY]), readPolicy()]);
    return { stored: stored[PREFERENCES_KEY], policy };
  }

  async function change(part: Partial<Preferences>): Promise<void> {
    const { stored, policy } = await readAll();
    const free = Object.entries(part).filter(([key]) => !isLocked(policy, key));
    if (free.length === 0) return;
    // What this version does not understand may be a newer one's, and stays.
    const others = typeof stored === 'object' ? stored : {};
    await area.write({ [PREFERENCES_KEY]: { ...others, ...Object.fromEntries(free) } });
  }

  /** One change after another; one that failed is told to whoever asked for it, and holds up nobody. */
  function queue(work: () => Promise<void>): Promise<void> {
    const done = last.then(work);
    last = done.catch(() => {});
    return done;
  }

  return {
    async read() {
      const { stored, policy } = await readAll();
      return decodePreferences(withPolicy(stored, policy));
    },
    change: (part) => queue(() => change(part)),
    reset: () => queue(() => area.remove([PREFERENCES_KEY])),
  };
}
