/** How lines are written when they are copied: the format, its parts, formats of one's own, and whose numbers they are. */
import { useComputed, useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { uiLanguage, words } from '../../utils/browser/runtime.ts';
import { countryOf } from '../../utils/crm/phone.ts';
import type { CopyTemplate } from '../../utils/settings/preferences.ts';
import { ownFormatId } from '../../utils/transcript/formats/format.ts';
import { formatOf } from '../../utils/transcript/formats/registry.ts';
import { formatChoices } from '../format-choices.ts';
import { Check } from './check.tsx';
import { listCountries } from './country-choice.ts';
import { FormatPreview } from './format-preview.tsx';
import { ListRows, titleIn } from './list-rows.tsx';
import { Lockable } from './locked.tsx';
import type { PreferencesEditor } from './preferences-editor.ts';
import { SelectField } from './select-field.tsx';
import { TemplateHelp } from './template-help.tsx';
import type { TemplateList } from './template-list.ts';
import { TemplateRow } from './template-row.tsx';

type CopyingSectionProps = { editor: PreferencesEditor; list: TemplateList; flush(): void };

export function CopyingSection({ editor, list, flush }: CopyingSectionProps): JSX.Element {
  const { copyFormat, copyTimes, noteHeader, labels, templates } = editor.shown.value;
  const format = formatOf(copyFormat, templates);
  const hadNone = useSignal(list.items.peek().length === 0).value;
  const titleOf = (template: CopyTemplate) => titleIn(list, template, 'templatesNumber');
  const options = { copyTimes, noteHeader, labels };
  return (
    <section aria-labelledby="copying-title">
      <h2 id="copying-title">{words('copyingTitle')}</h2>
      <p class="intro">{words('copyingIntro')}</p>
      <div class="card">
        <Lockable of="copyFormat">
          <SelectField
            id="copy-format"
            label="copyFormatLabel"
            options={[]}
            groups={[
              {
                label: words('formatsBuiltIn'),
                options: formatChoices.map(({ value, label }) => ({ value, label: words(label) })),
              },
              ...(templates.length === 0 ? [] : [ownFormats(templates, titleOf)]),
            ]}
            value={format.id}
            choose={(next) => editor.edit({ copyFormat: next })}
          />
        </Lockable>
        <div class="checks">
          <Lockable of="copyTimes">
            <Check
              id="copy-times"
              label="copyTimesLabel"
              checked={copyTimes}
              set={(next) => editor.edit({ copyTimes: next })}
            />
          </Lockable>
          <Lockable of="noteHeader">
            <Check
              id="note-header"
              label="noteHeaderLabel"
              checked={noteHeader}
              set={(next) => editor.edit({ noteHeader: next })}
            />
          </Lockable>
        </div>
        <FormatPreview id="copy-format" format={format} options={options} />
        <Lockable of="country">
          <CountryField editor={editor} />
        </Lockable>
        <div class="part">
          <h3>{words('templatesTitle')}</h3>
          <Lockable of="templates">
            <ListRows
              list={list}
              kind="template"
              titleOf={titleOf}
              row={(template, place) => (
                <TemplateRow {...place} template={template} options={options} list={list} flush={flush} />
              )}
              addId="add-template"
              none="templatesNone"
              add="templatesAdd"
              full="templatesFull"
            />
          </Lockable>
          <TemplateHelp isOpen={!hadNone} />
        </div>
      </div>
    </section>
  );
}

function ownFormats(templates: readonly CopyTemplate[], titleOf: (template: CopyTemplate) => string) {
  return {
    label: words('formatsOwn'),
    options: templates.map((template) => ({ value: ownFormatId(template.id), label: titleOf(template) })),
  };
}

function CountryField({ editor }: { editor: PreferencesEditor }): JSX.Element {
  const locale = uiLanguage();
  const countries = useComputed(() => listCountries(locale)).value;
  const own = countryOf('', locale);
  const ownName = countries.find(({ code }) => code === own)?.name ?? own;
  return (
    <SelectField
      id="country"
      label="countryLabel"
      options={[
        { value: '', label: words('countryBrowser', ownName) },
        ...countries.map(({ code, name }) => ({ value: code, label: name })),
      ]}
      value={editor.shown.value.country}
      choose={(country) => editor.edit({ country })}
    />
  );
}
