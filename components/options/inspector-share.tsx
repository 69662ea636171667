/** The map as text: to be put into the relay's configuration, or taken from what somebody pastes. */
import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { type MessageKey, words } from '../../utils/browser/runtime.ts';
import type { FieldMap } from '../../utils/transcript/field-map.ts';
import { htmlOfText } from '../../utils/transcript/formats/html-text.ts';
import { copyText } from '../sidebar/copy-text.ts';
import { saveFile } from '../sidebar/save-file.ts';
import { mapAsText, readMapText } from './inspector-map-text.ts';

const FILE_NAME = 'earshot-field-map.json';

export function MapExport({ map }: { map: FieldMap }): JSX.Element {
  const said = useSignal<MessageKey | undefined>(undefined);
  const text = mapAsText(map);
  return (
    <div class="share">
      <p class="hint">{words('inspectorExportHint')}</p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by the keyboard */}
      <section class="report" tabIndex={0} aria-labelledby="map-title">
        <pre dir="ltr" lang="en" data-map>
          {text}
        </pre>
      </section>
      <div class="buttons">
        <button
          class="secondary"
          type="button"
          id="copy-map"
          onClick={() => {
            said.value = copyText(document, { text, html: htmlOfText(text) }) ? 'copied' : 'copyFailed';
          }}
        >
          {words('inspectorCopy')}
        </button>
        <button
          class="secondary"
          type="button"
          id="save-map-file"
          onClick={() =>
            saveFile(
              { document, setTimer: (run, ms) => setTimeout(run, ms) },
              { name: FILE_NAME, mime: 'application/json', text: `{\n${text}\n}\n` },
            )
          }
        >
          {words('inspectorSaveFile')}
        </button>
        <span role="status">{said.value === undefined ? '' : words(said.value)}</span>
      </div>
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
