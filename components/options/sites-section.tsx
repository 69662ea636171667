/** The sites where the sidebar opens by itself. */
import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect, useMemo } from 'preact/hooks';
import { words } from '../../utils/browser/runtime.ts';
import { askForSites, mayStandOn, onSitePermissions } from '../../utils/browser/sites.ts';
import { isLocked } from '../../utils/settings/policy.ts';
import { siteName } from '../../utils/settings/site.ts';
import { HelpLink } from '../help/help-link.tsx';
import { LockedNote } from './locked.tsx';
import { useOptions } from './options-desk.ts';
import { RemovedRow } from './removed-row.tsx';
import { SitesAdd } from './sites-add.tsx';
import { createSitesList, type SiteRefusal, type SitesList } from './sites-list.ts';
import { SiteRow } from './sites-row.tsx';
import { SitesWaiting } from './sites-waiting.tsx';
import { refusalWords } from './sites-words.ts';

function useSitesList(): SitesList {
  const { held, settings } = useOptions();
  const list = useMemo(
    () => createSitesList({ held, change: settings.change, ask: askForSites, mayStandOn }),
    [],
  );
  useEffect(() => {
    const unsubscribe = onSitePermissions(() => void list.look());
    return () => {
      unsubscribe();
      list.stop();
    };
  }, []);
  return list;
}

export function SitesSection(): JSX.Element {
  const { policy, held } = useOptions();
  const list = useSitesList();
  /** Of what was last done in the list. */
  const refusal = useSignal<SiteRefusal | undefined>(undefined);
  const locked = isLocked(policy.value, 'sites');
  const rows = list.rows.value;

  async function take(answer: Promise<SiteRefusal | undefined>): Promise<void> {
    refusal.value = undefined;
    refusal.value = await answer;
  }

  return (
    <section aria-labelledby="sites-title">
      <h2 id="sites-title">{words('sitesTitle')}</h2>
      <p class="intro">{words('sitesIntro')}</p>
      <div class="card">
        <SitesWaiting
          count={list.waiting.value.length}
          policy={policy.value}
          allow={() => void take(list.allow(list.waiting.peek()))}
        />
        {locked ? null : <SitesAdd list={list} />}
        <LockedNote policy={policy.value} of="sites" />
        {rows.length === 0 ? (
          <p class="hint">{words('sitesNone')}</p>
        ) : (
          <ul class="sites">
            {rows.map(({ item, isRemoved }) => (
              <li key={item.origin} data-site={item.origin}>
                {isRemoved ? (
                  <RemovedRow
                    id={item.origin}
                    title={siteName(item.origin)}
                    restore={() => void take(list.restore(item.origin))}
                    forget={() => list.forget(item.origin)}
                  />
                ) : (
                  <SiteRow
                    site={item}
                    isAllowed={list.allowed.value?.has(item.origin)}
                    isLocked={locked}
                    relays={held.value.relays}
                    allow={() => void take(list.allow([item.origin]))}
                    remove={() => void take(list.remove(item.origin))}
                    setRelay={(relay) => void take(list.setRelay(item.origin, relay))}
                  />
                )}
              </li>
            ))}
          </ul>
        )}
        <p class="result poor" role="status">
          {refusal.value === undefined ? null : (
            <>
              {words(refusalWords[refusal.value])} <HelpLink topic="sites" />
            </>
          )}
        </p>
        <details class="help">
          <summary>{words('sitesNowhere')}</summary>
          <ul class="sites-nowhere">
            <li>{words('siteBrowserPage')}</li>
            <li>{words('siteExtensionStore')}</li>
            <li>{words('siteFile')}</li>
          </ul>
          <HelpLink topic="pages-without-sidebar" />
        </details>
      </div>
    </section>
  );
}
