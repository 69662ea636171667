/** A real browser with the built extension, a relay and a simulated platform, for one test file. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pino } from 'pino';
import type { Frame, Page } from 'puppeteer-core';
import { openSidebar, pickCall, setRelay, waitForConnection } from '../../demo/launcher/agent-walk.ts';
import type { DrivenBrowser } from '../../demo/launcher/driven-browser.ts';
import { relayConfig } from '../../demo/relay-config.ts';
import { type Simulator, startSimulator } from '../../demo/simulator/start-simulator.ts';
import { hashToken } from '../../relay/access/authenticate.ts';
import { type RunningRelay, startRelay } from '../../relay/run-relay.ts';
import { keptLog } from '../secrecy/kept-logs.ts';
import { openBrowser } from './tested-browser.ts';

export const PLATFORM_TOKEN = 'platform-token-for-tests';
export const AGENT_TOKEN = 'agent-token-for-tests';
export const WAIT_MS = 30_000;

export type World<Tested extends DrivenBrowser = DrivenBrowser> = {
  browser: Tested;
  simulator: Simulator;
  relay: RunningRelay;
  /** A page of another site, as plain as can be. */
  pageUrl: string;
  /** The relay's log so far. */
  log(): string;
  /** Opens a page and the sidebar in it, connected to the relay. */
  openConnected(): Promise<{ page: Page; sidebar: Frame }>;
  close(): Promise<void>;
};

/** With the browser that this run is about. */
export function openWorld(): Promise<World> {
  return openWorldIn(openBrowser);
}

/** With a browser that the test has opened itself. */
export async function openWorldIn<Tested extends DrivenBrowser>(
  open: () => Promise<Tested>,
): Promise<World<Tested>> {
  const lines: string[] = [];
  const simulator = await startSimulator({ port: 0, script: '10141', token: PLATFORM_TOKEN });
  const relay = await startTestRelay(simulator.url, { write: (line: string) => void lines.push(line) });
  const page = await startPage();
  const browser = await open();
  let isSet = false;
  return {
    browser,
    simulator,
    relay,
    pageUrl: page.url,
    log: () => lines.join(''),
    async openConnected() {
      if (!isSet) await (await setRelay(browser, relay.url, AGENT_TOKEN)).close();
      isSet = true;
      const opened = await browser.newPage(page.url);
      const sidebar = await openSidebar(browser, opened);
      await waitForConnection(sidebar);
      return { page: opened, sidebar };
    },
    async close() {
      await browser.close();
      await relay.stop();
      await simulator.stop();
      await page.stop();
    },
  };
}

/** A relay for one agent who may see every call. */
export function startTestRelay(
  upstreamUrl: string,
  log: { write(line: string): void },
  platformToken = PLATFORM_TOKEN,
): Promise<RunningRelay> {
  return startRelay(
    relayConfig(
      {
        upstream: { url: upstreamUrl },
        agents: [{ name: 'Alice', tokenSha256: hashToken(AGENT_TOKEN), calls: 'all' }],
      },
      { EARSHOT_PLATFORM_TOKEN: platformToken },
    ),
    {
      log: pino(
        { level: 'debug' },
        keptLog((line) => log.write(line)),
      ),
    },
  );
}

/** A page of another site; under `/no-clipboard` it denies itself and its frames the Clipboard API. */
export async function startPage(): Promise<{ url: string; stop(): Promise<void> }> {
  const server = createServer((request, response) => {
    response.setHeader('content-type', 'text/html; charset=utf-8');
    if (request.url === '/no-clipboard') {
      response.setHeader('permissions-policy', 'clipboard-write=(), clipboard-read=()');
    }
    response.end('<!doctype html><title>A page</title><h1>A page</h1><textarea></textarea>');
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    stop: () =>
      new Promise((closed) => {
        server.close(() => closed());
        server.closeAllConnections();
      }),
  };
}

export type ShownLine = { text: string; leg: string; final: boolean };

/** The lines of the call that is shown, as they stand on screen. */
export function shownLines(sidebar: Frame): Promise<ShownLine[]> {
  return sidebar.$$eval('[data-line]', (lines) =>
    lines.map((line) => ({
      text: line.textContent,
      leg: line.getAttribute('data-leg') ?? '',
      final: line.getAttribute('data-final') === 'true',
    })),
  );
}

/** The texts of them alone. */
export async function shownTexts(sidebar: Frame): Promise<string[]> {
  return (await shownLines(sidebar)).map(({ text }) => text);
}

/** Shows a call as soon as the sidebar knows of it. */
export async function showCall(sidebar: Frame, callId: string): Promise<void> {
  const untilMs = Date.now() + WAIT_MS;
  while (!(await isShown(sidebar, callId))) {
    if (Date.now() > untilMs) throw new Error(`The sidebar never showed the call ${callId}.`);
    if (!(await pickCall(sidebar, callId))) await new Promise((later) => setTimeout(later, 50));
  }
}

function isShown(sidebar: Frame, callId: string): Promise<boolean> {
  return sidebar.evaluate(
    (id) => document.querySelector('[data-line]')?.getAttribute('data-call') === id,
    callId,
  );
}

/** Waits until some words stand anywhere in the sidebar. */
export async function waitForWords(sidebar: Frame, words: string): Promise<void> {
  await sidebar.waitForFunction(
    (wanted) => document.body.textContent.includes(wanted),
    { timeout: WAIT_MS, polling: 50 },
    words,
  );
}
