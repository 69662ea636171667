/**
 * An extension's worker in Chromium. Who drives the browser asks for every start to wait until it has looked; of a worker
 * that was ended, the next start then waits now and then for good (Chromium 156, on a busy machine), and is let go here.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Browser } from 'puppeteer-core';

const WITHIN_MS = 30_000;
const ANSWER_MS = 1_000;

/** Waits until it runs and listens for clicks: one before its very first start is lost by the browser. */
export async function waitForWorker(browser: Browser, extensionId: string): Promise<void> {
  await waitUntil(() => letGo(browser, extensionId));
}

/** Ends it, as the browser may at any moment; where none runs, the next one that does. */
export async function endWorker(browser: Browser, extensionId: string): Promise<void> {
  const session = await browser.target().createCDPSession();
  try {
    await waitUntil(async () => {
      const { targetInfos } = await session.send('Target.getTargets');
      const [worker] = targetInfos.filter(({ type, url }) => isWorker(extensionId, type, url));
      if (worker === undefined) return false;
      const { success } = await session.send('Target.closeTarget', { targetId: worker.targetId });
      return success;
    });
  } finally {
    await session.detach();
  }
  void seeItStart(browser, extensionId);
}

/** When something wakes it is for the extension and its pages to say. */
async function seeItStart(browser: Browser, extensionId: string): Promise<void> {
  const isUp = () => letGo(browser, extensionId).catch(() => !browser.connected);
  while (!(await isUp())) await sleep(250);
}

/** Lets it go on if it waits; whether it listens for clicks. */
async function letGo(browser: Browser, extensionId: string): Promise<boolean> {
  const target = browser.targets().find((one) => isWorker(extensionId, one.type(), one.url()));
  const session = await target?.createCDPSession();
  if (session === undefined) return false;
  const answer = session
    .send('Runtime.runIfWaitingForDebugger')
    .then(() => session.send('Runtime.evaluate', { expression: 'chrome.action.onClicked.hasListeners()' }))
    .then(
      ({ result }) => result.value === true,
      () => false,
    );
  const listens = await Promise.race([answer, sleep(ANSWER_MS, false)]);
  await session.detach().catch(() => {
    // It has ended meanwhile, and the session with it.
  });
  return listens;
}

function isWorker(extensionId: string, type: string, url: string): boolean {
  return type === 'service_worker' && url.startsWith(`chrome-extension://${extensionId}/`);
}

async function waitUntil(check: () => Promise<boolean>): Promise<void> {
  const untilMs = performance.now() + WITHIN_MS;
  while (performance.now() < untilMs) {
    if (await check()) return;
    await sleep(50);
  }
  throw new Error('The extension has no worker: its background does not start.');
}
