/**
 * One browser left alone: the sidebar is open, nothing is said for minutes, then one line comes. It must be there at
 * once, exactly once, with nothing lost. Then the counter-proof: with the sidebar off, the same browser must end the
 * background, or else something of this run kept it awake and nothing was proved.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Frame } from 'puppeteer-core';
import { setRelay, waitForConnection, waitForLines } from '../../demo/launcher/agent-walk.ts';
import { startSimulator } from '../../demo/simulator/start-simulator.ts';
import { AGENT_TOKEN, PLATFORM_TOKEN, shownLines, startPage, startTestRelay } from '../e2e/world.ts';
import type { IdleBrowser } from './idle-browser.ts';
import { createRelayLog } from './relay-log.ts';

export type IdleOptions = {
  idleMs: number;
  open(): Promise<IdleBrowser>;
  say(step: string): void;
};

export type IdleResult = {
  idleMs: number;
  /** How often the background was started anew while idle; 0: the same one lived through. */
  backgroundRestarts: number;
  /** Looks at the background while idle, and how many of them found none. */
  looks: number;
  looksWithoutBackground: number;
  connectionsLost: number;
  connectionsResumed: number;
  linesShown: number;
  gapsShown: number;
  /** How long the background lived once the sidebar was off. */
  endedAfterMs: number;
};

const LOOK_MS = 5_000;
const REPORT_MS = 30_000;
/** Between the line and the look at it: nobody is attached, so nothing but the extension brings it to the screen. */
const ARRIVAL_MS = 3_000;
/** Both browsers end an idle background after 30 s. */
const END_MS = 60_000;
const LATE_MS = 60_000;
const CALL = { callId: 'idle-call' };
const firstWords = ['Good morning, how can I help?', 'My card is gone.', 'I will block it at once.'];
const LAST_WORDS = 'Are you still there?';

/** Throws, with a plain reason, where the background does not survive. */
export async function runIdle({ idleMs, open, say }: IdleOptions): Promise<IdleResult> {
  await using undo = new AsyncDisposableStack();
  const log = createRelayLog();
  const simulator = await startSimulator({ port: 0, script: '10141', token: PLATFORM_TOKEN });
  undo.defer(() => simulator.stop());
  const relay = await startTestRelay(simulator.url, log.stream);
  undo.defer(() => relay.stop());
  const site = await startPage();
  undo.defer(() => site.stop());
  const browser = await open();
  undo.defer(() => browser.close());

  function speak(text: string, number: number): void {
    simulator.publish({
      kind: 'line',
      call: CALL,
      leg: number % 2 === 0 ? 1 : 0,
      text,
      final: true,
      utteranceId: `u${number}`,
    });
  }

  say('enter the relay in the settings');
  await (await setRelay(browser, relay.url, AGENT_TOKEN)).close();
  say('turn the sidebar on and receive a few lines');
  const page = await browser.newPage(site.url);
  await browser.clickIcon(page);
  const sidebar = await browser.sidebarFrame(page);
  await waitForConnection(sidebar);
  for (const [number, text] of firstWords.entries()) speak(text, number);
  await waitForLines(sidebar, firstWords.length);

  say(`let go of everything and wait ${seconds(idleMs)}`);
  await browser.letGo();
  const before = log.connections();
  const idle = await watch(browser, idleMs, say);
  if (idle.backgroundRestarts + idle.looksWithoutBackground > 0) {
    throw new Error('The background was ended while the sidebar was open.');
  }

  say('one line is said');
  speak(LAST_WORDS, firstWords.length);
  await sleep(ARRIVAL_MS);
  const after = log.connections();
  const connections = {
    connectionsLost: after.lost - before.lost,
    connectionsResumed: after.opened - before.opened,
  };
  say(
    `connections while idle: ${connections.connectionsLost} lost, ${connections.connectionsResumed} resumed`,
  );

  say('look at the sidebar again');
  await browser.takeHold();
  const pageAgain = await browser.findPage(site.url);
  const shown = await checkSidebar(await browser.sidebarFrame(pageAgain), [...firstWords, LAST_WORDS]);
  say(`${shown.linesShown} lines, each once and in order; no gap; connected`);

  say('turn the sidebar off: now the browser must end the background');
  await browser.clickIcon(pageAgain);
  await browser.letGo();
  const endedAfterMs = await waitForEnd(browser);
  say(`it was ended after ${seconds(endedAfterMs)}`);
  return { idleMs, ...idle, ...connections, ...shown, endedAfterMs };
}

/** Looks from outside which background runs, for `idleMs`. */
async function watch(browser: IdleBrowser, idleMs: number, say: (step: string) => void) {
  const startedAtMs = performance.now();
  const elapsedMs = () => performance.now() - startedAtMs;
  let known = await browser.backgroundId();
  if (known === undefined) throw new Error('No background runs although the sidebar is open.');
  let reportAtMs = REPORT_MS;
  const found = { backgroundRestarts: 0, looks: 0, looksWithoutBackground: 0 };
  while (elapsedMs() < idleMs) {
    await sleep(Math.min(LOOK_MS, Math.max(0, idleMs - elapsedMs())));
    const id = await browser.backgroundId();
    found.looks += 1;
    if (id === undefined) {
      found.looksWithoutBackground += 1;
      say(`after ${seconds(elapsedMs())}: no background runs`);
    } else if (id !== known) {
      found.backgroundRestarts += 1;
      known = id;
      say(`after ${seconds(elapsedMs())}: another background runs`);
    } else if (elapsedMs() >= reportAtMs) {
      say(`after ${seconds(elapsedMs())}: the same background runs`);
    }
    while (reportAtMs <= elapsedMs()) reportAtMs += REPORT_MS;
  }
  return found;
}

async function checkSidebar(sidebar: Frame, expected: readonly string[]) {
  const shown = (await shownLines(sidebar)).map(({ text }) => text);
  if (!shown.includes(LAST_WORDS)) throw new Error(await explainMissing(sidebar));
  if (JSON.stringify(shown) !== JSON.stringify(expected))
    throw new Error(`The sidebar shows ${JSON.stringify(shown)} instead of ${JSON.stringify(expected)}.`);
  const gapsShown = (await sidebar.$$('[data-gap]')).length;
  if (gapsShown > 0) throw new Error(`The sidebar shows ${gapsShown} gap(s), and nothing was lost.`);
  const state = await readState(sidebar);
  if (state !== 'connected/up') throw new Error(`The header says ${state} instead of connected/up.`);
  return { linesShown: shown.length, gapsShown };
}

/** Late or lost: the one is a background that slept, the other one that never woke. */
async function explainMissing(sidebar: Frame): Promise<string> {
  const state = await readState(sidebar);
  const fromMs = performance.now();
  const came = await sidebar
    .waitForFunction(
      (words) => document.body.textContent.includes(words),
      { timeout: LATE_MS, polling: 100 },
      LAST_WORDS,
    )
    .then(
      () => true,
      () => false,
    );
  const outcome = came
    ? `came only ${seconds(performance.now() - fromMs)} after that`
    : `did not come within ${seconds(LATE_MS)} either`;
  return `${seconds(ARRIVAL_MS)} after it was said the line was not on screen (header: ${state}); it ${outcome}.`;
}

function readState(sidebar: Frame): Promise<string> {
  return sidebar.$eval(
    '.app',
    (app) => `${app.getAttribute('data-connection')}/${app.getAttribute('data-platform')}`,
  );
}

async function waitForEnd(browser: IdleBrowser): Promise<number> {
  const fromMs = performance.now();
  while (performance.now() - fromMs < END_MS) {
    if ((await browser.backgroundId()) === undefined) return Math.round(performance.now() - fromMs);
    await sleep(500);
  }
  throw new Error(
    `With the sidebar off the background still ran after ${seconds(END_MS)}: something else keeps it awake, so nothing is proved.`,
  );
}

function seconds(ms: number): string {
  return `${(ms / 1_000).toFixed(1)} s`;
}
