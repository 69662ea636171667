/** What turning the sidebar on costs the main thread of a page that was just opened. */
import { setTimeout as wait } from 'node:timers/promises';
import { openSidebar } from '../../demo/launcher/agent-walk.ts';
import type { BenchBrowser } from './bench-browser.ts';
import { SCRIPT_CATEGORIES, type ScriptCost, scriptCost } from './script-tasks.ts';
import { watchThread } from './thread-time.ts';

export type Injection = ScriptCost & {
  /** Ms of the main thread from the click on, beyond as long a time before it. */
  allMs: number;
  /** Ms of the main thread for opening the page, for comparison. */
  loadMs: number;
};

const CONTENT_SCRIPT = '/overlay.js';
const QUIET_MS = 300;
/** What the script leaves for an idle moment, and what the frame asks of the page, has come by then. */
const SETTLED_AFTER_MS = 700;

/** In a page of its own, in a process of its own, which is closed again. */
export async function measureInjection({ browser, crmUrl }: BenchBrowser): Promise<Injection> {
  const page = await browser.newPage(crmUrl);
  try {
    const thread = await watchThread(page);
    const load = await thread.during(async () => {
      await page.reload();
      await wait(SETTLED_AFTER_MS);
    });
    const quiet = await thread.during(() => wait(QUIET_MS));
    await page.tracing.start({ categories: SCRIPT_CATEGORIES });
    const clicked = await thread.during(async () => {
      await openSidebar(browser, page);
      await wait(SETTLED_AFTER_MS);
    });
    const trace = await page.tracing.stop();
    if (trace === undefined) throw new Error('the browser gave no trace');
    return {
      ...scriptCost(JSON.parse(new TextDecoder().decode(trace)), CONTENT_SCRIPT),
      allMs: clicked.workMs - (quiet.workMs / quiet.tookMs) * clicked.tookMs,
      loadMs: load.workMs,
    };
  } finally {
    await page.close();
  }
}
