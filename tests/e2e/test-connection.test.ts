/** Every hop of a connection that can fail, provoked, and what the settings page says of it. */
import { pino } from 'pino';
import type { Page } from 'puppeteer-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { typeOver } from '../../demo/launcher/agent-walk.ts';
import type { ExtensionBrowser } from '../../demo/launcher/extension-browser.ts';
import { relayConfig } from '../../demo/relay-config.ts';
import { type Simulator, startSimulator } from '../../demo/simulator/start-simulator.ts';
import { hashToken } from '../../relay/access/authenticate.ts';
import type { RelayConfig } from '../../relay/config/config.ts';
import type { Limits } from '../../relay/limits.ts';
import { startRelay } from '../../relay/run-relay.ts';
import { keptLog } from '../secrecy/kept-logs.ts';
import {
  type OddServer,
  startAnswering,
  startOddRelay,
  startPlainProxy,
  startUpgradeEater,
} from './odd-servers.ts';
import { startScriptedRelay } from './scripted-relay.ts';
import { openBrowser, PLATFORM_TOKEN, WAIT_MS } from './world.ts';

const MINUTE_MS = 60_000;
const NOBODY = 'ws://127.0.0.1:9';
const HTML = '<!doctype html><title>Sign in</title>';

let browser: ExtensionBrowser;
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

type Setting = { address: string; token?: string; plain?: boolean };

/** Types a relay, tests it, and gives the hop where the test ended: the poor one, or else the last. */
async function testRelay({ address, token = 'alice', plain = false }: Setting) {
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

function states(): Promise<Record<string, string>> {
  return page.$$eval('[data-hop]', (hops) =>
    Object.fromEntries(
      hops.map((hop) => [hop.getAttribute('data-hop') ?? '', hop.getAttribute('data-state') ?? '']),
    ),
  );
}

function wordsOf(hop: string): Promise<string> {
  return page.$$eval(`[data-hop="${hop}"] .found p:not(.unseen)`, (parts) =>
    parts.map((part) => part.textContent).join(' '),
  );
}

/** Stopped when the test is over. */
async function use<Server extends { stop(): Promise<unknown> }>(starting: Promise<Server>): Promise<Server> {
  const server = await starting;
  onTestFinished(async () => void (await server.stop()));
  return server;
}

/** A real relay with agents of every kind; `url` and `token`: of its platform. */
function realRelay(
  { url = simulator.url, token = PLATFORM_TOKEN }: { url?: string; token?: string } = {},
  change: Partial<RelayConfig> = {},
  limits: Partial<Limits> = {},
) {
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

function line(text: string): string {
  return JSON.stringify({ callid: 'c1', leg: 0, text, final: true, cli: '31201234567' });
}

/** An earlier relay on the same simulator may still be letting go of it. */
async function untilPlatformIsUp(address: string): Promise<void> {
  const session = `${address.replace(/^ws/, 'http').replace('/v1/stream', '')}/v1/session`;
  await expect
    .poll(async () => (await fetch(session, { headers: { authorization: 'Bearer alice' } })).text(), {
      timeout: WAIT_MS,
    })
    .toContain('"up"');
}

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
    expect(await testRelay({ address })).toEqual({
      hop: 'address',
      state: 'poor',
      words,
      help: 'relay-address',
    });
    expect((await states())['reach']).toBe('unreached');
  });
});

describe('what answers', () => {
  test.each<[string, () => Promise<OddServer>]>([
    ['a web page', () => startAnswering(200, HTML, false)],
    ['a server that knows no such page', () => startAnswering(404, 'not here', false)],
    ['somebody else’s JSON', () => startAnswering(200, '{"status":"fine"}', true)],
    ['somebody else’s refusal', () => startAnswering(401, '{"error":"sign in"}', true)],
  ])('%s', async (_name, start) => {
    const { url } = await use(start());
    expect(await testRelay({ address: url })).toEqual({
      hop: 'protocol',
      state: 'poor',
      words:
        'What answers is not an Earshot relay. Check host, port and path. If the address is right, a proxy in front of the relay answers in its place.',
      help: 'not-a-relay',
    });
    expect(await wordsOf('reach')).toBe('A server answers.');
  });

  test('nothing', async () => {
    expect(await testRelay({ address: NOBODY })).toEqual({
      hop: 'reach',
      state: 'poor',
      words:
        'Nothing answers at this address. Check the address and your network. If others reach the relay, a firewall or VPN may stand in between.',
      help: 'relay-unreachable',
    });
  });

  test('a relay behind a proxy that eats upgrades', async () => {
    const relay = await realRelay();
    const proxy = await use(startUpgradeEater(relay.url.replace(/^ws/, 'http')));
    expect(await testRelay({ address: proxy.url })).toEqual({
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
    expect(await testRelay({ address: url })).toMatchObject({ hop: 'protocol', words });
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
    const relay = await realRelay();
    expect(await testRelay({ address: relay.url, token })).toEqual({
      hop: 'token',
      state: 'poor',
      words,
      help: 'token',
    });
    expect(await wordsOf('protocol')).toBe('It is an Earshot relay.');
  });

  test('is good, and the relay does not take this copy of the extension', async () => {
    const relay = await realRelay({}, { origins: ['chrome-extension://another'] });
    expect(await testRelay({ address: relay.url })).toMatchObject({
      hop: 'token',
      words:
        'The relay does not accept this copy of the extension. Whoever runs the relay must add this extension’s origin to its list.',
      help: 'origin',
    });
  });

  test('is good, and the relay is full', async () => {
    const relay = await realRelay({}, {}, { connections: 0 });
    const { hop, words } = await testRelay({ address: relay.url });
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
    expect(await testRelay({ address: relay.url })).toMatchObject({ hop: 'token', words });
  });
});

describe('the platform', () => {
  test('refuses the relay’s token', async () => {
    const relay = await realRelay({ token: 'wrong' });
    const { hop, words, help } = await testRelay({ address: relay.url });
    expect([hop, help]).toEqual(['platform', 'platform-token']);
    expect(words).toMatch(
      /^The platform has refused the relay’s own token for \d+ s\. The relay says: The platform answered 401: the relay’s token is wrong or expired\. Whoever runs the relay must renew it\. Your own token is fine\.$/,
    );
    expect(await wordsOf('token')).toBe('Accepted: you are Alice.');
  });

  test('cannot be reached', async () => {
    const relay = await realRelay({ url: 'ws://127.0.0.1:9/api/cp/scriptforge/1' });
    const { hop, words, help } = await testRelay({ address: relay.url });
    expect([hop, help]).toEqual(['platform', 'platform-down']);
    expect(words).toMatch(
      /^The relay has had no connection to the platform for \d+ s\. The relay says: .+\. It tries again by itself\. If it stays so, tell whoever runs the relay\.$/,
    );
  });
});

describe('the events', () => {
  test('none came yet: nothing is wrong, and nothing is shown', async () => {
    const relay = await realRelay();
    await untilPlatformIsUp(relay.url);
    expect(await testRelay({ address: relay.url })).toMatchObject({
      hop: 'readable',
      state: 'unknown',
      words: 'Nothing is there to be read yet.',
    });
    expect(await wordsOf('arriving')).toContain('No event that you may see came in the last 15 min.');
  });

  test('none may be seen by this agent', async () => {
    const relay = await realRelay();
    await untilPlatformIsUp(relay.url);
    expect(await testRelay({ address: relay.url, token: 'bob' })).toEqual({
      hop: 'arriving',
      state: 'poor',
      words: 'Your token may see no calls. The relay has no rule that lets you see any. Ask whoever runs it.',
      help: 'forbidden',
    });
  });

  test('all of the last 50 can be read', async () => {
    const relay = await realRelay();
    await untilPlatformIsUp(relay.url);
    for (let said = 0; said < 60; said += 1) simulator.sendRaw(line(`line ${said}`));
    await expect
      .poll(async () => (await testRelay({ address: relay.url })).words, { timeout: WAIT_MS })
      .toBe('All of the last 50 could be read: call id, text, leg, and caller.');
    expect([...new Set(Object.values(await states()))]).toEqual(['good']);
    expect(await page.$eval('[data-outcome]', (outcome) => outcome.textContent)).toBe(
      'Everything holds. Open a ticket and click the Earshot icon, or press Alt+Shift+T.',
    );
  });

  test('30 of the last 50 can be read: the inspector is one click away', async () => {
    const relay = await realRelay();
    await untilPlatformIsUp(relay.url);
    for (let said = 0; said < 30; said += 1) simulator.sendRaw(line(`line ${said}`));
    for (let said = 0; said < 20; said += 1) simulator.sendRaw('{"score":1}');
    await expect
      .poll(async () => (await testRelay({ address: relay.url })).words, { timeout: WAIT_MS })
      .toBe(
        '30 of the last 50 could be read: call id, text, leg, and caller. The last that could not be read: it holds no text and no call. Show in the inspector where things are.',
      );
    expect(await page.$eval('[data-hop="readable"] a', (link) => link.getAttribute('href'))).toBe(
      '#inspector',
    );
  });
});

describe('a plain proxy', () => {
  test('says nothing of itself; what comes over it is read', async () => {
    const proxy = await use(startPlainProxy([line('hello'), line('there')]));
    const found = await testRelay({ address: `${proxy.url}/live`, token: '', plain: true });
    expect(found.words).toBe('All of the last 2 could be read: call id, text, leg, and caller.');
    expect(await states()).toEqual({
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
    expect(await testRelay({ address: url, plain: true })).toMatchObject({
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
