/**
 * The browser's own object, without the polyfill, for what also runs in a page: every browser we serve answers by
 * promises there, and the script that the page has to load stays small.
 */
import type { Browser } from 'webextension-polyfill';

const named: { browser?: unknown; chrome?: unknown } = globalThis;

/** Firefox calls it `browser`, Chromium `chrome` and lately both. */
export const native = (named.browser ?? named.chrome) as Browser;
