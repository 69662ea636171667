/**
 * A real Firefox with the built extension in it, driven over WebDriver BiDi. Seen with Firefox 153 ESR, headless:
 * - An extension page is reached because its random UUID is pinned by a preference. Such a page moves to the
 *   extension's process, and Puppeteer misses what follows: `goto` never sees the load, and `url()` stays
 *   `about:blank`. So nothing is waited for there but selectors; these, locators and scripts work.
 * - The same holds for the sidebar's frame: it is known by what it says of itself, not by `frame.url()`.
 * - The toolbar icon is clicked by a script in the browser's own window (`--remote-allow-system-access`, and the
 *   context tree of scope `chrome`): what the keyboard shortcut calls too, with the `activeTab` grant.
 * - BiDi debugs no extension's background: it is ended after 30 s as for anybody.
 */
import { existsSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Browser, type Frame, launch, type Page } from 'puppeteer-core';
import * as v from 'valibot';
import type { DrivenBrowser } from './driven-browser.ts';

export type FirefoxBrowser = DrivenBrowser & {
  /** Names the background that runs now: another one after each start; `undefined` while none runs. */
  backgroundId(): Promise<string | undefined>;
  /** Chooses an entry of the icon's context menu, in the tab in front. */
  chooseIconMenu(page: Page, id: string): Promise<void>;
  /** What an expression of `document` gives in the page in Firefox's own sidebar, as text; empty while none is there. */
  askPanel(expression: string): Promise<string>;
  /** Takes the permission for a match pattern away, as the browser's own page of add-ons does it. */
  revokeSite(pattern: string): Promise<void>;
};

export type FirefoxOptions = {
  executablePath: string;
  extensionPath: string;
  headless: boolean;
  /** The page that opens by itself at install is left open. */
  firstRun?: boolean;
};

const TIMEOUT_MS = 30_000;

const manifest = v.object({
  browser_specific_settings: v.object({ gecko: v.object({ id: v.string() }) }),
});
const contextTree = v.object({ contexts: v.array(v.object({ context: v.string(), url: v.string() })) });
const scriptResult = v.variant('type', [
  v.object({
    type: v.literal('success'),
    result: v.object({ type: v.string(), value: v.optional(v.unknown()) }),
  }),
  v.object({ type: v.literal('exception'), exceptionDetails: v.object({ text: v.string() }) }),
]);

/** Runs an expression with the browser's own rights, in its window. */
type RunInWindow = (expression: string) => Promise<unknown>;

/** Puppeteer has this on its Firefox browsers and leaves it out of its types. */
type WithConnection = {
  connection: { send(method: string, params: object): Promise<{ result: unknown }> };
};

export async function openFirefox(options: FirefoxOptions): Promise<FirefoxBrowser> {
  const extensionId = readExtensionId(options.extensionPath);
  const uuid = crypto.randomUUID();
  const browser = await launch({
    browser: 'firefox',
    executablePath: options.executablePath,
    headless: options.headless,
    defaultViewport: options.headless ? { width: 1280, height: 800 } : null,
    args: ['--remote-allow-system-access'],
    extraPrefsFirefox: {
      'extensions.webextensions.uuids': JSON.stringify({ [extensionId]: uuid }),
      'extensions.webextOptionalPermissionPrompts': false,
    },
  });
  await browser.installExtension(options.extensionPath);
  const runInWindow = await findWindow(browser);
  const extension = `WebExtensionPolicy.getByID(${JSON.stringify(extensionId)}).extension`;
  const ownPages = `moz-extension://${uuid}/`;
  if (!options.firstRun) await closeStartPage(runInWindow, `${ownPages}options.html#start`);
  return {
    name: 'firefox',
    browser,
    url: (page) => `${ownPages}${page}`,
    async newPage(url) {
      // Else a popup of ours that lies in front gets the tab.
      await runInWindow('window.focus()');
      const page = await browser.newPage();
      await page.goto(url, { waitUntil: url.startsWith(ownPages) ? [] : 'load', timeout: TIMEOUT_MS });
      return page;
    },
    async clickIcon(page) {
      await page.bringToFront();
      await runInWindow(
        `ChromeUtils.importESModule('resource://gre/modules/ExtensionParent.sys.mjs')
          .ExtensionParent.apiManager.global.browserActionFor(${extension}).triggerAction(window)`,
      );
    },
    sidebarFrame: (page) => findFrame(page, `${ownPages}sidebar.html`),
    async backgroundId() {
      const id = await runInWindow(
        `String([...${extension}.views].find(({ viewType }) => viewType === 'background')?.contextId ?? '')`,
      );
      return typeof id === 'string' && id !== '' ? id : undefined;
    },
    async chooseIconMenu(page, id) {
      await page.bringToFront();
      await runInWindow(
        `${extension}.tabManager.addActiveTabPermission(gBrowser.selectedTab);
        ${extension}.emit(
          'webext-menu-menuitem-click',
          { menuItemId: ${JSON.stringify(id)}, editable: false, modifiers: [], button: 0 },
          gBrowser.selectedTab,
        );`,
      );
    },
    async askPanel(expression) {
      const script = `sendAsyncMessage('told', String((({ document }) => ${expression})(content)))`;
      const answer = await runInWindow(
        `new Promise((done) => {
          const panel = document.getElementById('sidebar').contentDocument?.getElementById('webext-panels-browser');
          const manager = panel?.messageManager;
          if (!SidebarController.isOpen || !manager) return done('');
          const tell = ({ data = '' }) => {
            manager.removeMessageListener('told', tell);
            done(data);
          };
          manager.addMessageListener('told', tell);
          manager.loadFrameScript(${JSON.stringify(`data:application/javascript,${encodeURIComponent(script)}`)}, false);
          setTimeout(tell, 1_000, {});
        })`,
      );
      return typeof answer === 'string' ? answer : '';
    },
    async revokeSite(pattern) {
      await runInWindow(
        `ChromeUtils.importESModule('resource://gre/modules/ExtensionPermissions.sys.mjs')
          .ExtensionPermissions.remove(
            ${JSON.stringify(extensionId)},
            { permissions: [], origins: [${JSON.stringify(pattern)}] },
            ${extension},
          )
          .then(() => true)`,
      );
    },
    async endBackground() {
      await runInWindow(
        `${extension}.terminateBackground({ ignoreDevToolsAttached: true }).then(() => true)`,
      );
    },
    close: () => browser.close(),
  };
}

/** Where Firefox is; `EARSHOT_FIREFOX` names another. */
export function findFirefox(env: NodeJS.ProcessEnv): string {
  const folders = (env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
  const named = env['EARSHOT_FIREFOX'] ?? '';
  const candidates =
    named === ''
      ? folders.flatMap((folder) => ['firefox-esr', 'firefox'].map((name) => join(folder, name)))
      : [named];
  const found = candidates.find((path) => existsSync(path));
  if (found === undefined)
    throw new Error('No Firefox was found. Install firefox-esr or set EARSHOT_FIREFOX.');
  return found;
}

function readExtensionId(extensionPath: string): string {
  const raw: unknown = JSON.parse(readFileSync(join(extensionPath, 'manifest.json'), 'utf8'));
  return v.parse(manifest, raw).browser_specific_settings.gecko.id;
}

async function findWindow(browser: Browser): Promise<RunInWindow> {
  const { connection } = browser as unknown as WithConnection;
  const tree = await connection.send('browsingContext.getTree', { 'moz:scope': 'chrome' });
  const { contexts } = v.parse(contextTree, tree.result);
  const window = contexts.find(({ url }) => url.endsWith('/browser.xhtml'));
  if (window === undefined) throw new Error('Firefox shows no window to scripts.');
  return async (expression) => {
    const answer = await connection.send('script.evaluate', {
      expression,
      target: { context: window.context },
      awaitPromise: true,
    });
    const result = v.parse(scriptResult, answer.result);
    if (result.type === 'exception') throw new Error(`Firefox: ${result.exceptionDetails.text}`);
    return result.result.value;
  };
}

/**
 * It comes before whichever tab is in front by then, and in a tab behind another an animation frame, which clicks wait
 * for, may take a minute.
 */
async function closeStartPage(runInWindow: RunInWindow, url: string): Promise<void> {
  const untilMs = Date.now() + TIMEOUT_MS;
  // Whether it opens at all is for the test of the first run to say.
  while (Date.now() < untilMs) {
    const isClosed = await runInWindow(
      `(() => {
        const tab = gBrowser.tabs.find(({ linkedBrowser }) => linkedBrowser.currentURI.spec === ${JSON.stringify(url)});
        if (tab !== undefined) gBrowser.removeTab(tab);
        return tab !== undefined;
      })()`,
    );
    if (isClosed === true) return;
    await sleep(50);
  }
}

async function findFrame(page: Page, url: string): Promise<Frame> {
  const untilMs = Date.now() + TIMEOUT_MS;
  while (Date.now() < untilMs) {
    for (const frame of page.frames().filter(({ detached }) => !detached)) {
      // A frame that is just moving answers nothing: it is asked again.
      const isOurs = await frame
        .evaluate((wanted) => location.href === wanted && document.querySelector('.app') !== null, url)
        .catch(() => false);
      if (isOurs) return frame;
    }
    await sleep(50);
  }
  throw new Error(`No sidebar came up in ${page.url()}.`);
}
