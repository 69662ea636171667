/**
 * The context menus: of a page, the same as a click on the toolbar icon; of the icon, the browser's own panel, and
 * that the sidebar opens on this site by itself.
 */
import browser from 'webextension-polyfill';
import { words } from './runtime.ts';

export type MenuListeners = {
  toggle(tabId: number): void;
  /** Called in the click itself, so that the browser lets the panel open. */
  panel(tabId: number, windowId: number): void;
  /** Called in the click itself, so that the browser lets us ask for the site. */
  always(tabId: number, url: string): void;
};

/** To be called at every start; browsers keep the entries between them, so they are made once. */
export function onMenuClicked({ toggle, panel, always }: MenuListeners): void {
  browser.runtime.onInstalled.addListener(() => {
    browser.contextMenus.create({
      id: 'toggle',
      title: words('menuToggle'),
      contexts: ['page', 'editable', 'selection'],
    });
    browser.contextMenus.create({ id: 'panel', title: words('menuPanel'), contexts: ['action'] });
    browser.contextMenus.create({ id: 'always', title: words('menuAlways'), contexts: ['action'] });
  });
  browser.contextMenus.onClicked.addListener(({ menuItemId }, tab) => {
    if (tab?.id === undefined) return;
    if (menuItemId === 'toggle') toggle(tab.id);
    if (menuItemId === 'always') always(tab.id, tab.url ?? '');
    if (menuItemId === 'panel' && tab.windowId !== undefined) panel(tab.id, tab.windowId);
  });
}
