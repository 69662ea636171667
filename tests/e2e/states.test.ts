/** Every state of the three hops, and every close code, as the words an agent reads. */
import type { Frame, Page } from 'puppeteer-core';
import { afterAll, afterEach, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { openSidebar, setRelay } from '../../demo/launcher/agent-walk.ts';
import type { DrivenBrowser } from '../../demo/launcher/driven-browser.ts';
import { decodePolicy } from '../../utils/settings/policy.ts';
import { createSettingsStore, type SettingsStore } from '../../utils/settings/settings-store.ts';
import { storedArea } from '../shots/stored.ts';
import { type ScriptedRelay, startScriptedRelay } from './scripted-relay.ts';
import { openBrowser } from './tested-browser.ts';
import { showCall, startPage, WAIT_MS, waitForWords } from './world.ts';

let browser: DrivenBrowser;
/** As if the agent had typed a relay of the test's own, which takes seconds a test. */
let settings: SettingsStore;
let site: Awaited<ReturnType<typeof startPage>>;
beforeAll(async () => {
  site = await startPage();
  browser = await openBrowser();
  const backstage = await browser.newPage(browser.url('options.html'));
  await backstage.waitForSelector('#address', { timeout: WAIT_MS });
  settings = createSettingsStore(storedArea(backstage, 'local'), storedArea(backstage, 'session'), async () =>
    decodePolicy(undefined),
  );
});
afterAll(async () => {
  await browser.close();
  await site.stop();
});

let page: Page | undefined;
afterEach(async () => {
  await page?.close();
  page = undefined;
});

/** A sidebar that is connected to a relay of its own. */
async function open(greeting = {}): Promise<{ relay: ScriptedRelay; sidebar: Frame }> {
  const relay = await startScriptedRelay({ epoch: `e${Math.random()}`, ...greeting });
  onTestFinished(() => relay.stop());
  const set = { id: 'relay', name: '', address: relay.url, plain: false, rememberToken: false };
  await settings.putRelay(set, 'token');
  page = await browser.newPage(site.url);
  const sidebar = await openSidebar(browser, page);
  await sidebar.waitForSelector('.app[data-connection="connected"]', { timeout: WAIT_MS });
  return { relay, sidebar };
}

async function state(sidebar: Frame, name: string, words: string): Promise<void> {
  await sidebar.waitForFunction(
    (wantedName, wanted) =>
      document.querySelector(`[data-state="${wantedName}"]`)?.textContent?.startsWith(wanted),
    { timeout: WAIT_MS, polling: 50 },
    name,
    words,
  );
}

const minute = 60_000;

describe('the relay closes', () => {
  test.each([
    [1000, 'The connection to the relay was lost. It is tried again by itself.'],
    [1001, 'The connection to the relay was lost. It is tried again by itself.'],
    [1012, 'The connection to the relay was lost. It is tried again by itself.'],
    [1013, 'The relay is overloaded or closing. It is tried again by itself.'],
    [4408, 'The connection to the relay was lost. It is tried again by itself.'],
  ])('%d: says so, and is back by itself', async (code, words) => {
    const { relay, sidebar } = await open();
    relay.say({ type: 'bye', code, message: 'x', retryAfterMs: 1_500 });
    relay.close(code);
    await waitForWords(sidebar, words);
    await state(sidebar, 'relay', 'Relay: again in');
    await sidebar.waitForSelector('.app[data-connection="connected"]', { timeout: WAIT_MS });
  });

  test.each([
    [4400, 'does not speak Earshot’s protocol', 'Relay: stopped'],
    [4403, 'you may not listen here', 'Relay: stopped'],
    [4426, 'does not know this version of Earshot', 'Relay: stopped'],
  ])('%d: stops and says what to do', async (code, words, label) => {
    const { relay, sidebar } = await open();
    relay.close(code);
    await waitForWords(sidebar, words);
    await state(sidebar, 'relay', label);
    await new Promise((later) => setTimeout(later, 1_500));
    expect(relay.connections()).toBe(0);
  });

  test.each([
    [
      { code: 'expired', expiredAtMs: Date.now() - 12 * minute },
      'it expired 12 min ago',
      'Relay: token expired',
    ],
    [{ code: 'expired' }, 'it has expired', 'Relay: token expired'],
    [{ code: 'unknown' }, 'it does not know it', 'Relay: token refused'],
  ])('4401, %j: asks for a new token, and goes on with one', async (answer, words, label) => {
    const { relay, sidebar } = await open();
    relay.setSession(401, answer);
    relay.refuseUpgrades(401);
    relay.close(4401);
    await waitForWords(sidebar, words);
    await waitForWords(sidebar, 'Enter a new token');
    await state(sidebar, 'relay', label);
    relay.refuseUpgrades(undefined);
    relay.setSession(200, { agent: 'Alice', calls: 'all', upstream: 'up' });
    await (await setRelay(browser, relay.url, 'a newer token')).close();
    await sidebar.waitForSelector('.app[data-connection="connected"]', { timeout: WAIT_MS });
  });

  test('a frame that is no frame: stops instead of trying for ever', async () => {
    const { relay, sidebar } = await open();
    relay.sayRaw('<html>not a frame</html>');
    await waitForWords(sidebar, 'does not speak Earshot’s protocol');
  });
});

describe('while the connection is tried again', () => {
  test('what is wrong stays said, and what is read stays where it is, also when it is mended', async () => {
    const { relay, sidebar } = await open();
    const lines = Array.from({ length: 80 }, (_, at) => ({
      seq: at + 1,
      at: Date.now(),
      data: { callid: 'c', leg: at % 2, text: `line ${at} of a call` },
    }));
    relay.say({ type: 'events', events: lines });
    await showCall(sidebar, 'c');
    await sidebar.$eval('[data-transcript]', (area) => area.scrollBy(0, -900));
    await sidebar.waitForSelector('.jump', { timeout: WAIT_MS });
    // As it is painted: what a frame puts right before it is seen has not happened yet in between.
    const topOf = () =>
      sidebar.$eval('[data-line="c:60"]', async (line) => {
        await new Promise((painted) => requestAnimationFrame(() => setTimeout(painted)));
        return Math.round(line.getBoundingClientRect().top);
      });
    const top = await topOf();
    await sidebar.evaluate(() => {
      const said: string[] = [];
      new MutationObserver(() =>
        said.push(document.querySelector('.banner') === null ? 'nothing' : 'something'),
      ).observe(document.body, { childList: true, subtree: true });
      Object.assign(globalThis, { said });
    });
    relay.refuseUpgrades(502);
    relay.setSession(404, 'not here');
    relay.close(1012);
    await waitForWords(sidebar, 'it is not an Earshot relay');
    expect(Math.abs((await topOf()) - top)).toBeLessThanOrEqual(1);
    await sidebar.evaluate(() =>
      Object.assign((globalThis as unknown as { said: string[] }).said, { length: 0 }),
    );
    await sidebar.click('.banner button');
    await state(sidebar, 'relay', 'Relay: again in');
    expect(await sidebar.evaluate(() => (globalThis as unknown as { said: string[] }).said)).not.toContain(
      'nothing',
    );
    relay.refuseUpgrades(undefined);
    // Unless it has connected by itself meanwhile.
    await sidebar.$$eval('.banner button', ([button]) => button instanceof HTMLElement && button.click());
    await sidebar.waitForSelector('.app[data-connection="connected"]', { timeout: WAIT_MS });
    await sidebar.waitForSelector('.banner', { hidden: true, timeout: WAIT_MS });
    expect(Math.abs((await topOf()) - top)).toBeLessThanOrEqual(1);
  });
});

describe('the relay refuses the upgrade', () => {
  test.each([
    [403, { code: 'origin' }, 'does not accept this copy of the extension'],
    [503, { code: 'draining', retryAfterMs: 60_000 }, 'The relay is overloaded or closing.'],
    [429, { code: 'rate', retryAfterMs: 60_000 }, 'The relay is overloaded or closing.'],
    [429, { code: 'crowded', retryAfterMs: 60_000 }, 'Earshot is open in too many places'],
    [503, { code: 'identity', retryAfterMs: 60_000 }, 'cannot check your token at present'],
    [200, { agent: 'Alice', calls: 'all', upstream: 'up' }, 'its WebSocket does not open'],
    [404, '<html>not here</html>', 'it is not an Earshot relay'],
  ])('%d %j', async (status, body, words) => {
    const { relay, sidebar } = await open();
    relay.refuseUpgrades(status === 200 ? 502 : status);
    relay.setSession(status, body);
    relay.close(1012);
    await waitForWords(sidebar, words);
  });
});

describe('the platform', () => {
  test.each([
    ['connecting', 'Platform: connecting', undefined],
    ['down', 'Platform: down', 'The relay has no connection to the platform.'],
    ['unauthorized', 'Platform: token refused', 'The platform refuses the relay’s own token.'],
    ['up', 'Platform', undefined],
  ] as const)('%s', async (upstream, label, words) => {
    const { relay, sidebar } = await open();
    relay.say({ type: 'upstream', state: upstream, since: Date.now() });
    await state(sidebar, 'platform', label);
    if (words !== undefined) await waitForWords(sidebar, words);
  });

  test('a loss is a row in the call, with how long, from when to when, and what it means', async () => {
    const { relay, sidebar } = await open();
    relay.say({
      type: 'events',
      events: [{ seq: 1, at: Date.now(), data: { callid: 'c', text: 'before' } }],
    });
    const from = Date.UTC(2026, 0, 2, 14, 3, 10);
    relay.say({ type: 'gap', from, to: from + 12_000, reason: 'upstream-away' });
    await waitForWords(sidebar, 'Platform away for 12 s');
    await waitForWords(sidebar, 'Lines may be missing.');
  });
});

describe('the token', () => {
  test('announces its end before it comes', async () => {
    const { sidebar } = await open({ tokenExpiresAtMs: Date.now() + 5 * minute });
    await waitForWords(sidebar, 'Your token expires in 4 min');
  });
});

describe('the call', () => {
  test.each([
    ['a line just came', { ageMs: 5_000, ended: false }, ' s ago'],
    ['nothing for a while, which is not the end', { ageMs: 2 * minute, ended: false }, 'silent for 2 min'],
    ['the platform said that it ended', { ageMs: 5_000, ended: true }, 'ended'],
  ])('%s', async (_name, { ageMs, ended }, words) => {
    const { relay, sidebar } = await open();
    const at = Date.now() - ageMs;
    const callid = `c${Math.random()}`;
    relay.say({ type: 'events', events: [{ seq: 1, at, data: { callid, text: 'hello' } }] });
    if (ended) relay.say({ type: 'events', events: [{ seq: 2, at, data: { callid, event: 'hangup' } }] });
    await showCall(sidebar, callid);
    await sidebar.waitForFunction(
      (wanted) => document.querySelector('[data-state="call"] b')?.textContent?.includes(wanted),
      { timeout: WAIT_MS, polling: 50 },
      words,
    );
  });
});
