/** In a menu: the format that copies are written in, the agent's own templates among them, and whether with times. */
import type { JSX } from 'preact';
import { words } from '../../utils/browser/runtime.ts';
import { ownFormatId } from '../../utils/transcript/formats/format.ts';
import { formatChoices } from '../format-choices.ts';
import { heldBy } from '../set-by.ts';
import { useDesk } from './context.ts';
import { MenuSwitch } from './menu.tsx';

export function FormatChoice(): JSX.Element {
  const { preferences, prefer, policy } = useDesk();
  const formatHeldBy = heldBy(policy.value, 'copyFormat');
  const { copyFormat, copyTimes, templates } = preferences.value;
  const formats = [
    ...formatChoices.map(({ value, label }) => ({ value, name: words(label) })),
    ...templates.map(({ id, name }) => ({ value: ownFormatId(id), name })),
  ];
  // What the chosen template was named is gone with it; then lines are plain.
  const chosen = formats.some(({ value }) => value === copyFormat) ? copyFormat : 'plain';
  return (
    <>
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset may not stand in a menu */}
      <div class="formats" role="group" aria-label={words('copyAs')}>
        <span aria-hidden="true">{words('copyAs')}</span>
        {formats.map(({ value, name }) => (
          <button
            key={value}
            class="item"
            type="button"
            role="menuitemradio"
            aria-checked={value === chosen}
            aria-disabled={formatHeldBy !== undefined}
            title={formatHeldBy}
            tabIndex={-1}
            data-format={value}
            onClick={() => {
              if (formatHeldBy === undefined) prefer({ copyFormat: value });
            }}
          >
            <bdi>{name}</bdi>
          </button>
        ))}
      </div>
      <MenuSwitch
        label={words('copyWithTimes')}
        checked={copyTimes}
        heldBy={heldBy(policy.value, 'copyTimes')}
        run={() => prefer({ copyTimes: !copyTimes })}
      />
    </>
  );
}
