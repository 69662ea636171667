/** For how long a call is kept. */
import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { type MessageKey, words } from '../../utils/browser/runtime.ts';
import { keepMinutesChoices, type Settings } from '../../utils/settings/settings.ts';
import { HelpLink } from '../help/help-link.tsx';
import { Lockable } from './locked.tsx';
import { useOptions } from './options-desk.ts';
import { SelectField } from './select-field.tsx';

type KeepMinutes = Settings['keepMinutes'];

const choices: Record<KeepMinutes, MessageKey> = {
  0: 'keepUntilClosed',
  15: 'keepMinutes15',
  60: 'keepHour1',
  240: 'keepHours4',
  480: 'keepHours8',
};

export function PrivacyKeep(): JSX.Element {
  const { settings, held } = useOptions();
  const failed = useSignal(false);

  async function choose(chosen: string): Promise<void> {
    const keepMinutes = keepMinutesChoices.find((minutes) => String(minutes) === chosen);
    if (keepMinutes === undefined) return;
    try {
      await settings.change((before) => ({ ...before, keepMinutes }));
      failed.value = false;
    } catch {
      failed.value = true;
    }
  }

  return (
    <Lockable of="keepMinutes">
      <div class="keep">
        <SelectField
          id="keep-minutes"
          label="keepLabel"
          options={keepMinutesChoices.map((minutes) => ({
            value: String(minutes),
            label: words(choices[minutes]),
          }))}
          value={String(held.value.keepMinutes)}
          choose={(chosen) => void choose(chosen)}
        />
        <p class="hint">{words('keepHint')}</p>
        {failed.value ? (
          <p class="wrong" role="alert">
            {words('changesNotSaved')} <HelpLink topic="storage" />
          </p>
        ) : null}
      </div>
    </Lockable>
  );
}
