/** A browser with a sidebar in which secrets are said, and a site that is against us. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Frame, Page } from 'puppeteer-core';
import { expect } from 'vitest';
import { openSidebar, setRelay, waitForConnection } from '../../demo/launcher/agent-walk.ts';
import type { DrivenBrowser } from '../../demo/launcher/driven-browser.ts';
import { startSimulator } from '../../demo/simulator/start-simulator.ts';
import { type HostileSite, startHostileSite } from './hostile-site.ts';
import { addressOf } from './own-page.ts';
import { openBrowser, testedBrowser } from './tested-browser.ts';
import { AGENT_TOKEN, PLATFORM_TOKEN, startTestRelay, waitForWords } from './world.ts';

export const SECRET = 'zanzibarquartz';
export const TYPED = 'mountweazel';
export const CALL = 'callofsecrets';
/** What a page is told of a document that is not its own. */
const NOTHING = ['refused', 'null', 'undefined'];
/** Firefox takes an opened tab to our process, and leaves the page that opened it an empty one of its own to look at. */
const EMPTY = testedBrowser === 'firefox' ? ['<html><head></head><body></body></html>', '', '1'] : [];

export type HostileWorld = {
  browser: DrivenBrowser;
  site: HostileSite;
  /** The address of the sidebar's page in this session of the browser, which no page is told. */
  sessionAddress: string;
  say(...texts: string[]): void;
  /** Opens a page of the site, and the sidebar in it, connected. */
  openHostile(url?: string): Promise<{ page: Page; sidebar: Frame }>;
  /** It may hold no secret, and nothing of where the sidebar comes from. */
  expectNothingIn(gained: string): void;
  close(): Promise<void>;
};

export async function openHostileWorld(): Promise<HostileWorld> {
  const site = await startHostileSite();
  const simulator = await startSimulator({ port: 0, script: '10141', token: PLATFORM_TOKEN });
  const relay = await startTestRelay(simulator.url, { write: () => {} });
  const browser = await openBrowser();
  const settings = await setRelay(browser, relay.url, AGENT_TOKEN);
  const sessionAddress = await settings.evaluate(() => chrome.runtime.getURL('/sidebar.html'));
  await settings.close();
  const origins = [browser.url(''), sessionAddress].map((address) => new URL(address));
  return {
    browser,
    site,
    sessionAddress,
    say(...texts) {
      for (const text of texts) simulator.sendRaw(JSON.stringify({ callid: CALL, leg: 0, text }));
    },
    async openHostile(url = site.url) {
      const page = await browser.newPage(url);
      const sidebar = await openSidebar(browser, page);
      await waitForConnection(sidebar);
      return { page, sidebar };
    },
    expectNothingIn(gained) {
      const addresses = origins.flatMap(({ protocol, host }) => [protocol, host]);
      for (const secret of [SECRET, TYPED, CALL, AGENT_TOKEN, ...addresses]) {
        const at = gained.indexOf(secret);
        expect(at === -1 ? '' : gained.slice(Math.max(0, at - 200), at + 200)).toBe('');
      }
    },
    async close() {
      await browser.close();
      await relay.stop();
      await simulator.stop();
      await site.stop();
    },
  };
}

export function expectNothingGained(gained: string[], way: 'frame' | 'open'): void {
  const nothing = new Set([...NOTHING, ...(way === 'open' ? EMPTY : [])]);
  expect(new Set(gained).difference(nothing)).toEqual(new Set());
}

/** A tab of the site where the sidebar is off, beside one where it is on. */
export type TwoTabs = { on: { page: Page; sidebar: Frame }; off: Page };

export async function openTwoTabs(world: HostileWorld): Promise<TwoTabs> {
  return { on: await world.openHostile(), off: await world.browser.newPage(world.site.url) };
}

/** Says a line, and when it has come where it should, reads what stands in these frames. */
export async function shownIn(world: HostileWorld, { on }: TwoTabs, frames: Frame[]): Promise<string> {
  world.say(`again ${SECRET}`);
  await on.page.bringToFront();
  await waitForWords(on.sidebar, `again ${SECRET}`);
  const texts: string[] = [];
  for (const frame of frames) {
    // A page that is not in front paints nothing.
    await frame.page().bringToFront();
    await sleep(300);
    texts.push(await frame.evaluate(() => document.documentElement.innerText).catch(String));
  }
  return texts.join('\n');
}

/** The frames of our sidebar's page that stand in this one. */
export async function framedSidebars({ url }: DrivenBrowser, page: Page): Promise<Frame[]> {
  const frames = page.frames();
  const addresses = await Promise.all(frames.map(addressOf));
  return frames.filter((_, at) => addresses[at]?.startsWith(url('sidebar.html')) === true);
}
