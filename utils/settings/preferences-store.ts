/** Reads and changes the preferences; several pages may change them, each its own part. */
import type { Area } from '../storage/area.ts';
import { isLocked, type Policy, withPolicy } from './policy.ts';
import { decodePreferences, type Preferences } from './preferences.ts';

export type PreferencesStore = {
  /** What holds: stored, with the policy over and under it. */
  read(): Promise<Preferences>;
  /**
   * Changes some of them and leaves the others as they are stored by then, and what is locked as it is; rejects where
   * they cannot be stored.
   */
  change(part: Partial<Preferences>): Promise<void>;
};

export const PREFERENCES_KEY = 'preferences';

export function createPreferencesStore(area: Area, readPolicy: () => Promise<Policy>): PreferencesStore {
  let last: Promise<unknown> = Promise.resolve();

  async function readStored(): Promise<unknown> {
    return (await area.read([PREFERENCES_KEY]))[PREFERENCES_KEY];
  }

  return {
    async read() {
      const [stored, policy] = await Promise.all([readStored(), readPolicy()]);
      return decodePreferences(withPolicy(stored, policy));
    },
    change(part) {
      const changed = last.then(async () => {
        const [stored, policy] = await Promise.all([readStored(), readPolicy()]);
        const free = Object.entries(part).filter(([key]) => !isLocked(policy, key));
        // What this version does not understand may be a newer one's, and stays.
        const known = typeof stored === 'object' ? stored : {};
        await area.write({ [PREFERENCES_KEY]: { ...known, ...Object.fromEntries(free) } });
      });
      // One change after another; one that failed is told to whoever asked for it, and holds up nobody.
      last = changed.catch(() => {});
      return changed;
    },
  };
}
