/** The extension's own storage, reached through one of its pages: scenes set relay and preferences there. */
import type { Page } from 'puppeteer-core';
import type { Area } from '../../utils/storage/area.ts';

export function storedArea(page: Page, name: 'local' | 'session'): Area {
  return {
    read: (keys) => page.evaluate((area, wanted) => chrome.storage[area].get(wanted ?? null), name, keys),
    write: (values) => page.evaluate((area, written) => chrome.storage[area].set(written), name, values),
    remove: (keys) => page.evaluate((area, gone) => chrome.storage[area].remove(gone), name, keys),
  };
}
