/** What became of an import or a reset, and the way back. */
import type { JSX } from 'preact';
import { type MessageKey, words } from '../../utils/browser/runtime.ts';
import { HelpLink } from '../help/help-link.tsx';
import type { BackupStep } from './backup-model.ts';
import { useOptions } from './options-desk.ts';

type Fault = (BackupStep & { name: 'fault' })['fault'];

const faultWords: Record<Fault, MessageKey> = {
  'too-large': 'fileTooLarge',
  'not-json': 'fileNotJson',
  'not-earshot': 'fileNotEarshot',
  newer: 'fileNewer',
  unreadable: 'fileUnreadable',
};

export function BackupFault({ fault }: { fault: Fault }): JSX.Element {
  return (
    <p class="wrong" role="alert" data-file-fault={fault}>
      {words(faultWords[fault])} <HelpLink topic="import" />
    </p>
  );
}

/** Of an import or of a reset; how an undo went stands where imports do. */
export function BackupOutcome({ of }: { of: 'imported' | 'reset' }): JSX.Element | null {
  const { backup } = useOptions();
  const step = backup.step.value;
  if (step.name === 'done' && step.what === of) {
    return (
      <div class="outcome" role="status" data-done={of}>
        {words(of === 'imported' ? 'backupImported' : 'backupResetDone')}{' '}
        <button id="undo" class="plain" type="button" onClick={() => void backup.undo()}>
          {words('backupUndo')}
        </button>
      </div>
    );
  }
  if (of === 'reset') return null;
  if (step.name === 'undone') {
    return (
      <p class="outcome" role="status">
        {words('backupUndone')}
      </p>
    );
  }
  if (step.name !== 'failed') return null;
  return (
    <p class="wrong" role="alert">
      {words('backupFailed')} <HelpLink topic="storage" />
    </p>
  );
}
