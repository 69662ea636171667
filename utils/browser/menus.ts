/** The page's context menu: one entry, the same as a click on the toolbar icon. */
import browser from 'webextension-polyfill';
import { words } from './runtime.ts';

const TOGGLE = 'toggle';

/** To be called at every start; browsers keep the entry between them, so making it again must not fail. */
export function onMenuClicked(listener: (tabId: number) => void): void {
  browser.runtime.onInstalled.addListener(() => {
    browser.contextMenus.create({
      id: TOGGLE,
      title: words('menuToggle'),
      contexts: ['page', 'editable', 'selection'],
    });
  });
  browser.contextMenus.onClicked.addListener(({ menuItemId }, tab) => {
    if (menuItemId === TOGGLE && tab?.id !== undefined) listener(tab.id);
  });
}
