/** Whether the last change was stored. */
import type { JSX } from 'preact';
import { words } from '../../utils/browser/runtime.ts';
import { HelpLink } from '../help/help-link.tsx';
import type { PreferencesEditor } from './preferences-editor.ts';

export function SavingStatus({ editor }: { editor: PreferencesEditor }): JSX.Element {
  const saving = editor.saving.value;
  return (
    <div class={`saving ${saving}`} data-saving={saving}>
      <p role="status">
        {saving === 'saved' ? words('changesSaved') : null}
        {saving === 'failed' ? (
          <>
            {words('changesNotSaved')} <HelpLink topic="storage" />
          </>
        ) : null}
      </p>
      {saving === 'failed' ? (
        <button class="plain" type="button" onClick={() => void editor.flush()}>
          {words('changesRetry')}
        </button>
      ) : null}
    </div>
  );
}
