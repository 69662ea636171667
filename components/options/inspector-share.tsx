/** The map as text: to be put into the relay's configuration, or taken from what somebody pastes. */
import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { words } from '../../utils/browser/runtime.ts';
import type { FieldMap } from '../../utils/transcript/field-map.ts';
import { mapAsText, readMapText } from './inspector-map-text.ts';
import { JsonBox } from './json-box.tsx';

const FILE_NAME = 'earshot-field-map.json';

export function MapExport({ map }: { map: FieldMap }): JSX.Element {
  const text = mapAsText(map);
  return (
    <div class="share">
      <p class="hint">{words('inspectorExportHint')}</p>
      <JsonBox
        name="map"
        labelledBy="map-title"
        text={text}
        file={{ name: FILE_NAME, text: `{\n${text}\n}\n` }}
      />
    </div>
  );
}

export function MapImport({ take }: { take(map: FieldMap): void }): JSX.Element {
  const typed = useSignal('');
  const wrong = useSignal<string | undefined>(undefined);

  function submit(): void {
    const read = readMapText(typed.peek());
    if (read.ok) return take(read.map);
    wrong.value =
      read.problem === 'no-json'
        ? words('inspectorImportNoJson')
        : words('inspectorImportNoMap', read.at === '' ? 'fieldMap' : read.at);
  }

  return (
    <form
      class="share field"
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <label for="pasted-map">{words('inspectorImportLabel')}</label>
      <textarea
        id="pasted-map"
        rows={6}
        dir="ltr"
        spellcheck={false}
        aria-describedby="pasted-map-wrong"
        aria-invalid={wrong.value !== undefined}
        value={typed.value}
        onInput={(event) => {
          typed.value = event.currentTarget.value;
          wrong.value = undefined;
        }}
      />
      <p class="wrong" id="pasted-map-wrong" role="status">
        {wrong.value}
      </p>
      <button class="secondary" type="submit" id="take-map">
        {words('inspectorImportTake')}
      </button>
    </form>
  );
}
