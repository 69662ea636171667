/** The browser's storage areas, one value a key. */
import browser from 'webextension-polyfill';
import type { Area } from '../settings/settings-store.ts';

export const localArea: Area = createArea('local');
export const sessionArea: Area = createArea('session');

function createArea(name: 'local' | 'session'): Area {
  const area = () => browser.storage[name];
  return {
    get: async (key) => (await area().get(key))[key],
    set: (key, value) => area().set({ [key]: value }),
    remove: (key) => area().remove(key),
  };
}

/** Calls back with the keys that changed in either area. */
export function onStorageChanged(listener: (keys: string[]) => void): void {
  browser.storage.onChanged.addListener((changes) => listener(Object.keys(changes)));
}
