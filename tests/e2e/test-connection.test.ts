/** Every hop of a connection that can fail, provoked, and what the settings page says of it. */
import type { Page } from 'puppeteer-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { typeOver } from '../../demo/launcher/agent-walk.ts';
import type { DrivenBrowser } from '../../demo/launcher/driven-browser.ts';
import { type Simulator, startSimulator } from '../../demo/simulator/start-simulator.ts';
import { line, realRelay, states, testRelay, untilPlatformIsUp, use, wordsOf } from './connection-test.ts';
import {
  type OddServer,
  startAnswering,
  startOddRelay,
  startPlainProxy,
  startUpgradeEater,
} from './odd-servers.ts';
import { openBrowser } from './tested-browser.ts';
import { PLATFORM_TOKEN, WAIT_MS } from './world.ts';

const NOBODY = 'ws://127.0.0.1:9';
const HTML = '<!doctype html><title>Sign in</title>';

let browser: DrivenBrowser;
let simulator: Simulator;
beforeAll(async () => {
  simulator = await startSimulator({ port: 0, script: '10141', token: PLATFORM_TOKEN });
  browser = await openBrowser();
});
afterAll(async () => {
  await browser.close();
  await simulator.stop();
});

let page: Page;
beforeEach(async () => {
  page = await browser.newPage(browser.url('options.html#relays'));
});
afterEach(() => page.close());

describe('what answers', () => {
  test.each<[string, () => Promise<OddServer>]>([
    ['a web page', () => startAnswering(200, HTML, false)],
    ['a server that knows no such page', () => startAnswering(404, 'not here', false)],
    ['somebody else’s JSON', () => startAnswering(200, '{"status":"fine"}', true)],
    ['somebody else’s refusal', () => startAnswering(401, '{"error":"sign in"}', true)],
  ])('%s', async (_name, start) => {
    const { url } = await use(start());
    expect(await testRelay(page, { address: url })).toEqual({
      hop: 'protocol',
      state: 'poor',
      words:
        'What answers is not an Earshot relay. Check host, port and path. If the address is right, a proxy in front of the relay answers in its place.',
      help: 'not-a-relay',
    });
    expect(await wordsOf(page, 'reach')).toBe('A server answers.');
  });

  test('nothing', async () => {
    expect(await testRelay(page, { address: NOBODY })).toEqual({
      hop: 'reach',
      state: 'poor',
      words:
        'Nothing answers at this address. Check the address and your network. If others reach the relay, a firewall or VPN may stand in between.',
      help: 'relay-unreachable',
    });
  });

  test('a relay behind a proxy that eats upgrades', async () => {
    const relay = await realRelay(simulator);
    const proxy = await use(startUpgradeEater(relay.url.replace(/^ws/, 'http')));
    expect(await testRelay(page, { address: proxy.url })).toEqual({
      hop: 'protocol',
      state: 'poor',
      words:
        'The relay answers, and its WebSocket does not open. A proxy in between does not pass the upgrade on. Whoever runs it must let WebSocket connections through to the relay.',
      help: 'no-websocket',
    });
  });

  test.each<[string, Parameters<typeof startOddRelay>[0], string]>([
    [
      'a relay that does not know this version',
      (peer) => peer.close(4426),
      'The relay does not know this version of Earshot. Update the extension or the relay.',
    ],
    [
      'a relay of another protocol',
      (peer) => peer.send('{"type":"welcome"}'),
      'What the relay says is not Earshot’s protocol. Something else is connected there, or something in between changes what is said. Check the address.',
    ],
    [
      'a relay that hangs up',
      (peer) => peer.close(1012),
      'The relay closed the connection before it said hello (code 1012). It may be restarting: test again in a minute. If it stays so, ask whoever runs the relay.',
    ],
  ])('%s', async (_name, open, words) => {
    const { url } = await use(startOddRelay(open));
    expect(await testRelay(page, { address: url })).toMatchObject({ hop: 'protocol', words });
  });
});

describe('the token', () => {
  test('is good, and the relay does not take this copy of the extension', async () => {
    const relay = await realRelay(simulator, { origins: ['chrome-extension://another'] });
    expect(await testRelay(page, { address: relay.url })).toMatchObject({
      hop: 'token',
      words:
        'The relay does not accept this copy of the extension. Whoever runs the relay must add this extension’s origin to its list.',
      help: 'origin',
    });
  });
});

describe('the events', () => {
  test('all of the last 50 can be read', async () => {
    const relay = await realRelay(simulator);
    await untilPlatformIsUp(relay.url);
    for (let said = 0; said < 60; said += 1) simulator.sendRaw(line(`line ${said}`));
    await expect
      .poll(async () => (await testRelay(page, { address: relay.url })).words, { timeout: WAIT_MS })
      .toBe('All of the last 50 could be read: call id, text, leg, and caller.');
    expect([...new Set(Object.values(await states(page)))]).toEqual(['good']);
    expect(await page.$eval('[data-outcome]', (outcome) => outcome.textContent)).toBe(
      'Everything holds. Open a ticket and click the Earshot icon, or press Alt+Shift+T.',
    );
  });
});

describe('a plain proxy', () => {
  test('says nothing of itself; what comes over it is read', async () => {
    const proxy = await use(startPlainProxy([line('hello'), line('there')]));
    const found = await testRelay(page, { address: `${proxy.url}/live`, token: '', plain: true });
    expect(found.words).toBe('All of the last 2 could be read: call id, text, leg, and caller.');
    expect(await states(page)).toEqual({
      address: 'good',
      reach: 'good',
      protocol: 'unknown',
      token: 'unknown',
      platform: 'unknown',
      arriving: 'good',
      readable: 'good',
    });
  });

  test('is none: a page answers', async () => {
    const { url } = await use(startAnswering(200, HTML, false));
    expect(await testRelay(page, { address: url, plain: true })).toMatchObject({
      hop: 'protocol',
      words:
        'Something answers, and no WebSocket opens. The proxy refuses the token, or does not pass WebSockets on. Check token and path, or ask whoever runs the proxy.',
    });
  });
});

describe('the relays', () => {
  test('what is typed is stored as it is left, what cannot be used is not, and what was removed can be had back', async () => {
    const stored = () =>
      page.evaluate(async () => {
        const { settings } = await chrome.storage.local.get('settings');
        return (settings as { relays?: { address: string }[] } | undefined)?.relays?.map(
          (one) => one.address,
        );
      });
    await typeOver(page, '#address', 'wss://one.example.com');
    await page.keyboard.press('Tab');
    await expect.poll(stored).toEqual(['wss://one.example.com']);
    await page.locator('#add-relay').click();
    await page.waitForFunction(() => document.querySelectorAll('[data-relay]').length === 2);
    await typeOver(page, '#address', 'ws://two.example.com');
    await page.keyboard.press('Tab');
    await page.waitForSelector('[data-problem="addressNotEncrypted"]');
    expect(await stored()).toEqual(['wss://one.example.com']);
    await typeOver(page, '#address', 'wss://two.example.com');
    await page.keyboard.press('Tab');
    await expect.poll(stored).toEqual(['wss://one.example.com', 'wss://two.example.com']);
    await page.locator('[data-relay] [aria-label="Remove one.example.com"]').click();
    await expect.poll(stored).toEqual(['wss://two.example.com']);
    await page.locator('.removed button').click();
    await expect.poll(stored).toEqual(['wss://one.example.com', 'wss://two.example.com']);
  });
});
