/** Tabs: their life, the toolbar icon's state in them, and the overlay injected into them. */
import browser from 'webextension-polyfill';
import type { ToOverlay } from '../messaging/overlay-messages.ts';

export const OVERLAY_SCRIPT = '/content-scripts/overlay.js';

export type IconState = { text: string; colour: string; title: string };

/** The toolbar icon was clicked, or its shortcut pressed: the tab is ours to script until it leaves its site. */
export function onIconClicked(listener: (tabId: number) => void): void {
  browser.action.onClicked.addListener((tab) => {
    if (tab.id !== undefined) listener(tab.id);
  });
}

/** A tab shows a new document, or has finished loading one. */
export function onTabLoading(listener: (tabId: number) => void): void {
  browser.tabs.onUpdated.addListener((tabId, change) => {
    if (change.status !== undefined) listener(tabId);
  });
}

export function onTabRemoved(listener: (tabId: number) => void): void {
  browser.tabs.onRemoved.addListener((tabId) => listener(tabId));
}

/** Chrome swaps a tab for a prerendered one: what belonged to `oldTabId` belongs to `newTabId`. */
export function onTabReplaced(listener: (newTabId: number, oldTabId: number) => void): void {
  browser.tabs.onReplaced?.addListener(listener);
}

/** Another tab or window is in front. */
export function onFrontTabChanged(listener: () => void): void {
  browser.tabs.onActivated.addListener(() => listener());
  browser.windows.onFocusChanged.addListener(() => listener());
}

/** Rejects where the page lets no extension in (the browser's own pages, stores) or the click's grant is gone. */
export async function injectOverlay(tabId: number): Promise<void> {
  await browser.scripting.executeScript({
    target: { tabId },
    files: [OVERLAY_SCRIPT],
    injectImmediately: true,
  });
}

/** Whether an overlay in the tab's top frame took the message. */
export async function tellOverlay(tabId: number, message: ToOverlay): Promise<boolean> {
  try {
    return (await browser.tabs.sendMessage(tabId, message, { frameId: 0 })) === true;
  } catch {
    // No overlay listens there: that is the answer.
    return false;
  }
}

/** A tab that is gone by now needs no icon. */
export async function setIcon(tabId: number, { text, colour, title }: IconState): Promise<void> {
  await Promise.allSettled([
    browser.action.setBadgeText({ tabId, text }),
    browser.action.setBadgeBackgroundColor({ tabId, color: colour }),
    browser.action.setTitle({ tabId, title }),
  ]);
}
