/** The diagnostic report: shown whole before it goes anywhere. */
import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { ownVersion, uiLanguage, words } from '../../utils/browser/runtime.ts';
import { askLine } from './ask-line.ts';
import { writeReport } from './diagnosis-report.ts';
import { JsonBox } from './json-box.tsx';
import { useOptions } from './options-desk.ts';

export function DiagnosisPart(): JSX.Element {
  const { openLine, held, policy, editor } = useOptions();
  const report = useSignal<{ text: string; atMs: number } | undefined>(undefined);
  const isAsking = useSignal(false);

  async function look(): Promise<void> {
    if (isAsking.peek()) return;
    isAsking.value = true;
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
        <JsonBox
          name="report"
          labelledBy="report-title"
          text={shown.text}
          file={{
            name: `earshot-report-${new Date(shown.atMs).toISOString().slice(0, 10)}.json`,
            text: shown.text,
          }}
        />
      )}
    </div>
  );
}
