/** What the backup section is in the middle of: a file that was read, a question, something done that can be undone. */
import { type ReadonlySignal, signal } from '@preact/signals';
import type { Backup, Undo } from '../../utils/settings/backup.ts';
import { isLocked, type Policy } from '../../utils/settings/policy.ts';
import type { PolicyKey } from '../../utils/settings/policy-part.ts';
import {
  type Change,
  changesOf,
  type FileContent,
  type FileFault,
  MAX_FILE_BYTES,
  readSettingsFile,
  writeSettingsFile,
} from '../../utils/settings/settings-file.ts';

export type BackupStep =
  | { name: 'none' }
  | { name: 'exported' }
  | { name: 'fault'; fault: FileFault | 'unreadable' }
  /** `locked`: what the file would change and the administrator holds. */
  | { name: 'preview'; fileName: string; file: FileContent; changes: Change[]; locked: PolicyKey[] }
  | { name: 'asked' }
  | { name: 'done'; what: 'imported' | 'reset'; undo: Undo }
  | { name: 'undone' }
  | { name: 'failed' };

export type BackupModel = {
  step: ReadonlySignal<BackupStep>;
  save(): Promise<void>;
  open(file: Pick<File, 'name' | 'size' | 'text'>): Promise<void>;
  apply(): Promise<void>;
  ask(): void;
  reset(): Promise<void>;
  undo(): Promise<void>;
  cancel(): void;
};

export const FILE_NAME = 'earshot-settings.json';

type BackupModelDeps = {
  backup: Backup;
  policy: ReadonlySignal<Policy>;
  saveFile(file: { name: string; mime: string; text: string }): void;
  /** Stores first what the page has not stored yet. */
  flush(): Promise<void>;
};

export function createBackupModel({ backup, policy, saveFile, flush }: BackupModelDeps): BackupModel {
  const step = signal<BackupStep>({ name: 'none' });

  /** What it comes to, or that it failed. */
  async function go(work: () => Promise<BackupStep>): Promise<void> {
    step.value = await work().catch((): BackupStep => ({ name: 'failed' }));
  }

  async function preview(fileName: string, text: string): Promise<BackupStep> {
    const file = readSettingsFile(text);
    if (!file.ok) return { name: 'fault', fault: file.fault };
    await flush();
    const all = changesOf(await backup.read(), file);
    const isHeld = ({ key }: Change) => isLocked(policy.peek(), key);
    const locked = all.filter(isHeld).map(({ key }) => key);
    return { name: 'preview', fileName, file, changes: all.filter((change) => !isHeld(change)), locked };
  }

  return {
    step,
    save: () =>
      go(async () => {
        await flush();
        const text = writeSettingsFile(await backup.read());
        saveFile({ name: FILE_NAME, mime: 'application/json', text });
        return { name: 'exported' };
      }),
    open: (file) =>
      go(async () => {
        if (file.size > MAX_FILE_BYTES) return { name: 'fault', fault: 'too-large' };
        const text = await file.text().catch(() => undefined);
        return text === undefined ? { name: 'fault', fault: 'unreadable' } : preview(file.name, text);
      }),
    apply: () =>
      go(async () => {
        const now = step.peek();
        if (now.name !== 'preview') return now;
        return { name: 'done', what: 'imported', undo: await backup.take(now.file) };
      }),
    ask() {
      step.value = { name: 'asked' };
    },
    reset: () =>
      go(async () => {
        await flush();
        return { name: 'done', what: 'reset', undo: await backup.reset() };
      }),
    undo: () =>
      go(async () => {
        const now = step.peek();
        if (now.name !== 'done') return now;
        await now.undo();
        return { name: 'undone' };
      }),
    cancel() {
      step.value = { name: 'none' };
    },
  };
}
