/**
 * Where else than in a page Earshot can be: the sidebar in the browser's side panel (Chrome, Edge) or sidebar (Firefox)
 * or in a window, the settings and the help in tabs.
 */
import browser from 'webextension-polyfill';
import type { HelpTopic } from '../help/topics.ts';
import type { Surface } from '../messaging/surface.ts';
import { hasSidebarAction, hasSidePanel } from './engine.ts';

const WINDOW_SIZE = { width: 420, height: 720 };

/** The address of the sidebar page on a surface of its own; in an overlay it has none. */
function surfacePath(surface: Exclude<Surface, 'overlay'>): string {
  return `/sidebar.html?surface=${surface}`;
}

/** Which surface an address of the sidebar page is for. */
export function surfaceOf(url: string): Surface {
  const named = URL.parse(url)?.searchParams.get('surface');
  // A preview has nothing to fold away or to drag either.
  if (named === 'preview') return 'window';
  return named === 'panel' || named === 'window' ? named : 'overlay';
}

/** Whether an address of the sidebar page is for one that is only shown, in the settings page. */
export function isPreview(url: string): boolean {
  return URL.parse(url)?.searchParams.get('surface') === 'preview';
}

/** Opens the panel of a window; browsers let that happen in a click of the agent's only. */
export function openPanel(windowId: number): Promise<void> {
  return hasSidePanel() ? chrome.sidePanel.open({ windowId }) : browser.sidebarAction.open();
}

/**
 * What opens the panel of this page's window. What it gives must be called first thing in a click, so all that takes
 * time is asked here. `undefined` in Firefox's pages inside other pages, which have no part in the browser's own.
 */
export async function preparePanel(): Promise<(() => Promise<void>) | undefined> {
  if (!hasSidePanel()) return hasSidebarAction() ? () => browser.sidebarAction.open() : undefined;
  const { id } = await browser.windows.getCurrent();
  return id === undefined ? undefined : () => openPanel(id);
}

export async function openWindow(): Promise<void> {
  await browser.windows.create({
    url: browser.runtime.getURL(surfacePath('window')),
    type: 'popup',
    ...WINDOW_SIZE,
  });
}

export async function focusWindowOf(tabId: number): Promise<void> {
  const { windowId } = await browser.tabs.get(tabId);
  if (windowId !== undefined) await browser.windows.update(windowId, { focused: true });
}

/** Opens the settings page at the part with this id, in the tab that shows the page where there is one. */
export async function openOptionsAt(section: string): Promise<void> {
  const page = browser.runtime.getURL('/options.html');
  const url = `${page}#${section}`;
  // A browser that finds no pages of ours opens one more.
  const [open] = await browser.tabs.query({ url: `${page}*` }).catch(() => []);
  if (open?.id === undefined) return void (await browser.tabs.create({ url }));
  await browser.tabs.update(open.id, { active: true, url });
  if (open.windowId !== undefined) await browser.windows.update(open.windowId, { focused: true });
}

export async function openHelp(topic: HelpTopic): Promise<void> {
  await browser.tabs.create({ url: browser.runtime.getURL(`/help.html#${topic}`) });
}

/** Calls back when Earshot is installed; not when it or the browser is updated. */
export function onInstalled(listener: () => void): void {
  browser.runtime.onInstalled.addListener(({ reason }) => {
    if (reason === 'install') listener();
  });
}

/** The tab the agent last went to, of those that are in front in a browser window. */
export async function lastActiveTab(): Promise<number | undefined> {
  const inFront = await browser.tabs.query({ active: true, windowType: 'normal' });
  return inFront.toSorted((one, other) => (other.lastAccessed ?? 0) - (one.lastAccessed ?? 0))[0]?.id;
}
