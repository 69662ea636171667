/** An agent's browser, whose profile outlives it: opened, closed, its worker killed, its pages left and come back to. */
import { type Browser, type Extension, type Frame, launch, type Page } from 'puppeteer-core';
import { typeOver } from '../../demo/launcher/agent-walk.ts';
import { sidebarFrame } from '../../demo/launcher/extension-browser.ts';
import { endWorker, waitForWorker } from '../../demo/launcher/extension-worker.ts';
import { sleep, within } from './patience.ts';

export type AgentBrowserOptions = {
  executablePath: string;
  extensionPath: string;
  /** The profile. */
  userDataFolder: string;
  /** Two pages of one origin. */
  pageUrl: string;
  otherUrl: string;
};

export type AgentBrowser = Awaited<ReturnType<typeof openAgentBrowser>>;

const PATIENCE_MS = 30_000;
const VIEWPORT = { width: 1280, height: 800 };

/** Opens it with the page in front, and nothing turned on. */
export async function openAgentBrowser(options: AgentBrowserOptions) {
  let browser: Browser;
  let extension: Extension;
  let page: Page;

  async function open(): Promise<void> {
    browser = await launch({
      executablePath: options.executablePath,
      headless: true,
      enableExtensions: true,
      pipe: true,
      userDataDir: options.userDataFolder,
      defaultViewport: VIEWPORT,
      ignoreDefaultArgs: ['--disable-back-forward-cache'],
      args: [
        ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    });
    const id = await browser.installExtension(options.extensionPath);
    const installed = (await browser.extensions()).get(id);
    if (installed === undefined) throw new Error('the browser took the extension and does not list it');
    extension = installed;
    // An agent is not that fast.
    await waitForWorker(browser, extension.id);
    page = await browser.newPage();
    await page.evaluateOnNewDocument(() => {
      addEventListener('pageshow', ({ persisted }) => {
        document.documentElement.dataset['persisted'] = String(persisted);
      });
    });
    await page.goto(options.pageUrl, { waitUntil: 'load' });
  }

  await open();
  return {
    page: () => page,
    sidebar: (): Promise<Frame> => sidebarFrame(page),
    /** Types address and token into the options page, to be remembered, and waits until the relay took them. */
    async enterRelay(address: string, token: string): Promise<void> {
      const form = await browser.newPage();
      await form.goto(`chrome-extension://${extension.id}/options.html`);
      await typeOver(form, '#address', address);
      await typeOver(form, '#token', token);
      if (!(await form.$eval('#remember', (box) => box instanceof HTMLInputElement && box.checked)))
        await form.locator('#remember').click();
      await form.locator('#test-connection').click();
      await form.waitForSelector('[data-hop="token"][data-state="good"]', { timeout: PATIENCE_MS });
      await form.close();
    },
    /** Clicks the toolbar icon in the page. */
    async turnOn(): Promise<void> {
      await page.bringToFront();
      await extension.triggerAction(page);
      await sidebarFrame(page);
    },
    killWorker: () => endWorker(browser, extension.id),
    /** Runs `work` in a page of the extension's own, where it has what its worker has. */
    async inOwnPage<T>(work: () => Promise<T>): Promise<T> {
      const own = await browser.newPage();
      await own.goto(`chrome-extension://${extension.id}/help.html`);
      const done = await within(own.evaluate(work), PATIENCE_MS, 'a page of the extension');
      await own.close();
      await page.bringToFront();
      return done;
    },
    async reload(): Promise<void> {
      await page.reload({ timeout: PATIENCE_MS });
      await sidebarFrame(page);
    },
    /** To another page of the site and back by a link of its own. */
    async walkThrough(): Promise<void> {
      await page.goto(options.otherUrl, { timeout: PATIENCE_MS });
      await sidebarFrame(page);
      await page.goto(options.pageUrl, { timeout: PATIENCE_MS });
      await sidebarFrame(page);
    },
    /** To another page of the site and back by the browser's button; whether it came out of the cache. */
    async goAndComeBack(awayMs: number): Promise<boolean> {
      await page.goto(options.otherUrl, { timeout: PATIENCE_MS });
      await sleep(awayMs);
      await within(page.goBack({ timeout: PATIENCE_MS }), PATIENCE_MS, 'going back');
      await sidebarFrame(page);
      return page.evaluate(() => document.documentElement.dataset['persisted'] === 'true');
    },
    close: () => within(browser.close(), PATIENCE_MS, 'closing the browser'),
    /** After `close`: the same profile again. */
    open,
    /** Ends it at once; for the end of the run. */
    abandon: () => void browser.process()?.kill('SIGKILL'),
  };
}
