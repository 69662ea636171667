/** The browser's own models, by stand-ins for them; and nothing of them where the browser says that it has none. */
import type { Page } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { MENU, offeredMachines } from './menu-offers.ts';
import { openReadingWorld, type ReadingWorld } from './reading-world.ts';
import { WAIT_MS } from './world.ts';

const waiting = { timeout: WAIT_MS, polling: 50 };

/** Models that answer at once, and write down what they were given. */
function standIn(): void {
  const given: string[] = [];
  const made = (method: string, prefix: string) => ({
    availability: async () => 'downloadable',
    create: async ({ monitor }: { monitor(target: EventTarget): void }) => {
      const target = new EventTarget();
      monitor(target);
      target.dispatchEvent(Object.assign(new Event('downloadprogress'), { loaded: 0.5 }));
      return {
        destroy() {},
        [method]: async (text: string) => {
          given.push(text);
          if (text.includes('break')) throw new DOMException('no', 'QuotaExceededError');
          return `${prefix} ${text.length > 0}`;
        },
      };
    },
  });
  Object.assign(globalThis, {
    given,
    Summarizer: Object.assign(() => {}, made('summarize', 'SUMMARY <b>')),
    Translator: Object.assign(() => {}, made('translate', 'TRANSLATION')),
    LanguageDetector: Object.assign(() => {}, {
      availability: async () => 'available',
      create: async () => ({
        destroy() {},
        detect: async () => [{ detectedLanguage: 'fr', confidence: 0.9 }],
      }),
    }),
  });
}

/** The sidebar's page with something put into it before its own scripts run. */
async function openWith(world: ReadingWorld, before: () => void): Promise<Page> {
  const page = await world.openSurface('window');
  await page.evaluateOnNewDocument(before);
  await page.reload();
  await page.waitForSelector('[data-line]', { timeout: WAIT_MS });
  return page;
}

async function choose(page: Page, label: string): Promise<void> {
  if ((await page.$('.menu')) === null) await page.click(MENU);
  await page.waitForFunction(
    (wanted) => {
      const item = [...document.querySelectorAll<HTMLElement>('.menu .item')].find(({ textContent }) =>
        textContent?.includes(wanted),
      );
      item?.click();
      return item !== undefined;
    },
    waiting,
    label,
  );
}

describe('where the browser has models', () => {
  let world: ReadingWorld;
  let page: Page;
  beforeAll(async () => {
    world = await openReadingWorld();
    world.say({ callid: 'm', leg: 0, text: 'my card is 4242 4242 4242 4242 and it is lost' });
    page = await openWith(world, standIn);
  });
  afterAll(() => world.close());

  test('a summary asks before a model is downloaded, and is marked as a machine’s', async () => {
    await choose(page, 'Summary');
    await page.waitForSelector('[data-readiness="download"]', { timeout: WAIT_MS });
    expect(await page.evaluate(() => Reflect.get(globalThis, 'given'))).toEqual([]);
    await page.click('[data-machine-start]');
    await page.waitForSelector('[data-machine="done"]', { timeout: WAIT_MS });
    expect(await page.$eval('[data-machine-text]', ({ textContent }) => textContent)).toBe(
      'SUMMARY <b> true',
    );
    expect(await page.$eval('.machine-mark', ({ textContent }) => textContent)).toContain('May be wrong');
  });

  test('it was given the call without what is hidden', async () => {
    const given = await page.evaluate(() => String(Reflect.get(globalThis, 'given')));
    expect(given).toContain('it is lost');
    expect(given).toContain('[card]');
    expect(given).not.toContain('4242');
  });

  test('goes into the note', async () => {
    await page.click('[data-machine="done"] .primary');
    await page.keyboard.press('Escape');
    await page.waitForFunction(() => document.querySelector('[data-machine]') === null, waiting);
    await page.waitForFunction(
      () =>
        [...document.querySelectorAll('textarea')].some(({ value }) => value.includes('SUMMARY')) ||
        document.body.textContent?.includes('SUMMARY <b> true'),
      waiting,
    );
  });

  test('a translation begins from the language that was heard', async () => {
    await choose(page, 'Translate');
    await page.waitForFunction(
      () => document.querySelector<HTMLSelectElement>('[data-language="machineFrom"]')?.value === 'fr',
      waiting,
    );
    await page.select('[data-language="machineTo"]', 'de');
    await page.waitForSelector('[data-machine-start]:not(:disabled)', { timeout: WAIT_MS });
    await page.click('[data-machine-start]');
    await page.waitForSelector('[data-machine-text][lang="de"]', { timeout: WAIT_MS });
    await page.keyboard.press('Escape');
    await page.waitForFunction(() => document.querySelector('[data-machine]') === null, waiting);
    expect(await page.evaluate((menu) => document.activeElement?.matches(menu), MENU)).toBe(true);
  });

  test('a failure says what to do, and can be tried again', async () => {
    world.say({ callid: 'm', leg: 0, text: 'break' });
    await page.waitForFunction(() => document.body.textContent?.includes('break'), waiting);
    await choose(page, 'Summary');
    await page.waitForSelector('[data-machine-start]:not(:disabled)', { timeout: WAIT_MS });
    await page.click('[data-machine-start]');
    await page.waitForSelector('[data-reason="no-room"]', { timeout: WAIT_MS });
    await page.click('[data-machine="failed"] .secondary');
    await page.waitForSelector('[data-machine="asks"]', { timeout: WAIT_MS });
    await page.keyboard.press('Escape');
  });
});

test('in the frame in the page they may be used', async () => {
  const world = await openReadingWorld();
  const allowed = await world.sidebar.evaluate(() => {
    const { featurePolicy } = document as unknown as { featurePolicy: { allowedFeatures(): string[] } };
    return featurePolicy.allowedFeatures();
  });
  await world.close();
  expect(allowed).toEqual(expect.arrayContaining(['summarizer', 'translator', 'language-detector']));
});

test('where a browser says that it has no model, nothing of it appears', async () => {
  const world = await openReadingWorld();
  world.say({ callid: 'm', leg: 0, text: 'hello' });
  const page = await openWith(world, () => {
    const none = Object.assign(() => {}, { availability: async () => 'unavailable', create() {} });
    Object.assign(globalThis, { Summarizer: none, Translator: none, LanguageDetector: none });
  });
  const found = await offeredMachines(page);
  await world.close();
  expect(found).toEqual([]);
});
