/** What goes wrong between the platform and the agent: each a clear state on screen, and everything keeps running. */
import type { Frame, Page } from 'puppeteer-core';
import { afterAll, afterEach, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { openSidebar, setRelay, typeOver, waitForLines } from '../../demo/launcher/agent-walk.ts';
import { startScriptedRelay } from './scripted-relay.ts';
import {
  AGENT_TOKEN,
  openWorld,
  PLATFORM_TOKEN,
  showCall,
  shownTexts,
  startTestRelay,
  WAIT_MS,
  type World,
  waitForWords,
} from './world.ts';

let world: World;
let page: Page;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());
afterEach(() => page.close());

/** Types settings that may well be wrong, and opens a sidebar with them. */
async function withRelay(address: string, token: string): Promise<Frame> {
  const options = await world.browser.newPage(world.browser.url('options.html'));
  await typeOver(options, '#address', address);
  await typeOver(options, '#token', token);
  await options.locator('#test-connection').click();
  await options.waitForSelector('[data-hop="token"][data-state="good"], [data-hop][data-state="poor"]', {
    timeout: WAIT_MS,
  });
  await options.close();
  page = await world.browser.newPage(world.pageUrl);
  return openSidebar(world.browser, page);
}

function stateOf(sidebar: Frame, name: string): Promise<string> {
  return sidebar.$eval(`[data-state="${name}"]`, (state) => state.textContent);
}

function line(callid: string, text: string): string {
  return JSON.stringify({ callid, leg: 0, text, final: true });
}

describe('the sidebar says what is wrong', () => {
  test('nothing is set', async () => {
    page = await world.browser.newPage(world.pageUrl);
    const sidebar = await openSidebar(world.browser, page);
    await waitForWords(sidebar, 'No relay is set, so no call can arrive.');
    expect(await stateOf(sidebar, 'relay')).toBe('Relay: not set');
  });

  test('nobody answers at the address', async () => {
    const sidebar = await withRelay('ws://127.0.0.1:9', AGENT_TOKEN);
    await waitForWords(sidebar, 'The relay cannot be reached at its address.');
    await sidebar.waitForSelector('[data-state="relay"][data-tone="wait"]', { timeout: WAIT_MS });
  });

  test('what answers at the address is a page, not a relay', async () => {
    const server = await startScriptedRelay({ epoch: 'none' });
    onTestFinished(() => server.stop());
    server.refuseUpgrades(404);
    server.setSession(200, '<!doctype html><title>A page</title>');
    const sidebar = await withRelay(server.url, AGENT_TOKEN);
    await waitForWords(sidebar, 'it is not an Earshot relay');
    expect(await stateOf(sidebar, 'call')).toBe('No call');
  });

  test('the token is refused', async () => {
    const sidebar = await withRelay(world.relay.url, 'not-a-token');
    await waitForWords(sidebar, 'The relay refused this token: it does not know it.');
    expect(await stateOf(sidebar, 'relay')).toBe('Relay: token refused');
  });

  test('the platform refuses the relay’s token, and then takes it', async () => {
    world.simulator.setToken('another');
    const relay = await startTestRelay(world.simulator.url, { write: () => {} });
    const sidebar = await withRelay(relay.url, AGENT_TOKEN);
    await waitForWords(sidebar, 'The platform refuses the relay’s own token.');
    expect(await stateOf(sidebar, 'platform')).toBe('Platform: token refused');
    world.simulator.setToken(PLATFORM_TOKEN);
    await sidebar.waitForSelector('.app[data-platform="up"]', { timeout: WAIT_MS });
    await relay.stop();
  });

  test('the relay has no platform', async () => {
    const relay = await startTestRelay('ws://127.0.0.1:9/api/cp/scriptforge/1', { write: () => {} });
    const sidebar = await withRelay(relay.url, AGENT_TOKEN);
    await waitForWords(sidebar, 'The relay has no connection to the platform.');
    expect(await stateOf(sidebar, 'platform')).toBe('Platform: down');
    await relay.stop();
  });
});

describe('the platform sends what nobody should', () => {
  test('a frame of 20 MB is dropped, told as a gap, and the call goes on', async () => {
    await setRelay(world.browser, world.relay.url, AGENT_TOKEN).then((options) => options.close());
    page = await world.browser.newPage(world.pageUrl);
    const sidebar = await openSidebar(world.browser, page);
    await sidebar.waitForSelector('.app[data-platform="up"]', { timeout: WAIT_MS });
    world.simulator.sendRaw(line('big', 'before'));
    world.simulator.sendRaw('x'.repeat(20 * 1024 * 1024));
    world.simulator.sendRaw(line('big', 'after'));
    await waitForLines(sidebar, 2);
    expect(await shownTexts(sidebar)).toEqual(['before', 'after']);
    await sidebar.waitForSelector('[data-gap="frame-too-large"]', { timeout: WAIT_MS });
    expect(world.log()).toContain('platform frame dropped: too large');
  });

  test('what cannot be read is counted and explained, and takes nothing with it', async () => {
    page = await world.browser.newPage(world.pageUrl);
    const sidebar = await openSidebar(world.browser, page);
    await sidebar.waitForSelector('.app[data-platform="up"]', { timeout: WAIT_MS });
    const noise = [
      '{"callid":"x","te',
      '[[[[[[[[[[1]]]]]]]]]]',
      '{"callid":{},"text":"x"}',
      'null',
      '{"score":1}',
    ];
    for (const frame of noise) world.simulator.sendRaw(frame);
    world.simulator.sendRaw(line('noisy', '<img src=x onerror=alert(1)> {text} \u202Eevil'));
    await sidebar.waitForSelector('[data-unread]', { timeout: WAIT_MS });
    await showCall(sidebar, 'noisy');
    await waitForWords(sidebar, '<img src=x onerror=alert(1)>');
    await waitForWords(sidebar, 'events could not be read');
    expect(await sidebar.$('img')).toBeNull();
  });

  test('a hundred thousand frames of noise at once leave a bounded transcript and a line that comes after', async () => {
    page = await world.browser.newPage(world.pageUrl);
    const sidebar = await openSidebar(world.browser, page);
    await sidebar.waitForSelector('.app[data-platform="up"]', { timeout: WAIT_MS });
    for (let sent = 0; sent < 100_000; sent += 1) world.simulator.sendRaw(`noise ${sent}`);
    world.simulator.sendRaw(line('last', 'the line after the noise'));
    await showCall(sidebar, 'last');
    await waitForWords(sidebar, 'the line after the noise');
    await showCall(sidebar, 'unidentified');
    await sidebar.waitForSelector('[data-line]', { timeout: WAIT_MS });
    expect((await sidebar.$$('[data-line]')).length).toBeLessThanOrEqual(21_000);
  });
});
