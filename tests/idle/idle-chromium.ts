/**
 * Chromium with the extension, started by hand: Puppeteer's own start keeps a pipe and adds flags that switch off the
 * throttling an idle browser has. A debugger attached to a worker keeps it alive; here it is only a WebSocket, which
 * is closed. Whether a worker runs is then read from the list of targets over HTTP, which attaches to none.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Browser, connect, type Extension } from 'puppeteer-core';
import * as v from 'valibot';
import { closeStartPage, sidebarFrame } from '../../demo/launcher/extension-browser.ts';
import { findBrowser } from '../../demo/launcher/find-browser.ts';
import { type IdleBrowser, pickPage } from './idle-browser.ts';

const TIMEOUT_MS = 30_000;
const CLOSE_MS = 5_000;

const targets = v.array(v.object({ id: v.string(), type: v.string(), url: v.string() }));

export async function openIdleChromium(extensionPath: string): Promise<IdleBrowser> {
  const profile = mkdtempSync(join(tmpdir(), 'earshot-idle-chromium-'));
  const child = spawn(
    findBrowser(process.env, console.log),
    [
      '--headless=new',
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      '--remote-debugging-port=0',
      // Without it the icon cannot be clicked over this connection.
      '--enable-unsafe-extension-debugging',
      `--load-extension=${extensionPath}`,
      `--user-data-dir=${profile}`,
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      'about:blank',
    ],
    { stdio: 'ignore' },
  );
  const kill = () => child.kill('SIGKILL');
  process.once('exit', kill);
  const { host, path } = await readEndpoint(profile, child);

  let browser: Browser = await attach();
  const extension = await untilLoaded(browser);
  await closeStartPage(browser);

  function attach(): Promise<Browser> {
    return connect({ browserWSEndpoint: `ws://${host}${path}`, defaultViewport: null });
  }

  return {
    url: (page) => `chrome-extension://${extension.id}/${page}`,
    async newPage(url) {
      const page = await browser.newPage();
      await page.goto(url, { waitUntil: 'load' });
      return page;
    },
    findPage: async (url) => pickPage(await browser.pages(), url),
    async clickIcon(page) {
      await page.bringToFront();
      await (await untilLoaded(browser)).triggerAction(page);
    },
    sidebarFrame,
    letGo: () => browser.disconnect(),
    async takeHold() {
      browser = await attach();
    },
    async backgroundId() {
      const answer = await fetch(`http://${host}/json/list`, { signal: AbortSignal.timeout(TIMEOUT_MS) });
      return v
        .parse(targets, await answer.json())
        .find(({ type, url }) => type === 'service_worker' && new URL(url).host === extension.id)?.id;
    },
    async close() {
      await browser.disconnect();
      const exited = new Promise((done) => child.once('exit', done));
      child.kill();
      await Promise.race([exited, sleep(CLOSE_MS)]);
      kill();
      process.off('exit', kill);
      rmSync(profile, { recursive: true, force: true, maxRetries: 10 });
    },
  };
}

/** Chromium writes into its profile where it listens. */
async function readEndpoint(profile: string, child: ChildProcess): Promise<{ host: string; path: string }> {
  const file = join(profile, 'DevToolsActivePort');
  const untilMs = Date.now() + TIMEOUT_MS;
  while (Date.now() < untilMs) {
    if (child.exitCode !== null) throw new Error(`Chromium ended at once (${child.exitCode}).`);
    const [port, path] = existsSync(file) ? readFileSync(file, 'utf8').split('\n') : [];
    if (port !== undefined && path !== undefined) return { host: `127.0.0.1:${port}`, path };
    await sleep(50);
  }
  throw new Error('Chromium opened no debugging port.');
}

/** The one extension there is. */
async function untilLoaded(browser: Browser): Promise<Extension> {
  const untilMs = Date.now() + TIMEOUT_MS;
  while (Date.now() < untilMs) {
    const [extension] = (await browser.extensions()).values();
    if (extension !== undefined) return extension;
    await sleep(50);
  }
  throw new Error('Chromium did not load the extension.');
}
