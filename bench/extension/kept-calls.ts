/** How much of the calls the extension really holds, asked of the background's storage and of the sidebar itself. */
import { setTimeout as wait } from 'node:timers/promises';
import type { CDPSession, Frame } from 'puppeteer-core';
import * as v from 'valibot';
import { showCall } from '../../tests/e2e/world.ts';

const kept = v.object({ calls: v.number(), lines: v.number(), /** Ids. */ ended: v.array(v.string()) });
export type Kept = v.InferOutput<typeof kept>;

const PATIENCE_MS = 30_000;
const POLL_MS = 200;

/** Runs in the background: every call's head is a text of its own in the session storage. */
const COUNT_KEPT = `(async () => {
  const kept = { calls: 0, lines: 0, ended: [] };
  for (const value of Object.values(await chrome.storage.session.get())) {
    if (typeof value !== 'string' || !value.startsWith('{"head":')) continue;
    const { head, firstIndex } = JSON.parse(value);
    kept.calls += 1;
    kept.lines += head.entryCount - firstIndex;
    if (head.phase === 'ended') kept.ended.push(head.id);
  }
  return kept;
})()`;

async function countKept(background: CDPSession): Promise<Kept> {
  const { result } = await background.send('Runtime.evaluate', {
    expression: COUNT_KEPT,
    awaitPromise: true,
    returnByValue: true,
  });
  return v.parse(kept, result.value);
}

/** Resolves once what is kept is as it has to be, and gives it. */
export async function waitForKept(background: CDPSession, isThere: (now: Kept) => boolean): Promise<Kept> {
  const giveUpMs = Date.now() + PATIENCE_MS;
  let now = await countKept(background);
  while (!isThere(now)) {
    if (Date.now() > giveUpMs)
      throw new Error(`the background never kept what was sent: ${JSON.stringify(now)}`);
    await wait(POLL_MS);
    now = await countKept(background);
  }
  return now;
}

/** Shows a call in the sidebar until it has painted all of its lines. */
export async function readCall(sidebar: Frame, call: string, lines: number): Promise<void> {
  await showCall(sidebar, call);
  await sidebar.waitForFunction(
    (wanted) => document.querySelectorAll('[data-line]').length === wanted,
    { timeout: PATIENCE_MS, polling: POLL_MS / 2 },
    lines,
  );
}

/** From now on the sidebar shows the call of the page's record, as it does at first. */
export async function followRecord(sidebar: Frame): Promise<void> {
  await sidebar.click('.picker');
  await (await sidebar.waitForSelector('[data-option="record"]'))?.click();
  await sidebar.page().keyboard.press('Escape');
}
