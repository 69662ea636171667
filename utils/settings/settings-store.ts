/** Reads and writes the settings and the agent's token. The token is kept for this browser session unless asked. */
import type { Area } from '../storage/area.ts';
import { decodeSettings, type Settings } from './settings.ts';

export type RelaySettings = Settings & { token: string };

export type SettingsStore = {
  read(): Promise<RelaySettings>;
  write(settings: RelaySettings): Promise<void>;
};

const SETTINGS_KEY = 'settings';
const TOKEN_KEY = 'token';

/** The keys whose change means that settings changed. */
export const settingsKeys: readonly string[] = [SETTINGS_KEY, TOKEN_KEY];

/** `local` outlives the browser session, `session` does not. */
export function createSettingsStore(local: Area, session: Area): SettingsStore {
  return {
    async read() {
      const settings = decodeSettings((await local.read([SETTINGS_KEY]))[SETTINGS_KEY]);
      const token = (await (settings.rememberToken ? local : session).read([TOKEN_KEY]))[TOKEN_KEY];
      return { ...settings, token: typeof token === 'string' ? token : '' };
    },
    async write({ token, ...settings }) {
      const [kept, other] = settings.rememberToken ? [local, session] : [session, local];
      await other.remove([TOKEN_KEY]);
      await kept.write({ [TOKEN_KEY]: token });
      await local.write({ [SETTINGS_KEY]: settings });
    },
  };
}
