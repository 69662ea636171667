/** The browser that this run is about: `npm run e2e` has Chromium, `npm run test:firefox` Firefox. */
import { resolve } from 'node:path';
import { type BrowserName, type DrivenBrowser, isBrowserName } from '../../demo/launcher/driven-browser.ts';
import {
  type BrowserOptions,
  type ExtensionBrowser,
  openExtensionBrowser,
} from '../../demo/launcher/extension-browser.ts';
import { findBrowser } from '../../demo/launcher/find-browser.ts';
import {
  type FirefoxBrowser,
  type FirefoxOptions,
  findFirefox,
  openFirefox,
} from '../../demo/launcher/firefox-browser.ts';

const OUTPUT = resolve(import.meta.dirname, '../../.output');
export const extensionPaths: Record<BrowserName, string> = {
  chromium: resolve(OUTPUT, 'chrome-mv3'),
  firefox: resolve(OUTPUT, 'firefox-mv3'),
};

/** Nobody says it for the bench, the idle run and the pictures, which use parts of these tests. */
export const testedBrowser = readTestedBrowser(process.env['EARSHOT_TESTED_BROWSER'] ?? 'chromium');

/** The browser that this run is about, with a fresh profile. */
export function openBrowser(): Promise<DrivenBrowser> {
  return testedBrowser === 'chromium' ? openChromium() : openTestedFirefox();
}

/** For what only Chromium has, or lets itself be told. */
export function openChromium(given: Partial<BrowserOptions> = {}): Promise<ExtensionBrowser> {
  return openExtensionBrowser({
    ...given,
    executablePath: findBrowser(process.env, console.log),
    extensionPath: extensionPaths.chromium,
    headless: true,
  });
}

/** For what only Firefox has. */
export function openTestedFirefox(given: Partial<FirefoxOptions> = {}): Promise<FirefoxBrowser> {
  return openFirefox({
    ...given,
    executablePath: findFirefox(process.env),
    extensionPath: extensionPaths.firefox,
    headless: true,
  });
}

function readTestedBrowser(name: string): BrowserName {
  if (isBrowserName(name)) return name;
  throw new Error(`EARSHOT_TESTED_BROWSER is ${name}: there is no such browser.`);
}
