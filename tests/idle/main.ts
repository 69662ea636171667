/**
 * Proves that the extension's background survives idleness, in real browsers and real time:
 *   node tests/idle/main.ts [--minutes 3] [--browser chromium|firefox|both]
 * Builds the extension into a folder of its own. Ends with one line of JSON; exits with 1 and a reason otherwise.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { build } from 'wxt';
import type { BrowserName } from '../../demo/launcher/driven-browser.ts';
import { openIdleFirefox } from './idle-browser.ts';
import { openIdleChromium } from './idle-chromium.ts';
import { type IdleResult, runIdle } from './idle-run.ts';

const root = resolve(import.meta.dirname, '../..');
/** What a run takes beside its idleness, with much to spare. */
const REST_MS = 5 * 60_000;

const runs = {
  chromium: { target: 'chrome', open: openIdleChromium },
  firefox: { target: 'firefox', open: openIdleFirefox },
} as const;

function readArguments(): { idleMs: number; names: BrowserName[] } {
  const { values } = parseArgs({
    options: {
      minutes: { type: 'string', default: '3' },
      browser: { type: 'string', default: 'both' },
    },
  });
  const minutes = Number(values.minutes);
  if (!(minutes > 0)) throw new Error(`--minutes is a number above 0, not ${values.minutes}.`);
  switch (values.browser) {
    case 'both':
      return { idleMs: minutes * 60_000, names: ['chromium', 'firefox'] };
    case 'chromium':
    case 'firefox':
      return { idleMs: minutes * 60_000, names: [values.browser] };
    default:
      throw new Error(`--browser is chromium, firefox or both, not ${values.browser}.`);
  }
}

async function run(name: BrowserName, folder: string, idleMs: number): Promise<IdleResult> {
  const { target, open } = runs[name];
  const startedAtMs = performance.now();
  const say = (step: string) =>
    console.log(`${((performance.now() - startedAtMs) / 1_000).toFixed(1).padStart(6)} s  ${name}: ${step}`);
  const limitMs = idleMs + REST_MS;
  const { promise: tooLate, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new Error(`it was not done after ${limitMs / 1_000} s`)), limitMs);
  try {
    const idling = runIdle({ idleMs, open: () => open(join(folder, `${target}-mv3`)), say });
    return await Promise.race([idling, tooLate]);
  } finally {
    clearTimeout(timer);
  }
}

async function main(): Promise<void> {
  const { idleMs, names } = readArguments();
  const folder = mkdtempSync(join(tmpdir(), 'earshot-idle-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  for (const name of names) await build({ root, outDir: folder, browser: runs[name].target });
  const outcomes = await Promise.allSettled(names.map((name) => run(name, folder, idleMs)));
  const results: Partial<Record<BrowserName, IdleResult>> = {};
  const reasons: string[] = [];
  for (const [at, outcome] of outcomes.entries()) {
    const name = names[at];
    if (name === undefined) continue;
    if (outcome.status === 'fulfilled') results[name] = outcome.value;
    else reasons.push(`${name}: ${reasonOf(outcome.reason)}`);
  }
  if (reasons.length > 0) throw new Error(reasons.join('\n'));
  console.log(JSON.stringify({ ok: true, ...results }));
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

process.once('SIGINT', () => process.exit(130));
main().then(
  // A browser that would not close must not keep this process.
  () => process.exit(0),
  (error: unknown) => {
    console.error(reasonOf(error));
    process.exit(1);
  },
);
