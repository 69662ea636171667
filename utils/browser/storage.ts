/** The browser's storage areas. */
import browser from 'webextension-polyfill';
import type { Area } from '../storage/area.ts';

/** Outlives the browser. */
export const localArea: Area = createArea('local');
/** Outlives the worker, ends with the browser session, and is never on disk. */
export const sessionArea: Area = createArea('session');

function createArea(name: 'local' | 'session'): Area {
  const area = () => browser.storage[name];
  return {
    read: (keys) => area().get(keys ?? null),
    write: (values) => area().set(values),
    remove: (keys) => area().remove(keys),
  };
}

/** Calls back with the keys that changed in either area. */
export function onStorageChanged(listener: (keys: string[]) => void): void {
  browser.storage.onChanged.addListener((changes) => listener(Object.keys(changes)));
}
