/** A browser with a sidebar that hears what a test says; for how a call is read. */
import type { Frame, Page } from 'puppeteer-core';
import { setRelay, waitForConnection } from '../../demo/launcher/agent-walk.ts';
import type { DrivenBrowser } from '../../demo/launcher/driven-browser.ts';
import { startSimulator } from '../../demo/simulator/start-simulator.ts';
import { openBrowser } from './tested-browser.ts';
import { AGENT_TOKEN, PLATFORM_TOKEN, startPage, startTestRelay } from './world.ts';

/** What the platform says: one event, or with several one frame of all of them. */
type Said = { callid: string; text?: string; leg?: 0 | 1; final?: boolean } & Record<string, unknown>;

export type ReadingWorld = {
  page: Page;
  sidebar: Frame;
  say(...events: Said[]): void;
  /** Opens the sidebar in another page; `path` is one of `startPage`'s. */
  openAnother(path?: string): Promise<{ page: Page; sidebar: Frame }>;
  /** Opens the sidebar page as a surface of its own. */
  openSurface(surface: 'panel' | 'window'): Promise<Page>;
  /** Opens another page of the extension's own, such as `options.html#privacy`. */
  openOwn(path: string): Promise<Page>;
  close(): Promise<void>;
};

/** With the browser that this run is about, or one that the test opens itself. */
export async function openReadingWorld(
  open: () => Promise<DrivenBrowser> = openBrowser,
): Promise<ReadingWorld> {
  const simulator = await startSimulator({ port: 0, script: '10141', token: PLATFORM_TOKEN });
  const relay = await startTestRelay(simulator.url, { write: () => {} });
  const site = await startPage();
  const browser = await open();
  await (await setRelay(browser, relay.url, AGENT_TOKEN)).close();

  async function openAnother(path = '/'): Promise<{ page: Page; sidebar: Frame }> {
    const page = await browser.newPage(new URL(path, site.url).href);
    await browser.clickIcon(page);
    const sidebar = await browser.sidebarFrame(page);
    await waitForConnection(sidebar);
    return { page, sidebar };
  }

  return {
    ...(await openAnother()),
    say: (...events) => simulator.sendRaw(JSON.stringify(events.length === 1 ? events[0] : events)),
    openAnother,
    openSurface: (surface) => browser.newPage(browser.url(`sidebar.html?surface=${surface}`)),
    openOwn: (path) => browser.newPage(browser.url(path)),
    async close() {
      await browser.close();
      await relay.stop();
      await simulator.stop();
      await site.stop();
    },
  };
}
