/** The diagnostic report: shown whole before it goes anywhere. */
import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { ownVersion, uiLanguage, words } from '../../utils/browser/runtime.ts';
import { htmlOfText } from '../../utils/transcript/formats/html-text.ts';
import { copyText } from '../sidebar/copy-text.ts';
import { saveFile } from '../sidebar/save-file.ts';
import { askLine } from './ask-line.ts';
import { writeReport } from './diagnosis-report.ts';
import { useOptions } from './options-desk.ts';

export function DiagnosisPart(): JSX.Element {
  const { openLine, held, policy, editor } = useOptions();
  const report = useSignal<{ text: string; atMs: number } | undefined>(undefined);
  const isAsking = useSignal(false);
  const said = useSignal('');

  async function look(): Promise<void> {
    if (isAsking.peek()) return;
    isAsking.value = true;
    said.value = '';
    const answer = await askLine(openLine, { type: 'diagnose' }, 'diagnosis');
    const atMs = Date.now();
    const text = writeReport({
      atMs,
      surroundings: {
        version: ownVersion(),
        browser: navigator.userAgent,
        interfaceLanguage: uiLanguage(),
        languages: navigator.languages,
        pixelRatio: devicePixelRatio,
      },
      settings: held.peek(),
      preferences: editor.shown.peek(),
      policy: policy.peek(),
      diagnosis: answer?.diagnosis,
    });
    report.value = { text, atMs };
    isAsking.value = false;
  }

  const shown = report.value;
  return (
    <div class="part">
      <h3 id="report-title">{words('reportTitle')}</h3>
      <p class="hint">{words('reportHint')}</p>
      <button
        class="secondary"
        type="button"
        id="report-look"
        aria-disabled={isAsking.value}
        onClick={() => void look()}
      >
        {words(shown === undefined ? 'reportLook' : 'reportAgain')}
      </button>
      {shown === undefined ? null : (
        <>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by the keyboard */}
          <section class="report" tabIndex={0} aria-labelledby="report-title">
            <pre dir="ltr" lang="en" data-report>
              {shown.text}
            </pre>
          </section>
          <div class="buttons">
            <button
              class="secondary"
              type="button"
              id="report-save"
              onClick={() => {
                const name = `earshot-report-${new Date(shown.atMs).toISOString().slice(0, 10)}.json`;
                saveFile(
                  { document, setTimer: (run, ms) => setTimeout(run, ms) },
                  { name, mime: 'application/json', text: shown.text },
                );
                said.value = words('exportSaved', name);
              }}
            >
              {words('reportSave')}
            </button>
            <button
              class="secondary"
              type="button"
              id="report-copy"
              onClick={() => {
                const copied = copyText(document, { text: shown.text, html: htmlOfText(shown.text) });
                said.value = words(copied ? 'copied' : 'copyFailed');
              }}
            >
              {words('reportCopy')}
            </button>
          </div>
        </>
      )}
      <p class="result" role="status">
        {said.value}
      </p>
    </div>
  );
}
