/** Where else than in a page the sidebar can be: the browser's side panel (Chrome, Edge) or sidebar (Firefox), a window. */
import browser from 'webextension-polyfill';
import type { Surface } from '../messaging/surface.ts';

const WINDOW_SIZE = { width: 420, height: 720 };

/** The address of the sidebar page on a surface of its own; in an overlay it has none. */
function surfacePath(surface: Exclude<Surface, 'overlay'>): string {
  return `/sidebar.html?surface=${surface}`;
}

/** Which surface an address of the sidebar page is for. */
export function surfaceOf(url: string): Surface {
  const named = URL.parse(url)?.searchParams.get('surface');
  return named === 'panel' || named === 'window' ? named : 'overlay';
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
  if (!hasSidePanel()) return 'sidebarAction' in browser ? () => browser.sidebarAction.open() : undefined;
  const { id } = await browser.windows.getCurrent();
  return id === undefined ? undefined : () => openPanel(id);
}

function hasSidePanel(): boolean {
  return typeof chrome === 'object' && 'sidePanel' in chrome;
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

/** The tab the agent last went to, of those that are in front in a browser window. */
export async function lastActiveTab(): Promise<number | undefined> {
  const inFront = await browser.tabs.query({ active: true, windowType: 'normal' });
  return inFront.toSorted((one, other) => (other.lastAccessed ?? 0) - (one.lastAccessed ?? 0))[0]?.id;
}
