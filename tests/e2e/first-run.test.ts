/** From a fresh profile to the first line, timed: by clicks and typing alone, against the simulator and a real relay. */
import type { Page } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startCrm } from '../../demo/crm-server.ts';
import { waitForLines } from '../../demo/launcher/agent-walk.ts';
import type { DrivenBrowser } from '../../demo/launcher/driven-browser.ts';
import { startSimulator } from '../../demo/simulator/start-simulator.ts';
import { writeSetup } from '../../utils/protocol/setup-link.ts';
import { waitForOwnPage } from './own-page.ts';
import { openChromium, openTestedFirefox, testedBrowser } from './tested-browser.ts';
import { AGENT_TOKEN, PLATFORM_TOKEN, startTestRelay, WAIT_MS } from './world.ts';

const TWO_MINUTES_MS = 120_000;
const waiting = { timeout: WAIT_MS, polling: 50 };

/** With the start page left open. */
function openFresh(): Promise<DrivenBrowser> {
  const given = { firstRun: true };
  return testedBrowser === 'chromium' ? openChromium(given) : openTestedFirefox(given);
}

function isDone(page: Page, step: string): Promise<unknown> {
  return page.waitForSelector(`[data-step="${step}"][data-done="true"]`, { timeout: WAIT_MS });
}

function doneSteps(page: Page): Promise<(string | null)[]> {
  return page.$$eval('[data-done="true"]', (steps) => steps.map((step) => step.getAttribute('data-step')));
}

function said(page: Page, step: string): Promise<string> {
  return page.$eval(`[data-step="${step}"] .step-done`, (place) => place.textContent);
}

describe('the first run', () => {
  let simulator: Awaited<ReturnType<typeof startSimulator>>;
  let relay: Awaited<ReturnType<typeof startTestRelay>>;
  let crm: Awaited<ReturnType<typeof startCrm>>;
  let browser: DrivenBrowser;
  beforeAll(async () => {
    simulator = await startSimulator({ port: 0, script: '10141', token: PLATFORM_TOKEN });
    relay = await startTestRelay(simulator.url, { write: () => {} });
    crm = await startCrm({ port: 0 });
  });
  afterAll(async () => {
    await browser?.close();
    await relay.stop();
    await simulator.stop();
    await crm.stop();
  });

  test(
    'ends with a line on screen within two minutes',
    async () => {
      const startedAtMs = Date.now();
      const lap = (what: string) =>
        console.log(`  ${browser.name} ${((Date.now() - startedAtMs) / 1000).toFixed(1)} s: ${what}`);
      browser = await openFresh();
      const start = await waitForOwnPage(browser, 'options.html#start');
      await start.waitForSelector('#play', { timeout: WAIT_MS });
      lap('the start page opened by itself');
      expect(await doneSteps(start)).toEqual([]);

      await start.click('#play');
      await isDone(start, 'see');
      lap('the demo call plays');
      expect(await doneSteps(start)).toEqual(['see']);

      await start.type('#setup', 'wss://relay');
      await start.waitForSelector('[data-problem="not-a-setup"]', { timeout: WAIT_MS });
      await start.click('#setup', { count: 3 });
      await start.type(
        '#setup',
        writeSetup({ relay: relay.url, name: 'Acme', plain: false, token: AGENT_TOKEN }),
      );
      await isDone(start, 'connect');
      expect(await said(start, 'connect')).toContain('Acme');
      expect(await start.$eval('#setup', (field) => (field as HTMLTextAreaElement).value)).toBe('');
      expect(await start.evaluate(() => document.body.textContent)).not.toContain(AGENT_TOKEN);
      await isDone(start, 'test');
      lap('the relay is set, and every hop holds');
      expect(await start.$$eval('[data-hop][data-state="poor"]', (hops) => hops.length)).toBe(0);

      const ticket = await browser.newPage(`${crm.url}/tickets/1042`);
      await browser.clickIcon(ticket);
      const sidebar = await browser.sidebarFrame(ticket);
      await sidebar.waitForSelector('.app[data-platform="up"]', { timeout: WAIT_MS });
      lap('the sidebar stands beside the ticket');
      simulator.sendRaw(JSON.stringify({ callid: 'first', leg: 0, text: 'hello there', final: true }));
      await waitForLines(sidebar, 1);
      lap('the first line is on screen');
      expect(Date.now() - startedAtMs).toBeLessThan(TWO_MINUTES_MS);

      await start.bringToFront();
      await start.waitForFunction(
        () =>
          document.querySelector('[data-step="icon"] .step-done')?.textContent === 'The first line is here.',
        waiting,
      );
      await start.waitForSelector('[data-set="true"] a[href="#sites"]', { timeout: WAIT_MS });

      await start.click('[data-set="true"] a[href="#sites"]');
      await start.waitForSelector('#add-keyword', { timeout: WAIT_MS });
      await start.click('.nav a[href="#start"]');
      await isDone(start, 'icon');
      expect(await doneSteps(start)).toEqual(['see', 'connect', 'test', 'icon']);
    },
    TWO_MINUTES_MS,
  );
});
