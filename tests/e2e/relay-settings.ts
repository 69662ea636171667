/** Settings with several relays, stored as the settings page would store them. */
import type { DrivenBrowser } from '../../demo/launcher/driven-browser.ts';
import { AGENT_TOKEN, WAIT_MS } from './world.ts';

type GivenSettings = {
  relays: { id: string; name?: string; address: string }[];
  defaultRelay?: string;
  sites?: { origin: string; relay: string }[];
  keepMinutes?: number;
};

/** Every relay is given the agent's token, for this browser session. */
export async function storeSettings(
  browser: Pick<DrivenBrowser, 'newPage' | 'url'>,
  given: GivenSettings,
): Promise<void> {
  const page = await browser.newPage(browser.url('options.html'));
  await page.waitForSelector('.nav', { timeout: WAIT_MS });
  const tokens = Object.fromEntries(
    given.relays.map(({ id, address }) => [id, { token: AGENT_TOKEN, address }]),
  );
  await page.evaluate(
    async (settings, known) => {
      await chrome.storage.session.set({ tokens: known });
      await chrome.storage.local.set({ settings });
    },
    { version: 2, ...given },
    tokens,
  );
  await page.close();
}

/** The keys of the session storage. */
export async function sessionKeys(browser: Pick<DrivenBrowser, 'newPage' | 'url'>): Promise<string[]> {
  const page = await browser.newPage(browser.url('help.html'));
  await page.waitForSelector('article', { timeout: WAIT_MS });
  const keys = await page.evaluate(async () => Object.keys(await chrome.storage.session.get(null)));
  await page.close();
  return keys;
}
