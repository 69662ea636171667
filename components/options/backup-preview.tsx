/** What a file would change, before anything does. */
import type { JSX } from 'preact';
import { uiLanguage, words } from '../../utils/browser/runtime.ts';
import { setBy } from '../set-by.ts';
import type { BackupStep } from './backup-model.ts';
import { useOptions } from './options-desk.ts';
import { nameOf } from './setting-names.ts';

type BackupPreviewProps = { step: BackupStep & { name: 'preview' } };

export function BackupPreview({ step }: BackupPreviewProps): JSX.Element {
  const { backup, policy } = useOptions();
  const { fileName, file, changes, locked } = step;
  const changed = changes.map(({ key }) => key);
  const heldNames = new Intl.ListFormat(uiLanguage(), { type: 'unit' }).format(locked.map(nameOf));
  return (
    <div class="preview-import" data-preview-import>
      <p role="status">{words(changes.length === 0 ? 'backupNothing' : 'backupPreview', fileName)}</p>
      {changes.length === 0 ? null : (
        <dl>
          {changes.map(({ key, counts }) => (
            <div key={key} data-change={key}>
              <dt>{nameOf(key)}</dt>
              <dd>
                {counts === undefined || counts.before === counts.after
                  ? words('backupChanged')
                  : words('backupCount', counts.before, counts.after)}
              </dd>
            </div>
          ))}
        </dl>
      )}
      {changed.includes('relays') ? <p class="hint">{words('backupTokens')}</p> : null}
      {changed.includes('sites') ? <p class="hint">{words('backupSites')}</p> : null}
      {locked.length === 0 ? null : (
        <p class="hint">{words('backupLocked', setBy(policy.value), heldNames)}</p>
      )}
      {file.leftOut.length === 0 ? null : <LeftOut places={file.leftOut} />}
      <div class="answers">
        {changes.length === 0 ? null : (
          <button id="import-apply" class="primary" type="button" onClick={() => void backup.apply()}>
            {words('backupApply')}
          </button>
        )}
        <button id="import-cancel" class="plain" type="button" onClick={backup.cancel}>
          {words('backupCancel')}
        </button>
      </div>
    </div>
  );
}

function LeftOut({ places }: { places: readonly string[] }): JSX.Element {
  return (
    <>
      <p class="hint">{words('backupLeftOut')}</p>
      <ul class="places">
        {places.map((place) => (
          <li key={place} data-left-out={place}>
            <code dir="ltr">{place}</code>
          </li>
        ))}
      </ul>
    </>
  );
}
