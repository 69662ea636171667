/** What is kept of calls and for how long, how to be rid of it, and what can be told to whoever helps. */
import type { JSX } from 'preact';
import { words } from '../../utils/browser/runtime.ts';
import { DiagnosisPart } from './diagnosis-part.tsx';
import { PrivacyForget } from './privacy-forget.tsx';
import { PrivacyKeep } from './privacy-keep.tsx';
import { PrivacyTable } from './privacy-table.tsx';

export function PrivacySection(): JSX.Element {
  return (
    <section aria-labelledby="privacy-title">
      <h2 id="privacy-title">{words('privacyTitle')}</h2>
      <p class="intro">
        {words('privacyIntro')}{' '}
        <a href="help.html#privacy" target="_blank" rel="noopener">
          {words('privacyMore')}
        </a>
      </p>
      <div class="card">
        <PrivacyKeep />
        <PrivacyTable />
        <PrivacyForget />
        <DiagnosisPart />
      </div>
    </section>
  );
}
