/** Which web origins may ask. A browser always names its page's origin; a program that names none has only its token. */

/** Firefox gives an extension another origin on each computer, so only all of them can be listed. */
export const ANY_FIREFOX_EXTENSION = 'moz-extension://*';

/** `allowed`: exact origins and `ANY_FIREFOX_EXTENSION`; undefined: any. */
export function isOriginAllowed(allowed: readonly string[] | undefined, origin: string | undefined): boolean {
  if (allowed === undefined || origin === undefined || allowed.includes(origin)) return true;
  return allowed.includes(ANY_FIREFOX_EXTENSION) && /^moz-extension:\/\/[\w-]+$/.test(origin);
}
