/** The sites where the sidebar opens by itself: the browser's permission for them, and the script registered there. */
import browser from 'webextension-polyfill';
import { sitePattern } from '../settings/site.ts';
import { engine } from './engine.ts';
import { OVERLAY_SCRIPT } from './tabs.ts';

const SCRIPT_ID = 'sites';

/** As browsers want it: without twins, which Firefox's ports make, and always in the same order. */
function patternsOf(origins: readonly string[]): string[] {
  return [...new Set(origins.map((origin) => sitePattern(origin, engine)))].sort();
}

/** To be called first thing in a click: Firefox refuses it after an `await`. `false`: the agent said no. */
export function askForSites(origins: readonly string[]): Promise<boolean> {
  return browser.permissions.request({ origins: patternsOf(origins) });
}

/** Whether the browser lets Earshot stand there now. */
export function mayStandOn(origin: string): Promise<boolean> {
  return browser.permissions.contains({ origins: patternsOf([origin]) });
}

/** Gives back the permission for `origins`, as far as none of `kept` needs it. */
export async function giveSitesBack(origins: readonly string[], kept: readonly string[]): Promise<void> {
  const needed = new Set(patternsOf(kept));
  const unneeded = patternsOf(origins).filter((pattern) => !needed.has(pattern));
  if (unneeded.length > 0) await browser.permissions.remove({ origins: unneeded });
}

/** A permission was given or taken away, by us or in the browser's own settings. */
export function onSitePermissions(listener: () => void): () => void {
  const { onAdded, onRemoved } = browser.permissions;
  onAdded.addListener(listener);
  onRemoved.addListener(listener);
  return () => {
    onAdded.removeListener(listener);
    onRemoved.removeListener(listener);
  };
}

/** From now on pages of these sites, and of no other, are given the overlay's script when they have loaded. */
export async function registerOverlay(origins: readonly string[]): Promise<void> {
  const matches = patternsOf(origins);
  const [known] = await browser.scripting.getRegisteredContentScripts({ ids: [SCRIPT_ID] });
  if (matches.length === 0) {
    if (known !== undefined) await browser.scripting.unregisterContentScripts({ ids: [SCRIPT_ID] });
  } else if (known === undefined) {
    await browser.scripting.registerContentScripts([
      {
        id: SCRIPT_ID,
        js: [OVERLAY_SCRIPT],
        matches,
        runAt: 'document_idle',
        persistAcrossSessions: true,
      },
    ]);
  } else if (known.matches?.toSorted().join() !== matches.join()) {
    await browser.scripting.updateContentScripts([{ id: SCRIPT_ID, matches }]);
  }
}

/** The tabs that show a page of this site; those the browser has put to sleep load it anew when they wake. */
export async function tabsOfSite(origin: string): Promise<number[]> {
  const tabs = await browser.tabs.query({ url: patternsOf([origin]), discarded: false });
  return tabs.flatMap(({ id, url }) =>
    id !== undefined && url !== undefined && URL.parse(url)?.origin === origin ? [id] : [],
  );
}

/** The address of a tab's page, as far as the browser tells it: of sites that were allowed, and after a click. */
export async function addressOf(tabId: number): Promise<string | undefined> {
  return (await browser.tabs.get(tabId).catch(() => undefined))?.url;
}
