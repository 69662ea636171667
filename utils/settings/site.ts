/**
 * Where Earshot can stand by itself: what somebody types or a tab shows becomes an origin, and an origin becomes the
 * pattern that the browser is asked for.
 */
import type { Engine } from '../engine.ts';

/** Why there can be no sidebar at an address. The last four are places that no extension is let into. */
export type SiteProblem =
  | 'empty'
  | 'not-an-address'
  | 'not-a-website'
  | 'file'
  | 'browser-page'
  | 'extension-page'
  | 'extension-store';

export type ReadSite = { ok: true; origin: string } | { ok: false; problem: SiteProblem };

const browserSchemes =
  /^(about|brave|chrome|chrome-untrusted|devtools|edge|opera|resource|view-source|vivaldi):/;
const extensionSchemes = /^[a-z]+-extension:/;
/** A scheme that a browser opens without two slashes; `localhost:3000` is none. */
const schemeOnly = /^(about|blob|data|file|javascript|mailto|tel|view-source):/;
/** Hosts that are this computer's own: what is developed there speaks plain HTTP. */
const loopback = /^(localhost|127(\.\d+){3}|\[::1\])(:\d+)?(\/|$)/;
/** Everything `URL` lets through that would be a wildcard or worse in a pattern is left out. */
const host = /^([a-z0-9_-]+(\.[a-z0-9_-]+)*\.?|\[[0-9a-f:.]+\])$/;

/** Host and path of the stores for extensions; elsewhere on two of the hosts pages are like any other. */
const stores =
  /^(chromewebstore\.google\.com|addons\.mozilla\.org)\/|^chrome\.google\.com\/webstore|^microsoftedge\.microsoft\.com\/addons/;

/** Of an address as it is typed, also without its scheme, or as a tab has it; the path may be anything. */
export function readSite(text: string): ReadSite {
  const typed = text.trim();
  if (typed === '') return { ok: false, problem: 'empty' };
  const url = URL.parse(withScheme(typed));
  if (url === null) return { ok: false, problem: 'not-an-address' };
  const problem = problemOf(url);
  return problem === undefined ? { ok: true, origin: url.origin } : { ok: false, problem };
}

function withScheme(typed: string): string {
  const lower = typed.toLowerCase();
  if (/^[a-z][a-z0-9+.-]*:\/\//.test(lower) || schemeOnly.test(lower)) return typed;
  if (loopback.test(lower)) return `http://${typed}`;
  // A single word is no address: somebody typed the product's name.
  return /[.:]/.test(typed.split('/')[0] ?? '') ? `https://${typed}` : '';
}

function problemOf({ protocol, hostname, pathname }: URL): SiteProblem | undefined {
  if (protocol === 'file:') return 'file';
  if (browserSchemes.test(protocol)) return 'browser-page';
  if (extensionSchemes.test(protocol)) return 'extension-page';
  if (protocol !== 'https:' && protocol !== 'http:') return 'not-a-website';
  if (!host.test(hostname)) return 'not-an-address';
  return stores.test(hostname + pathname) ? 'extension-store' : undefined;
}

/** Whether an origin is written as `readSite` gives it, so that it means one site and nothing more. */
export function isSite(origin: string): boolean {
  const read = readSite(origin);
  return read.ok && read.origin === origin;
}

/** The origin of a page, where Earshot could stand by itself. */
export function originOf(url: string): string | undefined {
  const read = readSite(url);
  return read.ok ? read.origin : undefined;
}

/**
 * What the browser is asked for. Firefox grants a pattern with a port and matches nothing by it (seen in 153), so there
 * it is asked for the host, with all its ports.
 */
export function sitePattern(origin: string, engine: Engine): string {
  return `${engine === 'firefox' ? origin.replace(/:\d+$/, '') : origin}/*`;
}

/** As people call it: its host, with the scheme where that is not the usual one. */
export function siteName(origin: string): string {
  return origin.replace(/^https:\/\//, '');
}

/** The part of the settings page where this address can be added, as `open-options` names it. */
export function siteSection(address: string): string {
  return `sites?add=${encodeURIComponent(address)}`;
}
