/** The overlay in pages of every temper: it lies where it should, stays usable, and lets go where it is not wanted. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Frame } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openSidebar } from '../../demo/launcher/agent-walk.ts';
import { hasOverlay } from '../../demo/launcher/driven-browser.ts';
import {
  expectPlace,
  isSameFrame,
  mark,
  type OverlayWorld,
  openOverlayWorld,
  placeOf,
  right,
  takesClicks,
} from './overlay-world.ts';
import { WAIT_MS } from './world.ts';

let world: OverlayWorld;
beforeAll(async () => {
  world = await openOverlayWorld();
});
afterAll(() => world.close());

describe('the layout', () => {
  test('follows the preferences, without reloading the frame', async () => {
    const { page, sidebar } = await world.open();
    await mark(sidebar);
    await expectPlace(page, right);
    await world.prefer({ side: 'left' });
    await expectPlace(page, { ...right, box: { ...right.box, left: 0, right: 360 }, margins: '360px|' });
    await world.prefer({ side: 'left', width: 500 });
    await expectPlace(page, { ...right, box: { ...right.box, left: 0, right: 500 }, margins: '500px|' });
    await world.prefer({ width: 280, room: 'over' });
    await expectPlace(page, { ...right, box: { ...right.box, left: 1000 }, margins: '|' });
    await world.prefer({});
    await expectPlace(page, right);
    expect(await isSameFrame(sidebar)).toBe(true);
    await page.close();
  });

  test('shrinks to a pill and grows again as the same frame', async () => {
    const { page, sidebar } = await world.open();
    await mark(sidebar);
    await sidebar.click('button[title="Shrink to a pill"]');
    await expectPlace(page, {
      box: { left: 1280 - 16 - 176, top: 800 - 16 - 40, right: 1280 - 16, bottom: 800 - 16 },
      margins: '|',
      shown: true,
    });
    await sidebar.waitForSelector('[data-pill]', { timeout: WAIT_MS });
    // The browser aims by what it drew last: no hand clicks within a frame of the change.
    await sleep(300);
    expect(await takesClicks(page, sidebar)).toBe(true);
    await expectPlace(page, right);
    expect(await isSameFrame(sidebar)).toBe(true);
    await page.close();
  });

  test('is never wider than the window', async () => {
    const { page } = await world.open();
    await page.setViewport({ width: 300, height: 600 });
    await expectPlace(page, { ...right, box: { left: 0, top: 0, right: 300, bottom: 600 } });
    await page.close();
  });

  test('comes up where it belongs from the first', async () => {
    await world.prefer({ side: 'left' });
    const page = await world.browser.newPage(world.url);
    await page.evaluate(() => {
      new MutationObserver(() => {
        const host = document.querySelector('earshot-sidebar');
        if (host !== null)
          Object.assign(window, { first: Reflect.get(window, 'first') ?? host.getBoundingClientRect().left });
      }).observe(document, { childList: true, subtree: true });
    });
    await openSidebar(world.browser, page);
    expect(await page.evaluate(() => Reflect.get(window, 'first'))).toBe(0);
    await world.prefer({});
    await page.close();
  });

  test('gives the page’s own margin back', async () => {
    const page = await world.browser.newPage(world.url);
    await page.evaluate(() => {
      document.documentElement.style.cssText = 'margin-right: 12px; color: red;';
    });
    const before = await page.evaluate(() => document.documentElement.outerHTML);
    await openSidebar(world.browser, page);
    await expectPlace(page, right);
    await world.prefer({ side: 'left' });
    await expectPlace(page, {
      ...right,
      box: { ...right.box, left: 0, right: 360 },
      margins: '360px|12px',
    });
    await world.prefer({});
    await expectPlace(page, right);
    await world.browser.clickIcon(page);
    await expect.poll(() => hasOverlay(page), { timeout: WAIT_MS }).toBe(false);
    expect(await page.evaluate(() => document.documentElement.outerHTML)).toBe(before);
    await page.close();
  });
});

describe('a full screen', () => {
  test.each([
    ['an element', '<div id="target">full</div>'],
    ['a frame', '<iframe srcdoc="<p id=target>inside</p>" allow="fullscreen"></iframe>'],
  ])('of %s hides it', async (_name, html) => {
    const { page, sidebar } = await world.open();
    await mark(sidebar);
    await page.evaluate((markup) => document.body.insertAdjacentHTML('beforeend', markup), html);
    const holder = html.startsWith('<iframe')
      ? await page.waitForFrame((frame) => frame.url() === 'about:srcdoc')
      : page.mainFrame();
    await holder.waitForSelector('#target');
    await holder.evaluate(() => document.querySelector('#target')?.requestFullscreen());
    await expect.poll(async () => (await placeOf(page))?.shown, { timeout: WAIT_MS }).toBe(false);
    expect((await placeOf(page))?.margins).toBe('|');
    await page.evaluate(() => document.exitFullscreen());
    await expectPlace(page, right);
    expect(await isSameFrame(sidebar)).toBe(true);
    await page.close();
  });
});

describe('a page that takes it away', () => {
  test('three times gets it back each time', async () => {
    const { page } = await world.open();
    for (let times = 0; times < 3; times += 1) {
      await page.evaluate(() => document.querySelector('earshot-sidebar')?.remove());
      await expectPlace(page, right);
    }
    await world.browser.sidebarFrame(page);
    await page.close();
  });

  test('every time is left alone, until it goes on to another address', async () => {
    const { page } = await world.open();
    await page.evaluate(() => {
      Object.assign(window, { removals: 0, stubborn: true });
      new MutationObserver(() => {
        const host = document.querySelector('earshot-sidebar');
        if (host === null || Reflect.get(window, 'stubborn') !== true) return;
        host.remove();
        Object.assign(window, { removals: Reflect.get(window, 'removals') + 1 });
      }).observe(document, { childList: true, subtree: true });
      document.body.append('begin');
    });
    await sleep(3_000);
    expect(await placeOf(page)).toBeUndefined();
    expect(await page.evaluate(() => Reflect.get(window, 'removals'))).toBe(6);
    expect(await page.evaluate(() => document.documentElement.hasAttribute('style'))).toBe(false);
    await page.evaluate(() => {
      Object.assign(window, { stubborn: false });
      history.pushState(null, '', '/another');
    });
    await expectPlace(page, right);
    await world.browser.sidebarFrame(page);
    await page.close();
  });

  test('and its margin every time keeps its margin, and does not hang', async () => {
    const { page } = await world.open();
    await page.evaluate(() => {
      Object.assign(window, { wipes: 0 });
      new MutationObserver(() => {
        if (!document.documentElement.hasAttribute('style')) return;
        document.documentElement.removeAttribute('style');
        Object.assign(window, { wipes: Reflect.get(window, 'wipes') + 1 });
      }).observe(document.documentElement, { attributes: true });
      document.documentElement.removeAttribute('style');
    });
    await sleep(2_000);
    expect(await page.evaluate(() => Reflect.get(window, 'wipes'))).toBe(5);
    expect((await placeOf(page))?.margins).toBe('|');
    await page.close();
  });

  test.each<[string, () => void]>([
    [
      'document.open and write',
      () => {
        document.open();
        document.write('<!doctype html><title>Written</title><p>Written</p>');
        document.close();
      },
    ],
    [
      'document.open, and a write later',
      () => {
        document.open();
        setTimeout(() => {
          document.write('<!doctype html><title>Written</title><p>Written</p>');
          document.close();
        }, 300);
      },
    ],
    [
      'another root element',
      () => {
        const root = document.createElement('html');
        root.innerHTML = '<head></head><body>Another</body>';
        document.documentElement.replaceWith(root);
      },
    ],
    [
      'other content of the root element',
      () => {
        document.documentElement.innerHTML = '<head></head><body>Another</body>';
      },
    ],
    [
      'another body and address',
      () => {
        document.body = document.createElement('body');
        history.pushState(null, '', '/next');
      },
    ],
    [
      'a root element without attributes',
      () => {
        document.documentElement.removeAttribute('style');
      },
    ],
  ])('by %s gets it back, listening as before', async (_name, rewrite) => {
    const { page } = await world.open();
    await expectPlace(page, right);
    await page.evaluate(rewrite);
    await sleep(500);
    await expectPlace(page, right);
    await world.browser.sidebarFrame(page);
    await page.evaluate(() => document.documentElement.requestFullscreen());
    await expect.poll(async () => (await placeOf(page))?.shown, { timeout: WAIT_MS }).toBe(false);
    await page.evaluate(() => document.exitFullscreen());
    await expectPlace(page, right);
    await world.prefer({ side: 'left' });
    await expectPlace(page, { ...right, box: { ...right.box, left: 0, right: 360 }, margins: '360px|' });
    await world.prefer({});
    await expectPlace(page, right);
    await page.close();
  });
});

describe('the page’s record', () => {
  /** What the background tells a sidebar of the page under it; the last word within a while. */
  function recordOf(sidebar: Frame): Promise<unknown> {
    return sidebar.evaluate(
      () =>
        new Promise((resolve) => {
          let page: unknown;
          const port = chrome.runtime.connect({ name: 'sidebar' });
          port.onMessage.addListener(({ message }) => {
            if (message.type === 'page') page = message.page;
          });
          setTimeout(() => {
            port.disconnect();
            resolve(page);
          }, 300);
        }),
    );
  }

  test('is told at first and when it changes', async () => {
    const { page, sidebar } = await world.open();
    const expectRecord = (record: unknown) =>
      expect.poll(() => recordOf(sidebar), { timeout: WAIT_MS }).toEqual(record);
    await expectRecord({ title: 'Ticket 1042', numbers: [] });
    await page.evaluate(() => {
      const words = document.querySelector('#words');
      if (words !== null) words.innerHTML = 'Call <a href="tel:+1-201-555-0123">him</a> or 020 7946 0018';
    });
    await expectRecord({ title: 'Ticket 1042', numbers: ['+12015550123', '02079460018'] });
    await page.evaluate(() => {
      document.title = 'Ticket 1043';
      document.body.innerHTML = `
        <script>const numbers = '${'0201111111 '.repeat(30_000)}';</script><style>/* 0202222222 */</style>
        <textarea>0203333333</textarea><div contenteditable>0204444444</div><p>2024-01-17, 0205555555</p>`;
    });
    await expectRecord({ title: 'Ticket 1043', numbers: ['0205555555'] });
    await page.close();
  });

  test('is told again to a worker that has lost it, and the layout goes on', async () => {
    const { page, sidebar } = await world.open();
    await mark(sidebar);
    await expect.poll(() => recordOf(sidebar), { timeout: WAIT_MS }).toMatchObject({ title: 'Ticket 1042' });
    await world.browser.endBackground();
    await expect.poll(() => recordOf(sidebar), { timeout: WAIT_MS }).toMatchObject({ title: 'Ticket 1042' });
    await world.prefer({ side: 'left' });
    await expectPlace(page, { ...right, box: { ...right.box, left: 0, right: 360 }, margins: '360px|' });
    await world.prefer({});
    await expectPlace(page, right);
    expect(await isSameFrame(sidebar)).toBe(true);
    await page.close();
  });
});
