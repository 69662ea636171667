/** The whole road: simulated platform → relay → background → sidebar in a page, in a real browser. */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startCrm } from '../../demo/crm-server.ts';
import { openSidebar, walk } from '../../demo/launcher/agent-walk.ts';
import { hasOverlay } from '../../demo/launcher/driven-browser.ts';
import { AGENT_TOKEN, openWorld, PLATFORM_TOKEN, WAIT_MS, type World } from './world.ts';

const root = resolve(import.meta.dirname, '../..');
let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

describe('an agent’s day', () => {
  test('toggles on, reads, clicks a line, pastes it into the ticket, toggles off; another tab is untouched', async () => {
    const crm = await startCrm({ port: 0 });
    const result = await walk(world.browser, {
      relayAddress: world.relay.url,
      agentToken: AGENT_TOKEN,
      ticketUrl: `${crm.url}/tickets/1042`,
      otherUrl: `${crm.url}/tickets/1043`,
      screenshots: mkdtempSync(join(tmpdir(), 'earshot-')),
      speak: () =>
        world.simulator.play({
          kind: 'calls',
          directory: join(root, 'demo/calls'),
          speed: 50,
          loop: false,
        }),
      say: (step) => console.log(`  ${step}`),
    });
    expect(result.lines).toBeGreaterThan(5);
    expect(result.pasted).toMatch(/^\d\d:\d\d (Caller|Callee): \S+/);
    await crm.stop();
  });
});

describe('the toggle', () => {
  test('is per tab', async () => {
    const page = await world.browser.newPage(world.pageUrl);
    const other = await world.browser.newPage(world.pageUrl);
    await openSidebar(world.browser, page);
    expect(await hasOverlay(other)).toBe(false);
    await world.browser.clickIcon(other);
    await world.browser.sidebarFrame(other);
    await world.browser.clickIcon(page);
    await page.waitForFunction(() => document.querySelector('earshot-sidebar') === null, {
      timeout: WAIT_MS,
    });
    expect(await hasOverlay(other)).toBe(true);
    await page.close();
    await other.close();
  });

  test('two quick clicks are on and off', async () => {
    const page = await world.browser.newPage(world.pageUrl);
    await page.bringToFront();
    await Promise.all([world.browser.clickIcon(page), world.browser.clickIcon(page)]);
    await new Promise((later) => setTimeout(later, 1_000));
    expect(await hasOverlay(page)).toBe(false);
    await page.close();
  });

  test('the sidebar closes itself from its own button and leaves no trace in the page', async () => {
    const page = await world.browser.newPage(world.pageUrl);
    const before = await page.evaluate(() => document.documentElement.outerHTML);
    const sidebar = await openSidebar(world.browser, page);
    await sidebar.click('button[title="Close the sidebar in this tab"]');
    await page.waitForFunction(() => document.querySelector('earshot-sidebar') === null, {
      timeout: WAIT_MS,
    });
    expect(await page.evaluate(() => document.documentElement.outerHTML)).toBe(before);
    await page.close();
  });
});

describe('secrets', () => {
  test('the relay’s log holds no token and nothing that was said', () => {
    const said = world.simulator
      .finalsSent()
      .map(({ text }) => text)
      .filter((text) => text.length > 20);
    expect(world.log()).toContain('client connected');
    for (const secret of [PLATFORM_TOKEN, AGENT_TOKEN, ...said]) expect(world.log()).not.toContain(secret);
  });
});
