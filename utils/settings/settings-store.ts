/** Reads and writes the settings and the agent's token. The token is kept for this browser session unless asked. */
import { decodeSettings, type Settings } from './settings.ts';

/** A storage area of the browser, or a map in a test. */
export type Area = {
  get(key: string): Promise<unknown>;
  set(key: string, value: unknown): Promise<void>;
  remove(key: string): Promise<void>;
};

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
      const settings = decodeSettings(await local.get(SETTINGS_KEY));
      const token = await (settings.rememberToken ? local : session).get(TOKEN_KEY);
      return { ...settings, token: typeof token === 'string' ? token : '' };
    },
    async write({ token, ...settings }) {
      const [kept, other] = settings.rememberToken ? [local, session] : [session, local];
      await other.remove(TOKEN_KEY);
      await kept.set(TOKEN_KEY, token);
      await local.set(SETTINGS_KEY, settings);
    },
  };
}
