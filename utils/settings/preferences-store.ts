/** Reads and changes the preferences; several pages may change them, each its own part. */
import type { Area } from '../storage/area.ts';
import { decodePolicy, isLocked, type Policy, policyKeys, withPolicy } from './policy.ts';
import { decodePreferences, type Preferences } from './preferences.ts';

export type PreferencesStore = {
  /** What holds: stored, with the policy over and under it. */
  read(): Promise<Preferences>;
  /**
   * Changes some of them and leaves the others as they are stored by then, and what is locked as it is; rejects where
   * they cannot be stored.
   */
  change(part: Partial<Preferences>): Promise<void>;
  /** The same in one step, over what was last read here: for a page that has no time to wait for an answer. */
  changeAtOnce(part: Partial<Preferences>): Promise<void>;
  /** Forgets all that was chosen; what the policy gives stays. */
  reset(): Promise<void>;
};

export const PREFERENCES_KEY = 'preferences';

/** The keys whose change means that preferences changed. */
export const preferencesKeys: readonly string[] = [PREFERENCES_KEY, ...policyKeys];

export function createPreferencesStore(area: Area, readPolicy: () => Promise<Policy>): PreferencesStore {
  let last: Promise<unknown> = Promise.resolve();
  let known: { stored: unknown; policy: Policy } = { stored: undefined, policy: decodePolicy(undefined) };

  async function readAll(): Promise<typeof known> {
    const [stored, policy] = await Promise.all([area.read([PREFERENCES_KEY]), readPolicy()]);
    known = { stored: stored[PREFERENCES_KEY], policy };
    return known;
  }

  async function write({ stored, policy }: typeof known, part: Partial<Preferences>): Promise<void> {
    const free = Object.entries(part).filter(([key]) => !isLocked(policy, key));
    if (free.length === 0) return;
    // What this version does not understand may be a newer one's, and stays.
    const others = typeof stored === 'object' ? stored : {};
    const written = { ...others, ...Object.fromEntries(free) };
    await area.write({ [PREFERENCES_KEY]: written });
    known = { stored: written, policy };
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
    change: (part) => queue(async () => write(await readAll(), part)),
    changeAtOnce: (part) => write(known, part),
    reset: () => queue(() => area.remove([PREFERENCES_KEY])),
  };
}
