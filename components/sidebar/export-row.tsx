/** The menu's row that saves the whole call as a file, one button a format. */
import type { JSX } from 'preact';
import { words } from '../../utils/browser/runtime.ts';
import { formatOf } from '../../utils/transcript/formats/registry.ts';
import { formatChoices } from '../format-choices.ts';

/** HTML is for the clipboard; nobody keeps a call in it. */
const fileFormats = formatChoices.filter(({ value }) => value !== 'html');

type ExportRowProps = {
  /** Not all of the call is here yet. */
  waits: boolean;
  save(formatId: string): void;
};

export function ExportRow({ waits, save }: ExportRowProps): JSX.Element {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset may not stand in a menu
    <div class="choice" role="group" aria-label={words('exportLabel')}>
      <span aria-hidden="true">{words('exportLabel')}</span>
      <div class="options">
        {fileFormats.map(({ value, label }) => (
          <button
            key={value}
            type="button"
            role="menuitem"
            tabIndex={-1}
            title={words(label)}
            aria-label={`${words('exportAs', words(label))} .${formatOf(value, []).extension}`}
            aria-disabled={waits}
            data-export={value}
            onClick={() => {
              if (!waits) save(value);
            }}
          >
            <bdi dir="ltr">.{formatOf(value, []).extension}</bdi>
          </button>
        ))}
      </div>
    </div>
  );
}
