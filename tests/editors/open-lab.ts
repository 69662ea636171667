/** A browser with the built extension, and the editors' pages in it with the sidebar turned on. */
import { resolve } from 'node:path';
import type { Frame, Page } from 'puppeteer-core';
import type { BrowserName } from '../../demo/launcher/driven-browser.ts';
import { openExtensionBrowser } from '../../demo/launcher/extension-browser.ts';
import { findBrowser } from '../../demo/launcher/find-browser.ts';
import { findFirefox, openFirefox } from '../../demo/launcher/firefox-browser.ts';
import { insertText, listenForTargets, waitForTarget } from './insert-text.ts';
import type { Inserter } from './run-cell.ts';

type SidebarHand = { sidebar: Frame; inserter: Inserter };

export type EditorPage = {
  page: Page;
  /** The sidebar as it stands in the page now: a move into a dialog may have made it anew. */
  findSidebar(): Promise<SidebarHand>;
};

export type EditorLab = {
  open(url: string): Promise<EditorPage>;
  close(): Promise<void>;
};

const OUTPUT = resolve(import.meta.dirname, '../../.output');
const PAGE_MS = 30_000;

export async function openLab(name: BrowserName): Promise<EditorLab> {
  const browser = name === 'chromium' ? await openChromium() : await openHeadlessFirefox();
  return {
    async open(url) {
      const page = await browser.newPage(url);
      await page.waitForFunction(() => window.lab !== undefined, { polling: 50, timeout: PAGE_MS });
      await browser.clickIcon(page);
      return { page, findSidebar: rememberSidebar(() => browser.sidebarFrame(page)) };
    },
    close: () => browser.close(),
  };
}

/** A sidebar that is still there keeps its port, and with it what it was told. */
function rememberSidebar(find: () => Promise<Frame>): () => Promise<SidebarHand> {
  let last: SidebarHand | undefined;
  return async () => {
    const sidebar = await find();
    if (sidebar === last?.sidebar) return last;
    await listenForTargets(sidebar);
    last = {
      sidebar,
      inserter: {
        waitForTarget: () => waitForTarget(sidebar),
        insert: (text, ownLine) => insertText(sidebar, text, ownLine),
      },
    };
    return last;
  };
}

function openChromium() {
  return openExtensionBrowser({
    executablePath: findBrowser(process.env, console.error),
    extensionPath: resolve(OUTPUT, 'chrome-mv3'),
    headless: true,
  });
}

function openHeadlessFirefox() {
  return openFirefox({
    executablePath: findFirefox(process.env),
    extensionPath: resolve(OUTPUT, 'firefox-mv3'),
    headless: true,
  });
}
