/**
 * The hops in which no browser has a part: what is typed, and what a relay says. Beside `test-connection.test.ts`, and
 * for the time they take in one browser alone.
 */
import type { Page } from 'puppeteer-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { DrivenBrowser } from '../../demo/launcher/driven-browser.ts';
import { type Simulator, startSimulator } from '../../demo/simulator/start-simulator.ts';
import { line, realRelay, states, testRelay, untilPlatformIsUp, use, wordsOf } from './connection-test.ts';
import { startScriptedRelay } from './scripted-relay.ts';
import { openBrowser } from './tested-browser.ts';
import { PLATFORM_TOKEN, WAIT_MS } from './world.ts';

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

describe('the address', () => {
  test.each([
    ['', 'Enter the relay’s address.'],
    ['two words', 'This is not an address. It looks like wss://relay.example.com.'],
    ['ftp://relay.example.com', 'This address is of another kind. It must begin with wss://.'],
    [
      'ws://relay.example.com',
      'This connection would not be encrypted. Use wss://; ws:// is only for a relay on this computer.',
    ],
    [
      'wss://relay.example.com?token=x',
      'An address must hold no user, question mark or #: a token there would end up in logs. Put the token in its own field.',
    ],
  ])('%j', async (address, words) => {
    expect(await testRelay(page, { address })).toEqual({
      hop: 'address',
      state: 'poor',
      words,
      help: 'relay-address',
    });
    expect((await states(page))['reach']).toBe('unreached');
  });
});

describe('the token', () => {
  test.each([
    ['', 'No token is set. Enter the token your administrator gave you.'],
    [
      'nobody',
      'The relay does not know this token. Copy it once more, whole. If it is right, it was taken back: ask your administrator for another.',
    ],
    [
      'not a → token',
      'This cannot be a token. It holds a space or a character that no token has, or is far too long. Copy it once more.',
    ],
    ['carol', 'The token expired 12 min ago. Ask your administrator for a new one, and enter it here.'],
  ])('%j', async (token, words) => {
    const relay = await realRelay(simulator);
    expect(await testRelay(page, { address: relay.url, token })).toEqual({
      hop: 'token',
      state: 'poor',
      words,
      help: 'token',
    });
    expect(await wordsOf(page, 'protocol')).toBe('It is an Earshot relay.');
  });

  test('is good, and the relay is full', async () => {
    const relay = await realRelay(simulator, {}, { connections: 0 });
    const { hop, words } = await testRelay(page, { address: relay.url });
    expect(hop).toBe('token');
    expect(words).toMatch(/^The relay has as many connections as it can hold\. Test again in \d+ s\.$/);
  });

  test.each([
    [503, { code: 'draining', retryAfterMs: 4_000 }, 'The relay is restarting. Test again in 4 s.'],
    [
      429,
      { code: 'rate', retryAfterMs: 60_000 },
      'Too many wrong tokens came from your network, so the relay checks none for now. Test again in 1 min.',
    ],
  ])('is not looked at: %d %j', async (status, answer, words) => {
    const relay = await use(startScriptedRelay({ epoch: 'e' }));
    relay.setSession(status, answer);
    expect(await testRelay(page, { address: relay.url })).toMatchObject({ hop: 'token', words });
  });
});

describe('the platform', () => {
  test('refuses the relay’s token', async () => {
    const relay = await realRelay({ url: simulator.url, token: 'wrong' });
    const { hop, words, help } = await testRelay(page, { address: relay.url });
    expect([hop, help]).toEqual(['platform', 'platform-token']);
    expect(words).toMatch(
      /^The platform has refused the relay’s own token for \d+ s\. The relay says: The platform answered 401: the relay’s token is wrong or expired\. Whoever runs the relay must renew it\. Your own token is fine\.$/,
    );
    expect(await wordsOf(page, 'token')).toBe('Accepted: you are Alice.');
  });

  test('cannot be reached', async () => {
    const relay = await realRelay({ url: 'ws://127.0.0.1:9/api/cp/scriptforge/1' });
    const { hop, words, help } = await testRelay(page, { address: relay.url });
    expect([hop, help]).toEqual(['platform', 'platform-down']);
    expect(words).toMatch(
      /^The relay has had no connection to the platform for \d+ s\. The relay says: .+\. It tries again by itself\. If it stays so, tell whoever runs the relay\.$/,
    );
  });
});

describe('the events', () => {
  test('none came yet: nothing is wrong, and nothing is shown', async () => {
    const relay = await realRelay(simulator);
    await untilPlatformIsUp(relay.url);
    expect(await testRelay(page, { address: relay.url })).toMatchObject({
      hop: 'readable',
      state: 'unknown',
      words: 'Nothing is there to be read yet.',
    });
    expect(await wordsOf(page, 'arriving')).toContain('No event that you may see came in the last 15 min.');
  });

  test('none may be seen by this agent', async () => {
    const relay = await realRelay(simulator);
    await untilPlatformIsUp(relay.url);
    expect(await testRelay(page, { address: relay.url, token: 'bob' })).toEqual({
      hop: 'arriving',
      state: 'poor',
      words: 'Your token may see no calls. The relay has no rule that lets you see any. Ask whoever runs it.',
      help: 'forbidden',
    });
  });

  test('30 of the last 50 can be read: the inspector is one click away', async () => {
    const relay = await realRelay(simulator);
    await untilPlatformIsUp(relay.url);
    for (let said = 0; said < 30; said += 1) simulator.sendRaw(line(`line ${said}`));
    for (let said = 0; said < 20; said += 1) simulator.sendRaw('{"score":1}');
    await expect
      .poll(async () => (await testRelay(page, { address: relay.url })).words, { timeout: WAIT_MS })
      .toBe(
        '30 of the last 50 could be read: call id, text, leg, and caller. The last that could not be read: it holds no text and no call. Show in the inspector where things are.',
      );
    expect(await page.$eval('[data-hop="readable"] a', (link) => link.getAttribute('href'))).toBe(
      '#inspector',
    );
  });
});
