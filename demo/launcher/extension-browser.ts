/** A real Chromium with the built extension in it. */
import { setTimeout as sleep } from 'node:timers/promises';
import { type Browser, type Extension, type Frame, launch, type Page, type Target } from 'puppeteer-core';
import { type DrivenBrowser, hasOverlay } from './driven-browser.ts';
import { endWorker, waitForWorker } from './extension-worker.ts';

export type ExtensionBrowser = DrivenBrowser & { extension: Extension };

export type BrowserOptions = {
  executablePath: string;
  extensionPath: string;
  headless: boolean;
  window?: { width: number; height: number };
  colorScheme?: 'light' | 'dark';
  /** As with a screen reader running: the browser tells it of everything, also of what is not laid out. */
  screenReader?: boolean;
  /** The language of the browser's interface, such as `ar` or `pt-BR`. Throws where the browser lacks it. */
  language?: string;
  /** The page that opens by itself at install is left open. */
  firstRun?: boolean;
};

const TIMEOUT_MS = 30_000;
/** On a busy machine it comes late. */
const START_PAGE_WITHIN_MS = 30_000;

export async function openExtensionBrowser(options: BrowserOptions): Promise<ExtensionBrowser> {
  const { width, height } = options.window ?? { width: 1280, height: 800 };
  const browser = await launch({
    executablePath: options.executablePath,
    headless: options.headless,
    enableExtensions: true,
    pipe: true,
    defaultViewport: options.headless ? { width, height } : null,
    // Chromium on Linux takes its language from here, on other systems from --lang.
    ...(options.language === undefined ? {} : { env: { ...process.env, LANGUAGE: options.language } }),
    args: [
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      `--window-size=${width},${height}`,
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      ...(options.colorScheme === 'dark' ? ['--force-dark-mode'] : []),
      ...(options.screenReader ? ['--force-renderer-accessibility=screen-reader'] : []),
      ...(options.language === undefined ? [] : [`--lang=${options.language}`]),
    ],
  });
  const extension = await install(browser, options.extensionPath);
  if (!options.firstRun) await closeStartPage(browser);
  if (options.language !== undefined && !(await speaks(browser, extension, options.language))) {
    await browser.close();
    throw new Error(`The browser does not speak ${options.language}. On Debian, install chromium-l10n.`);
  }
  return {
    name: 'chromium',
    browser,
    extension,
    url: (page) => `chrome-extension://${extension.id}/${page}`,
    async newPage(url) {
      const page = await browser.newPage();
      await page.goto(url, { waitUntil: 'load' });
      return page;
    },
    async clickIcon(page) {
      await page.bringToFront();
      await extension.triggerAction(page);
    },
    sidebarFrame,
    endBackground: () => endWorker(browser, extension.id),
    close: () => browser.close(),
  };
}

async function install(browser: Browser, path: string): Promise<Extension> {
  const id = await browser.installExtension(path);
  const extension = (await browser.extensions()).get(id);
  if (extension === undefined)
    throw new Error(`The browser took the extension at ${path} and does not list it.`);
  await waitForWorker(browser, id);
  return extension;
}

/** It opens soon after the background's first start, and whoever drives this browser looks elsewhere. */
export async function closeStartPage(browser: Browser): Promise<void> {
  const isStart = (target: Target) => target.url().endsWith('/options.html#start');
  const opened = browser.waitForTarget(isStart, { timeout: START_PAGE_WITHIN_MS });
  // Whether it opens at all is for the test of the first run to say.
  const page = await opened.then((target) => target.page()).catch(() => null);
  await page?.close();
}

/** A browser that lacks a language says nothing and starts in English. */
async function speaks(browser: Browser, extension: Extension, language: string): Promise<boolean> {
  const page = await browser.newPage();
  await page.goto(`chrome-extension://${extension.id}/help.html`, { waitUntil: 'load' });
  const spoken = await page.evaluate(() => chrome.i18n.getUILanguage());
  await page.close();
  return spoken === language;
}

/** The sidebar's frame in a page, once it is there and painted. */
export async function sidebarFrame(page: Page): Promise<Frame> {
  const untilMs = Date.now() + TIMEOUT_MS;
  while (Date.now() < untilMs) {
    // Asked again and again, and never waited for long: a frame that moves to the extension's process meanwhile
    // tells no event that can be relied on, and may never answer under its old name, which can stay in the list.
    for (const frame of framesOfSidebar(page)) {
      const app = frame.$('.app').catch(() => null);
      if (await Promise.race([app, sleep(1_000, null)])) return frame;
    }
    await sleep(50);
  }
  const has = (await hasOverlay(page))
    ? `its overlay is there, and its frame gives no answer (${framesOfSidebar(page).length} known)`
    : 'there is no overlay';
  throw new Error(`No sidebar came up in ${page.url()}: ${has}.`);
}

function framesOfSidebar(page: Page): Frame[] {
  return page.frames().filter((frame) => frame.url().endsWith('/sidebar.html'));
}
