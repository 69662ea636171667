/** What the schemas of the configuration are made of. */
import * as v from 'valibot';

export const wholeNumber = (min: number, max: number) => {
  const expected = `a whole number from ${min} to ${max}`;
  return v.pipe(
    v.number(expected),
    v.integer(expected),
    v.minValue(min, expected),
    v.maxValue(max, expected),
  );
};
export const words = (expected: string, max: number) =>
  v.pipe(v.string(expected), v.trim(), v.minLength(1, expected), v.maxLength(max, expected));
export const object = <Entries extends v.ObjectEntries>(entries: Entries) =>
  v.strictObject(entries, 'an object');
export const path = words('a path', 4_096);

/** Whether an address may be used: encrypted, or to this machine itself, and without a secret in it. */
export function isUsable(secure: string, loopbackOnly: string): (text: string) => boolean {
  return (text) => {
    if (!URL.canParse(text)) return false;
    const { protocol, hostname, username, password } = new URL(text);
    if (username !== '' || password !== '') return false;
    return protocol === secure || (protocol === loopbackOnly && isLoopback(hostname));
  };
}

function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d{1,3}){3}$/.test(hostname);
}
