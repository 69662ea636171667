/** One format of the agent's own: its name, what is written, and how that looks. */
import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { words } from '../../utils/browser/runtime.ts';
import { type CopyTemplate, MAX_TEMPLATE_LENGTH } from '../../utils/settings/preferences.ts';
import { ownFormatId } from '../../utils/transcript/formats/format.ts';
import { formatOf } from '../../utils/transcript/formats/registry.ts';
import { checkTemplate } from '../../utils/transcript/formats/template.ts';
import type { ExampleOptions } from './example-call.ts';
import { FormatPreview } from './format-preview.tsx';
import { FullNote } from './full-note.tsx';
import type { RowPlace } from './list-rows.tsx';
import { NameField } from './name-field.tsx';
import { RemoveButton } from './remove-button.tsx';
import type { TemplateList } from './template-list.ts';
import { TextArea } from './text-area.tsx';

type TemplateRowProps = RowPlace & {
  template: CopyTemplate;
  options: ExampleOptions;
  list: TemplateList;
  flush(): void;
};

export function TemplateRow(props: TemplateRowProps): JSX.Element {
  const { template, title, isNew, takesFocus, options, list, flush } = props;
  const { id, name, header, line } = template;
  return (
    <fieldset class="template">
      <legend class="unseen">{title}</legend>
      <NameField
        id={id}
        name={name}
        isNew={isNew}
        takesFocus={takesFocus}
        missing="templatesNameMissing"
        type={(typed) => list.type(id, { name: typed })}
        leave={flush}
      />
      <TemplateText
        id={`line-${id}`}
        label={words('templatesLine')}
        text={line}
        isLine={true}
        type={(typed) => list.type(id, { line: typed })}
        leave={flush}
      />
      <TemplateText
        id={`header-${id}`}
        label={words('templatesHeader')}
        text={header}
        isLine={false}
        type={(typed) => list.type(id, { header: typed })}
        leave={flush}
      />
      <FormatPreview id={id} format={formatOf(ownFormatId(id), [template])} options={options} />
      <div class="row-foot">
        <RemoveButton title={title} remove={() => list.remove(id)} />
      </div>
    </fieldset>
  );
}

type TemplateTextProps = {
  id: string;
  label: string;
  text: string;
  /** Without what is said, a line is hardly meant so. */
  isLine: boolean;
  type(text: string): void;
  leave(): void;
};

function TemplateText({ id, label, text, isLine, type, leave }: TemplateTextProps): JSX.Element {
  const isTouched = useSignal(text !== '');
  const isMissing = isLine && isTouched.value && text.trim() === '';
  const { unknown } = checkTemplate(text);
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <TextArea
        id={id}
        value={text}
        maxLength={MAX_TEMPLATE_LENGTH}
        aria-invalid={isMissing || unknown.length > 0}
        aria-describedby={`${id}-note`}
        type={(typed) => {
          isTouched.value = true;
          type(typed);
        }}
        leave={leave}
      />
      <div class="notes" id={`${id}-note`}>
        {isMissing ? <p class="wrong">{words('templatesLineMissing')}</p> : null}
        {unknown.length === 0 ? null : (
          <p class="wrong" data-unknown={unknown.join(' ')}>
            {words('templatesUnknown', unknown.map((one) => `\u2068{${one}}\u2069`).join(', '))}
          </p>
        )}
        {isLine && !isMissing && !text.includes('{text}') ? (
          <p class="hint">{words('templatesNoText')}</p>
        ) : null}
        <FullNote text={text} limit={MAX_TEMPLATE_LENGTH} />
      </div>
    </div>
  );
}
