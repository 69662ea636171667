/** Exports, imports and resets everything that can be chosen; an import and a reset can be undone. */
import type { Area } from '../storage/area.ts';
import { PREFERENCES_KEY, type PreferencesStore } from './preferences-store.ts';
import type { Everything, FileContent } from './settings-file.ts';
import { SETTINGS_KEY, type SettingsStore } from './settings-store.ts';
import { tokenKeys } from './token-store.ts';

/** Brings everything back to where it was before; rejects where it cannot be stored. */
export type Undo = () => Promise<void>;

export type Backup = {
  read(): Promise<Everything>;
  /** Takes over what the file holds, save what is locked. Where it fails, all is as it was, and it rejects. */
  take(file: FileContent): Promise<Undo>;
  /** Forgets all that was chosen, and every token. */
  reset(): Promise<Undo>;
};

type BackupDeps = { local: Area; session: Area; settings: SettingsStore; preferences: PreferencesStore };

const kept: string[] = [SETTINGS_KEY, PREFERENCES_KEY, ...tokenKeys];

export function createBackup({ local, session, settings, preferences }: BackupDeps): Backup {
  async function undoable(work: () => Promise<void>): Promise<Undo> {
    const undoLocal = await remember(local);
    const undoSession = await remember(session);
    const undo = async () => {
      await undoSession();
      await undoLocal();
    };
    try {
      await work();
    } catch (error) {
      await undo();
      throw error;
    }
    return undo;
  }

  return {
    async read() {
      return { settings: await settings.read(), preferences: await preferences.read() };
    },
    take: (file) =>
      undoable(async () => {
        await settings.change((before) => ({ ...before, ...file.settings }));
        await preferences.change(file.preferences);
      }),
    reset: () =>
      undoable(async () => {
        await settings.reset();
        await preferences.reset();
      }),
  };
}

async function remember(area: Area): Promise<Undo> {
  const before = await area.read(kept);
  return async () => {
    await area.write(before);
    await area.remove(kept.filter((key) => !Object.hasOwn(before, key)));
  };
}
