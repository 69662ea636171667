/**
 * `npm run demo`: a call beside a ticket, on this machine alone. `-- --check` does headless what an agent does, and
 * ends with one line of JSON; `--firefox` takes Firefox.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { openSidebar, setRelay, waitForConnection, walk } from './launcher/agent-walk.ts';
import type { DrivenBrowser } from './launcher/driven-browser.ts';
import { openExtensionBrowser } from './launcher/extension-browser.ts';
import { findBrowser } from './launcher/find-browser.ts';
import { findFirefox, openFirefox } from './launcher/firefox-browser.ts';
import { type Stack, startStack } from './launcher/stack.ts';

const root = resolve(import.meta.dirname, '..');
const out = join(root, 'demo', 'out');
const demoCalls = join(root, 'demo', 'calls');
const usage = `npm run demo              opens a browser with a call running beside a ticket
npm run demo -- --check   does headless, at speed, what an agent does, and says whether it worked
--firefox                 in Firefox instead of Chromium`;

const CHECK_SPEED = 30;

function say(line: string): void {
  console.log(`  ${line}`);
}

type Open = (headless: boolean) => Promise<DrivenBrowser>;

function readOptions(): { check: boolean; firefox: boolean } {
  const flag = { type: 'boolean' } as const;
  try {
    const { values } = parseArgs({ options: { check: flag, firefox: flag, help: flag } });
    if (values.help) {
      console.log(usage);
      process.exit(0);
    }
    return { check: values.check ?? false, firefox: values.firefox ?? false };
  } catch (error) {
    console.error(`${reasonOf(error)}\n${usage}`);
    process.exit(2);
  }
}

function build(script: 'build' | 'build:firefox'): void {
  say('build the extension');
  const { status, stdout, stderr } = spawnSync('npm', ['run', '--silent', script], {
    cwd: root,
    encoding: 'utf8',
    shell: process.platform === 'win32',
  });
  if (status !== 0) throw new Error(`The build failed:\n${stdout}${stderr}`);
}

async function check(): Promise<void> {
  await withStack(async (stack, open) => {
    const browser = await open(true);
    try {
      const result = await walk(browser, {
        relayAddress: stack.relay.url,
        agentToken: stack.agentToken,
        ticketUrl: stack.ticketUrl,
        otherUrl: stack.otherUrl,
        screenshots: out,
        speak: () =>
          stack.simulator.play({ kind: 'calls', directory: demoCalls, speed: CHECK_SPEED, loop: false }),
        say,
      });
      console.log(JSON.stringify({ ok: true, ...result }));
    } finally {
      await browser.close();
    }
  });
}

async function show(): Promise<void> {
  if (process.platform === 'linux' && !process.env['DISPLAY'] && !process.env['WAYLAND_DISPLAY']) {
    throw new Error('There is no display here to open a browser on. Headless: npm run demo -- --check');
  }
  await withStack(async (stack, open) => {
    const browser = await open(false);
    const settings = await setRelay(browser, stack.relay.url, stack.agentToken);
    const ticket = await browser.newPage(stack.ticketUrl);
    await settings.close();
    await waitForConnection(await openSidebar(browser, ticket));
    void stack.simulator.play({ kind: 'calls', directory: demoCalls, speed: 1, loop: true });
    say(
      `a call is running beside ${stack.ticketUrl}: click a line to copy it, press P to pin one to the note`,
    );
    say('the toolbar icon or Alt+Shift+T turns the sidebar off and on; close the browser to end the demo');
    await new Promise((ended) => {
      browser.browser.once('disconnected', ended);
      process.once('SIGINT', ended);
      process.once('SIGTERM', ended);
    });
    await browser.close().catch(() => {});
  });
}

/** Builds the extension for the browser that was asked for, and gives what opens it. */
function prepareBrowser(): Open {
  const extensionPath = (target: string) => join(root, '.output', target);
  if (isFirefox) {
    const executablePath = findFirefox(process.env);
    build('build:firefox');
    return (headless) =>
      openFirefox({ executablePath, extensionPath: extensionPath('firefox-mv3'), headless });
  }
  const executablePath = findBrowser(process.env, say);
  build('build');
  return (headless) =>
    openExtensionBrowser({ executablePath, extensionPath: extensionPath('chrome-mv3'), headless });
}

async function withStack(work: (stack: Stack, open: Open) => Promise<void>): Promise<void> {
  const open = prepareBrowser();
  mkdirSync(out, { recursive: true });
  say('start the simulated platform, the relay and a CRM');
  const stack = await startStack(join(out, 'relay.log'));
  try {
    await work(stack, open);
  } finally {
    await stack.stop();
  }
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

const { check: isCheck, firefox: isFirefox } = readOptions();
try {
  await (isCheck ? check() : show());
} catch (error) {
  if (isCheck) console.log(JSON.stringify({ ok: false, reason: reasonOf(error) }));
  else console.error(reasonOf(error));
  process.exitCode = 1;
}
