/** What every part of the settings page needs: the stores, what holds now, and the way to the background. */
import type { ReadonlySignal } from '@preact/signals';
import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { Policy } from '../../utils/settings/policy.ts';
import type { Settings } from '../../utils/settings/settings.ts';
import type { SettingsStore } from '../../utils/settings/settings-store.ts';
import type { BackupModel } from './backup-model.ts';
import type { HopRun } from './hop-run.ts';
import type { InspectorModel } from './inspector-model.ts';
import type { KeywordList } from './keyword-list.ts';
import type { Notifications } from './notify-check.tsx';
import type { OpenLine } from './open-line.ts';
import type { PatternList } from './pattern-list.ts';
import type { PreferencesEditor } from './preferences-editor.ts';
import type { StartBook } from './start-record.ts';
import type { TemplateList } from './template-list.ts';

export type OptionsDesk = {
  settings: SettingsStore;
  /** The settings as they hold now, whoever changed them. */
  held: ReadonlySignal<Settings>;
  /** What the administrator set, as it holds now. */
  policy: ReadonlySignal<Policy>;
  editor: PreferencesEditor;
  keywords: KeywordList;
  templates: TemplateList;
  patterns: PatternList;
  notifications: Notifications;
  /** Stores at once what was typed. */
  flush(): void;
  openLine: OpenLine;
  /** A test of a connection; whoever asks has one of their own. */
  createRun(): HopRun;
  /** How far the first run has come. */
  start: StartBook;
  backup: BackupModel;
  inspector: InspectorModel;
};

const OptionsContext = createContext<OptionsDesk | undefined>(undefined);

export const OptionsProvider = OptionsContext.Provider;

export function useOptions(): OptionsDesk {
  const desk = useContext(OptionsContext);
  if (desk === undefined) throw new Error('A part of the settings page stands outside of it.');
  return desk;
}
