/** Reads and writes the settings and the agent's token. The token is kept for this browser session unless asked. */
import * as v from 'valibot';
import type { Area } from '../storage/area.ts';
import { decodeSettings, type Settings } from './settings.ts';

export type RelaySettings = Settings & { token: string };

export type SettingsStore = {
  read(): Promise<RelaySettings>;
  write(settings: RelaySettings): Promise<void>;
};

const SETTINGS_KEY = 'settings';
const TOKEN_KEY = 'token';

/** Kept with the relay it is for: while both are being written, no relay is ever sent another one's token. */
const storedToken = v.object({ token: v.string(), relayAddress: v.string() });

/** The keys whose change means that settings changed. */
export const settingsKeys: readonly string[] = [SETTINGS_KEY, TOKEN_KEY];

/** `local` outlives the browser session, `session` does not. */
export function createSettingsStore(local: Area, session: Area): SettingsStore {
  return {
    async read() {
      const settings = decodeSettings((await local.read([SETTINGS_KEY]))[SETTINGS_KEY]);
      const stored = (await (settings.rememberToken ? local : session).read([TOKEN_KEY]))[TOKEN_KEY];
      const read = v.safeParse(storedToken, stored);
      const isForThisRelay = read.success && read.output.relayAddress === settings.relayAddress;
      return { ...settings, token: isForThisRelay ? read.output.token : '' };
    },
    async write({ token, ...settings }) {
      const [kept, other] = settings.rememberToken ? [local, session] : [session, local];
      await kept.write({ [TOKEN_KEY]: { token, relayAddress: settings.relayAddress } });
      await local.write({ [SETTINGS_KEY]: settings });
      await other.remove([TOKEN_KEY]);
    },
  };
}
