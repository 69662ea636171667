/** The agent's tokens in one storage area, each with the address it is for. */
import * as v from 'valibot';
import type { Area } from '../storage/area.ts';
import { FIRST_TOKEN_KEY, migrateToken } from './migrate-settings.ts';

const TOKENS_KEY = 'tokens';

/** All under which tokens are kept, or were by an older version. */
export const tokenKeys: readonly string[] = [TOKENS_KEY, FIRST_TOKEN_KEY];

/** Kept with the address it is for: while both are being written, no relay is ever sent another one's token. */
const storedToken = v.object({ token: v.string(), address: v.string() });
const storedTokens = v.optional(v.fallback(v.record(v.string(), storedToken), {}), {});

type StoredToken = v.InferOutput<typeof storedToken>;
type StoredTokens = v.InferOutput<typeof storedTokens>;

export type TokenStore = {
  read(relayId: string): Promise<StoredToken | undefined>;
  put(relayId: string, token: StoredToken): Promise<void>;
  /** Leaves the tokens of these relays alone. */
  keepOnly(isKept: (relayId: string) => boolean): Promise<void>;
  clear(): Promise<void>;
};

export function createTokenStore(area: Area): TokenStore {
  async function readAll(): Promise<StoredTokens> {
    const stored = await area.read([...tokenKeys]);
    return { ...migrateToken(stored[FIRST_TOKEN_KEY]), ...v.parse(storedTokens, stored[TOKENS_KEY]) };
  }

  async function writeAll(tokens: StoredTokens): Promise<void> {
    await area.write({ [TOKENS_KEY]: tokens });
    await area.remove([FIRST_TOKEN_KEY]);
  }

  return {
    read: async (relayId) => (await readAll())[relayId],
    put: async (relayId, token) => writeAll({ ...(await readAll()), [relayId]: token }),
    async keepOnly(isKept) {
      const all = Object.entries(await readAll());
      const kept = all.filter(([relayId]) => isKept(relayId));
      if (kept.length < all.length) await writeAll(Object.fromEntries(kept));
    },
    clear: () => area.remove([...tokenKeys]),
  };
}
