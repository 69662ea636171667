/** The first run: four steps from nothing to the first line, each of which says by itself when it is done. */
import type { JSX } from 'preact';
import { words } from '../../utils/browser/runtime.ts';
import { findRelay } from '../../utils/settings/settings.ts';
import { useOptions } from './options-desk.ts';
import { StartConnect } from './start-connect.tsx';
import { StartDemo } from './start-demo.tsx';
import { StartIcon } from './start-icon.tsx';
import { StartTest } from './start-test.tsx';

export function StartView(): JSX.Element {
  const { start, held } = useOptions();
  const { tested, opened } = start.record.value;
  const relay = findRelay(held.value);
  // Whoever needs no demo has missed nothing.
  const isSet = relay !== undefined && tested === relay.address && opened;
  return (
    <>
      <h1>{words('startTitle')}</h1>
      <p class="intro">{words('startIntro')}</p>
      <ol class="steps">
        <StartDemo />
        <StartConnect />
        <StartTest />
        <StartIcon />
      </ol>
      <div class="end" role="status" data-set={isSet}>
        {isSet ? (
          <>
            <h2>{words('startSet')}</h2>
            <p class="hint">{words('startSetHint')}</p>
            <ul>
              <li>
                <a href="#sites">{words('startToSites')}</a>
              </li>
              <li>
                <a href="#keywords">{words('startToKeywords')}</a>
              </li>
              <li>
                <a href="help.html" target="_blank" rel="noopener">
                  {words('startToGuide')}
                </a>
              </li>
            </ul>
          </>
        ) : null}
      </div>
    </>
  );
}
