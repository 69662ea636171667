/** A browser whose permissions a test gives and takes away as the agent would, and two sites. */
import type { Page } from 'puppeteer-core';
import type { DrivenBrowser } from '../../demo/launcher/driven-browser.ts';
import { openChromium, openTestedFirefox, testedBrowser } from './tested-browser.ts';
import { startPage, WAIT_MS } from './world.ts';

type Hands = {
  /** From now on the browser says yes for these origins, as soon as it is asked in a click. */
  willAllow(...origins: string[]): Promise<void>;
  /** In the browser's own settings. */
  revoke(origin: string): Promise<void>;
  /** After `revoke`: Chromium's own settings give it back as they took it; Firefox leaves that to our button. */
  giveBack(settings: Page, origin: string): Promise<void>;
  /** After the switch in the sidebar's menu, whose frame may not ask in Firefox: our settings do. */
  confirmSwitch(settings: Page, origin: string): Promise<void>;
};

export type SitesWorld = DrivenBrowser &
  Hands & {
    /** With ports, on one host. */
    site: string;
    otherSite: string;
    /** The settings page, which stays open. */
    settings: Page;
    granted(): Promise<string[]>;
    /** The patterns of the sites where the browser puts our script. */
    registered(): Promise<string[]>;
    /** The text of the icon's badge, and whether a script of ours answers, in the tab of this page. */
    tabState(page: Page): Promise<{ badge: string; hasScript: boolean }>;
  };

/** The browser's own object in the settings page, whatever it is called there. */
declare const api: typeof chrome;

export async function openSitesWorld(): Promise<SitesWorld> {
  const [one, two] = await Promise.all([startPage(), startPage()]);
  const browser = testedBrowser === 'chromium' ? await openSitesChromium() : await openSitesFirefox();
  const settings = await browser.newPage(browser.url('options.html#sites'));
  await settings.waitForSelector('#site-address');
  await settings.evaluate(() => {
    Object.assign(globalThis, { api: Reflect.get(globalThis, 'browser') ?? chrome });
  });
  return {
    ...browser,
    site: new URL(one.url).origin,
    otherSite: new URL(two.url).origin,
    settings,
    granted: () => settings.evaluate(async () => (await api.permissions.getAll()).origins ?? []),
    registered: () =>
      settings.evaluate(async () => {
        const scripts = await api.scripting.getRegisteredContentScripts();
        return scripts.flatMap(({ matches }) => matches ?? []);
      }),
    async tabState(page) {
      await page.bringToFront();
      return settings.evaluate(async () => {
        const [tab] = await api.tabs.query({ active: true, currentWindow: true });
        const tabId = tab?.id ?? -1;
        const answer = api.tabs.sendMessage(tabId, { type: 'overlay:probe' }, { frameId: 0 });
        return {
          badge: await api.action.getBadgeText({ tabId }),
          hasScript: await answer.then(
            (taken) => taken === true,
            () => false,
          ),
        };
      });
    },
    async close() {
      await browser.close();
      await Promise.all([one.stop(), two.stop()]);
    },
  };
}

async function openSitesChromium(): Promise<DrivenBrowser & Hands> {
  const browser = await openChromium();
  const manager = await browser.newPage('chrome://extensions');
  /** What that page itself calls when somebody changes the details of an extension. */
  const change = (hand: 'addHostPermission' | 'removeHostPermission', origin: string) =>
    manager.evaluate(
      async (called, id, pattern) => {
        const { developerPrivate } = chrome as unknown as {
          developerPrivate: Record<string, (id: string, pattern: string) => Promise<void>>;
        };
        await developerPrivate[called]?.(id, pattern);
      },
      hand,
      browser.extension.id,
      `${origin}/*`,
    );
  return {
    ...browser,
    async willAllow(...origins) {
      for (const origin of origins) await change('addHostPermission', origin);
    },
    revoke: (origin) => change('removeHostPermission', origin),
    giveBack: (_settings, origin) => change('addHostPermission', origin),
    confirmSwitch: async () => {},
  };
}

async function openSitesFirefox(): Promise<DrivenBrowser & Hands> {
  const browser = await openTestedFirefox();
  return {
    ...browser,
    // A preference has it say yes always.
    willAllow: async () => {},
    // Its patterns know no ports.
    revoke: (origin) => browser.revokeSite(`${origin.replace(/:\d+$/, '')}/*`),
    giveBack: (settings, origin) => settings.locator(`[data-site="${origin}"] .secondary`).click(),
    async confirmSwitch(settings, origin) {
      await settings.bringToFront();
      await settings.waitForFunction(
        (filledIn) => document.querySelector<HTMLInputElement>('#site-address')?.value === filledIn,
        { timeout: WAIT_MS, polling: 50 },
        origin,
      );
      await settings.locator('#add-site').click();
    },
  };
}
