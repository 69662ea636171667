/** Tests a relay in the settings page, and stands what the test needs behind its address. */
import { pino } from 'pino';
import type { Page } from 'puppeteer-core';
import { expect, onTestFinished } from 'vitest';
import { typeOver } from '../../demo/launcher/agent-walk.ts';
import { relayConfig } from '../../demo/relay-config.ts';
import { hashToken } from '../../relay/access/authenticate.ts';
import type { RelayConfig } from '../../relay/config/config.ts';
import type { Limits } from '../../relay/limits.ts';
import { type RunningRelay, startRelay } from '../../relay/run-relay.ts';
import { keptLog } from '../secrecy/kept-logs.ts';
import { PLATFORM_TOKEN, WAIT_MS } from './world.ts';

const MINUTE_MS = 60_000;

type Setting = { address: string; token?: string; plain?: boolean };
type Ending = { hop: string | null; state: string | null; words: string; help: string | undefined };

/** Types a relay, tests it, and gives the hop where the test ended: the poor one, or else the last. */
export async function testRelay(
  page: Page,
  { address, token = 'alice', plain = false }: Setting,
): Promise<Ending> {
  await typeOver(page, '#address', address);
  await typeOver(page, '#token', token);
  if ((await page.$eval('#plain', (box) => (box as HTMLInputElement).checked)) !== plain) {
    await page.$eval('#plain', (box) => (box as HTMLInputElement).click());
  }
  await page.locator('#test-connection').click();
  await page.waitForSelector('[data-hop][data-state="poor"], [data-outcome="true"]', { timeout: WAIT_MS });
  return page.$eval('[data-hop][data-state="poor"], [data-hop="readable"]', (hop) => ({
    hop: hop.getAttribute('data-hop'),
    state: hop.getAttribute('data-state'),
    words: [...hop.querySelectorAll('.found p:not(.links, .unseen)')]
      .map((part) => part.textContent)
      .join(' '),
    help: hop.querySelector('[data-help]')?.getAttribute('data-help') ?? undefined,
  }));
}

export function states(page: Page): Promise<Record<string, string>> {
  return page.$$eval('[data-hop]', (hops) =>
    Object.fromEntries(
      hops.map((hop) => [hop.getAttribute('data-hop') ?? '', hop.getAttribute('data-state') ?? '']),
    ),
  );
}

export function wordsOf(page: Page, hop: string): Promise<string> {
  return page.$$eval(`[data-hop="${hop}"] .found p:not(.unseen)`, (parts) =>
    parts.map((part) => part.textContent).join(' '),
  );
}

/** Stopped when the test is over. */
export async function use<Server extends { stop(): Promise<unknown> }>(
  starting: Promise<Server>,
): Promise<Server> {
  const server = await starting;
  onTestFinished(async () => void (await server.stop()));
  return server;
}

/** A real relay with agents of every kind; `url` and `token`: of its platform. */
export function realRelay(
  { url, token = PLATFORM_TOKEN }: { url: string; token?: string },
  change: Partial<RelayConfig> = {},
  limits: Partial<Limits> = {},
): Promise<RunningRelay> {
  const expires = new Date(Date.now() - 12.5 * MINUTE_MS).toISOString();
  const file = {
    upstream: { url },
    agents: [
      { name: 'Alice', tokenSha256: hashToken('alice'), calls: 'all' },
      { name: 'Bob', tokenSha256: hashToken('bob') },
      { name: 'Carol', tokenSha256: hashToken('carol'), calls: 'all', expires },
    ],
  };
  const config = { ...relayConfig(file, { EARSHOT_PLATFORM_TOKEN: token }), ...change };
  return use(startRelay(config, { log: pino({}, keptLog()), limits }));
}

export function line(text: string): string {
  return JSON.stringify({ callid: 'c1', leg: 0, text, final: true, cli: '31201234567' });
}

/** An earlier relay on the same simulator may still be letting go of it. */
export async function untilPlatformIsUp(address: string): Promise<void> {
  const session = `${address.replace(/^ws/, 'http').replace('/v1/stream', '')}/v1/session`;
  await expect
    .poll(async () => (await fetch(session, { headers: { authorization: 'Bearer alice' } })).text(), {
      timeout: WAIT_MS,
    })
    .toContain('"up"');
}
