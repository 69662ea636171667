/** The stage on which scenes are set: the built extension in a browser, a help desk, and a relay that obeys. */

import type { AddressInfo } from 'node:net';
import { createServer, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Frame, Page, WebWorker } from 'puppeteer-core';
import { type Crm, startCrm } from '../../demo/crm-server.ts';
import { openSidebar } from '../../demo/launcher/agent-walk.ts';
import type { ExtensionBrowser } from '../../demo/launcher/extension-browser.ts';
import type { HelloFrame } from '../../utils/protocol/frames.ts';
import { decodePolicy } from '../../utils/settings/policy.ts';
import type { Preferences } from '../../utils/settings/preferences.ts';
import { createPreferencesStore } from '../../utils/settings/preferences-store.ts';
import { createSettingsStore } from '../../utils/settings/settings-store.ts';
import { type ScriptedRelay, startScriptedRelay } from '../e2e/scripted-relay.ts';
import { openChromium } from '../e2e/tested-browser.ts';
import { WAIT_MS } from '../e2e/world.ts';
import { type Said, SHOWN_AT_MS, STARTED_AT_MS } from './conversation.ts';
import { setClock, stopClock } from './stopped-clock.ts';
import { storedArea } from './stored.ts';

type Opening = {
  /** What the relay greets with; `'silent'`: it takes the connection and says nothing; `'none'`: none is set. */
  relay?: Partial<HelloFrame> | 'silent' | 'none';
};

/** One scene's: a relay, a ticket and the sidebar beside it. */
export type Stage = {
  page: Page;
  sidebar: Frame;
  relay: ScriptedRelay;
  /** Opens the ticket and the sidebar in it; unless told otherwise it is connected before this resolves. */
  open(opening?: Opening): Promise<void>;
  /** The platform says so, at the times that are given with it. */
  say(...said: readonly Said[]): void;
  /** The platform says something that may be no event at all. */
  sayRaw(...said: readonly unknown[]): void;
  prefer(part: Partial<Preferences>): Promise<void>;
  worker(): Promise<WebWorker>;
  /** Waits until it is there, and clicks it. */
  click(selector: string): Promise<void>;
  waitFor(selector: string): Promise<void>;
};

export type Theatre = {
  browser: ExtensionBrowser;
  /** Clears everything of the scene before. */
  set(): Promise<Stage>;
  /** The extension's own page, with which preferences are set. */
  backstage: Page;
  close(): Promise<void>;
};

export const WINDOW = { width: 1280, height: 560 };

export async function openTheatre(language?: string): Promise<Theatre> {
  // Times of the day are written out in some scenes.
  process.env['TZ'] = 'UTC';
  const browser = await openChromium({
    window: WINDOW,
    ...(language === undefined ? {} : { language }),
  });
  const crm = await startCrm({ port: 0 });
  const backstage = await browser.newPage(browser.url('options.html'));
  let strike = async (): Promise<void> => {};

  /** As on the first day: nothing stored, and no worker that remembers. */
  async function clear(): Promise<void> {
    for (const running of await browser.extension.workers()) await running.close();
    await backstage.evaluate(async () => {
      await chrome.storage.session.clear();
      await chrome.storage.local.clear();
      // A port that is closed again at once: it wakes the worker.
      chrome.runtime.connect({ name: 'wake' });
    });
    await setClock(await workerOf(browser), SHOWN_AT_MS - 272_000);
  }

  return {
    browser,
    backstage,
    async set() {
      await strike();
      await clear();
      const scene = await createScene(browser, backstage, crm);
      strike = scene.strike;
      return scene.stage;
    },
    async close() {
      await strike();
      await browser.close();
      await crm.stop();
    },
  };
}

async function createScene(
  browser: ExtensionBrowser,
  backstage: Page,
  crm: Crm,
): Promise<{ stage: Stage; strike(): Promise<void> }> {
  const local = storedArea(backstage, 'local');
  const noPolicy = async () => decodePolicy(undefined);
  const settings = createSettingsStore(local, storedArea(backstage, 'session'), noPolicy);
  const preferences = createPreferencesStore(local, noPolicy);
  const silent = await startSilence();
  let opened: { page: Page; sidebar: Frame } | undefined;
  let relay: ScriptedRelay | undefined;
  let seq = 0;

  function there<Thing>(thing: Thing | undefined): Thing {
    if (thing === undefined) throw new Error('The scene uses what it has not opened.');
    return thing;
  }

  function sayAll(events: readonly { at: number; data: unknown }[]): void {
    there(relay).say({
      type: 'events',
      events: events.map((event) => {
        seq += 1;
        return { seq, ...event };
      }),
    });
  }

  const stage: Stage = {
    get page() {
      return there(opened).page;
    },
    get sidebar() {
      return there(opened).sidebar;
    },
    get relay() {
      return there(relay);
    },
    async open({ relay: greeting = {} } = {}) {
      const isObedient = typeof greeting === 'object';
      if (isObedient) relay = await startScriptedRelay({ epoch: `shots-${Math.random()}`, ...greeting });
      const address = isObedient ? there(relay).url : greeting === 'silent' ? silent.url : '';
      const set = { id: 'relay', name: '', address, plain: false, rememberToken: true };
      if (address !== '') await settings.putRelay(set, 'token');
      const page = await browser.newPage(`${crm.url}/tickets/1042`);
      const sidebar = await openSidebar(browser, page);
      opened = { page, sidebar };
      await stopClock(sidebar, SHOWN_AT_MS);
      if (isObedient) await stage.waitFor('.app[data-connection="connected"][data-platform="up"]');
    },
    say(...said) {
      sayAll(said.map(({ atMs, data }) => ({ at: STARTED_AT_MS + atMs, data })));
    },
    sayRaw(...said) {
      sayAll(said.map((data) => ({ at: SHOWN_AT_MS, data })));
    },
    prefer: (part) => preferences.change(part),
    worker: () => workerOf(browser),
    async click(selector) {
      await stage.waitFor(selector);
      await (await stage.sidebar.$(selector))?.click();
    },
    async waitFor(selector) {
      await stage.sidebar.waitForSelector(selector, { timeout: WAIT_MS });
    },
  };
  return {
    stage,
    async strike() {
      await opened?.page.close();
      await relay?.stop();
      await silent.stop();
    },
  };
}

/** One that was ended may be listed for a moment, and answers nothing. */
async function workerOf(browser: ExtensionBrowser): Promise<WebWorker> {
  const untilMs = performance.now() + WAIT_MS;
  while (performance.now() < untilMs) {
    for (const running of await browser.extension.workers()) {
      const answer = running.evaluate(() => chrome.action.onClicked.hasListeners()).catch(() => false);
      if (await Promise.race([answer, sleep(1_000, false)])) return running;
    }
    await sleep(20);
  }
  throw new Error('The background does not start.');
}

/** Takes connections and never answers. */
async function startSilence(): Promise<{ url: string; stop(): Promise<void> }> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => socket.destroy());
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return {
    url: `ws://127.0.0.1:${(server.address() as AddressInfo).port}`,
    stop: () =>
      new Promise((closed) => {
        server.close(() => closed());
        for (const socket of sockets) socket.destroy();
      }),
  };
}
