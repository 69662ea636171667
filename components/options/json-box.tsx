/** JSON that is shown whole before it goes anywhere, with buttons that copy it and save it as a file. */
import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { words } from '../../utils/browser/runtime.ts';
import { htmlOfText } from '../../utils/transcript/formats/html-text.ts';
import { copyText } from '../sidebar/copy-text.ts';
import { saveFile } from '../sidebar/save-file.ts';

type JsonBoxProps = {
  /** Begins the ids of the buttons: `map-copy`, `map-save`. */
  name: 'map' | 'report';
  /** The id of the heading that names the box. */
  labelledBy: string;
  text: string;
  file: { name: string; text: string };
};

export function JsonBox({ name, labelledBy, text, file }: JsonBoxProps): JSX.Element {
  const said = useSignal('');
  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by the keyboard */}
      <section class="report" tabIndex={0} aria-labelledby={labelledBy}>
        <pre dir="ltr" lang="en" data-json={name}>
          {text}
        </pre>
      </section>
      <div class="buttons">
        <button
          class="secondary"
          type="button"
          id={`${name}-copy`}
          onClick={() => {
            const copied = copyText(document, { text, html: htmlOfText(text) });
            said.value = words(copied ? 'copied' : 'copyFailed');
          }}
        >
          {words('jsonCopy')}
        </button>
        <button
          class="secondary"
          type="button"
          id={`${name}-save`}
          onClick={() => {
            const edge = { document, setTimer: (run: () => void, ms: number) => setTimeout(run, ms) };
            saveFile(edge, { ...file, mime: 'application/json' });
            said.value = words('exportSaved', file.name);
          }}
        >
          {words('jsonSave')}
        </button>
        <span role="status">{said.value}</span>
      </div>
    </>
  );
}
