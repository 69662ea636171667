/** Settings as a file, in and out; all of them as on the first day; and what the administrator set. */
import type { JSX } from 'preact';
import { useRef } from 'preact/hooks';
import { words } from '../../utils/browser/runtime.ts';
import { BackupManaged } from './backup-managed.tsx';
import { FILE_NAME } from './backup-model.ts';
import { BackupPreview } from './backup-preview.tsx';
import { BackupFault, BackupOutcome } from './backup-status.tsx';
import { useOptions } from './options-desk.ts';

export function BackupSection(): JSX.Element {
  const { backup, policy } = useOptions();
  const input = useRef<HTMLInputElement>(null);
  const step = backup.step.value;
  return (
    <section aria-labelledby="backup-title">
      <h2 id="backup-title">{words('backupTitle')}</h2>
      <p class="intro">{words('backupIntro')}</p>
      <div class="card backup" data-step={step.name}>
        <BackupManaged policy={policy.value} />
        <div class="part">
          <h3>{words('backupExportTitle')}</h3>
          <p class="hint">{words('backupExportHint')}</p>
          <div class="add">
            <button id="export" class="secondary" type="button" onClick={() => void backup.save()}>
              {words('backupExport')}
            </button>
            <p class="hint" role="status">
              {step.name === 'exported' ? words('backupExported', FILE_NAME) : ''}
            </p>
          </div>
        </div>
        <div class="part">
          <h3>{words('backupImportTitle')}</h3>
          <p class="hint">{words('backupImportHint')}</p>
          <div class="add">
            <button id="import" class="secondary" type="button" onClick={() => input.current?.click()}>
              {words('backupImport')}
            </button>
            <input
              id="import-file"
              type="file"
              accept=".json,application/json"
              hidden
              ref={input}
              onChange={(event) => {
                const [file] = event.currentTarget.files ?? [];
                if (file !== undefined) void backup.open(file);
                // The same file may be chosen again.
                event.currentTarget.value = '';
              }}
            />
          </div>
          {step.name === 'fault' ? <BackupFault fault={step.fault} /> : null}
          {step.name === 'preview' ? <BackupPreview step={step} /> : null}
          <BackupOutcome of="imported" />
        </div>
        <div class="part">
          <h3>{words('backupResetTitle')}</h3>
          <p class="hint">{words('backupResetHint')}</p>
          {step.name === 'asked' ? <SureToReset /> : <ResetButton ask={backup.ask} />}
          <BackupOutcome of="reset" />
        </div>
      </div>
    </section>
  );
}

function ResetButton({ ask }: { ask(): void }): JSX.Element {
  return (
    <div class="add">
      <button id="reset" class="secondary" type="button" onClick={ask}>
        {words('backupReset')}
      </button>
    </div>
  );
}

function SureToReset(): JSX.Element {
  const { backup } = useOptions();
  return (
    // biome-ignore lint/a11y/useSemanticElements: a question in the page's flow, with no legend to frame it
    <div class="question" role="group" aria-labelledby="reset-sure">
      <p id="reset-sure">{words('backupResetSure')}</p>
      <div class="answers">
        <button id="reset-yes" class="danger" type="button" onClick={() => void backup.reset()}>
          {words('backupResetYes')}
        </button>
        <button
          class="plain"
          type="button"
          ref={(button) => {
            button?.focus();
          }}
          onClick={backup.cancel}
        >
          {words('backupCancel')}
        </button>
      </div>
    </div>
  );
}
