/** What of a value from outside did not survive its decoding: a wrong type, a name nobody knows, a number out of range. */

import { isObject } from './plain-data.ts';

/**
 * The places of it, such as `relays[1].address`, from `path` on. Items of a list are known again by their `id` or
 * `origin`, since a list may be read without some of them.
 */
export function notUnderstood(given: unknown, read: unknown, path = ''): string[] {
  if (Array.isArray(given) && Array.isArray(read)) return inList(given, read, path);
  if (isObject(given) && isObject(read)) {
    return Object.entries(given).flatMap(([key, value]) =>
      notUnderstood(value, read[key], path === '' ? key : `${path}.${key}`),
    );
  }
  return given === read ? [] : [path];
}

function inList(given: readonly unknown[], read: readonly unknown[], path: string): string[] {
  const left = [...read];
  return given.flatMap((item, index) => {
    const place = `${path}[${index}]`;
    const name = nameOf(item);
    if (name !== nameOf(left[0]) || left.length === 0) return [place];
    return notUnderstood(item, left.shift(), place);
  });
}

function nameOf(item: unknown): unknown {
  return isObject(item) ? (item['id'] ?? item['origin']) : undefined;
}
