/** What is kept where, in plain words. */
import type { JSX } from 'preact';
import { type MessageKey, words } from '../../utils/browser/runtime.ts';

const rows: readonly { what: MessageKey; where: MessageKey; until: MessageKey }[] = [
  { what: 'keptCalls', where: 'keptInSession', until: 'keptAsChosen' },
  { what: 'keptTabs', where: 'keptInSession', until: 'keptUntilClosed' },
  { what: 'keptToken', where: 'keptInSession', until: 'keptUntilClosed' },
  { what: 'keptTokenRemembered', where: 'keptOnDisk', until: 'keptUntilRemoved' },
  { what: 'keptSettings', where: 'keptOnDisk', until: 'keptUntilRemoved' },
];

export function PrivacyTable(): JSX.Element {
  return (
    <div class="part">
      <h3 id="kept-title">{words('keptTitle')}</h3>
      <table class="kept" aria-labelledby="kept-title">
        <thead>
          <tr>
            <th scope="col">{words('keptWhat')}</th>
            <th scope="col">{words('keptWhere')}</th>
            <th scope="col">{words('keptUntil')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ what, where, until }) => (
            <tr key={what}>
              <th scope="row">{words(what)}</th>
              <td>{words(where)}</td>
              <td>{words(until)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p class="hint">{words('keptNowhereElse')}</p>
    </div>
  );
}
