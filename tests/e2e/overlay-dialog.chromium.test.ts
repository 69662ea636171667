/**
 * The overlay beside modal dialogs, which cover all that is not in them: it goes where it can be used, and back, as the
 * same frame. Firefox 153 loads a frame in a shadow root anew when it is moved: see `overlay.firefox.test.ts`.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openSidebar } from '../../demo/launcher/agent-walk.ts';
import { hasOverlay } from '../../demo/launcher/driven-browser.ts';
import {
  expectPlace,
  findHost,
  isSameFrame,
  mark,
  type OverlayWorld,
  openOverlayWorld,
  right,
  takesClicks,
} from './overlay-world.ts';
import { WAIT_MS } from './world.ts';

let world: OverlayWorld;
beforeAll(async () => {
  world = await openOverlayWorld();
});
afterAll(() => world.close());

describe('a modal dialog', () => {
  test.each([
    ['plain', ''],
    ['with a transform', 'transform: translate(20px, 30px) scale(0.9)'],
    ['with a filter', 'filter: blur(1px)'],
    ['that contains its paint', 'contain: paint'],
    ['that clips and fades', 'overflow: hidden; opacity: 0.5; width: 200px; height: 100px'],
  ])('%s leaves the sidebar where it is, usable, and the same', async (_name, style) => {
    const { page, sidebar } = await world.open();
    await mark(sidebar);
    await page.evaluate((css) => {
      const dialog = document.createElement('dialog');
      dialog.style.cssText = css;
      dialog.innerHTML = '<button>OK</button>';
      document.body.append(dialog);
      dialog.showModal();
    }, style);
    await expect
      .poll(() => page.evaluate(() => document.querySelector('dialog > earshot-sidebar') !== null))
      .toBe(true);
    await expectPlace(page, right);
    expect(await takesClicks(page, sidebar)).toBe(true);
    await page.evaluate(() => document.querySelector('dialog')?.close());
    await expect
      .poll(() => page.evaluate(() => document.querySelector('html > earshot-sidebar') !== null))
      .toBe(true);
    await expectPlace(page, right);
    expect(await takesClicks(page, sidebar)).toBe(true);
    expect(await isSameFrame(sidebar)).toBe(true);
    expect(
      await page.evaluate(() => document.querySelector('earshot-sidebar')?.hasAttribute('popover')),
    ).toBe(false);
    await page.close();
  });

  test('over another one: it goes to the upper, and back', async () => {
    const { page, sidebar } = await world.open();
    await mark(sidebar);
    const parents: (string | undefined)[] = [];
    const look = async () => {
      await sleep(100);
      parents.push(await page.evaluate(() => document.querySelector('earshot-sidebar')?.parentElement?.id));
      expect(await takesClicks(page, sidebar)).toBe(true);
    };
    await page.evaluate(() => {
      document.documentElement.id = 'root';
      // The one that stands later in the document opens first.
      document.body.innerHTML = '<dialog id="upper">upper</dialog><dialog id="lower">lower</dialog>';
      document.querySelector<HTMLDialogElement>('#lower')?.showModal();
      document.querySelector<HTMLDialogElement>('#upper')?.showModal();
    });
    await look();
    await page.evaluate(() => document.querySelector<HTMLDialogElement>('#upper')?.close());
    await look();
    await page.evaluate(() => document.querySelector<HTMLDialogElement>('#upper')?.showModal());
    await look();
    await page.evaluate(() => document.querySelector<HTMLDialogElement>('#lower')?.close());
    await look();
    await page.evaluate(() => document.querySelector<HTMLDialogElement>('#upper')?.close());
    await look();
    expect(parents).toEqual(['upper', 'lower', 'upper', 'upper', 'root']);
    expect(await isSameFrame(sidebar)).toBe(true);
    await page.close();
  });

  test('that was open before the sidebar', async () => {
    const page = await world.browser.newPage(world.url);
    await page.evaluate(() => {
      document.body.innerHTML = '<dialog>open</dialog>';
      document.querySelector('dialog')?.showModal();
    });
    const sidebar = await openSidebar(world.browser, page);
    await mark(sidebar);
    await expectPlace(page, right);
    expect(await takesClicks(page, sidebar)).toBe(true);
    await world.browser.clickIcon(page);
    await expect.poll(() => hasOverlay(page), { timeout: WAIT_MS }).toBe(false);
    expect(await page.evaluate(() => document.querySelector('dialog')?.outerHTML)).toBe(
      '<dialog open="">open</dialog>',
    );
    await page.close();
  });

  test('that is removed with the sidebar in it gives it back', async () => {
    const { page } = await world.open();
    for (let times = 0; times < 8; times += 1) {
      await page.evaluate(() => {
        const dialog = document.createElement('dialog');
        document.body.append(dialog);
        dialog.showModal();
      });
      await expect
        .poll(() => page.evaluate(() => document.querySelector('dialog > earshot-sidebar') !== null))
        .toBe(true);
      await page.evaluate(() => document.querySelector('dialog')?.remove());
      await expectPlace(page, right);
    }
    await world.browser.sidebarFrame(page);
    await page.close();
  });

  test('in an open shadow root', async () => {
    const { page, sidebar } = await world.open();
    await mark(sidebar);
    await page.evaluate(() => {
      const host = document.createElement('div');
      document.body.append(host);
      const shadow = host.attachShadow({ mode: 'open' });
      shadow.innerHTML = '<dialog><button>OK</button></dialog>';
      shadow.querySelector('dialog')?.showModal();
    });
    await sleep(300);
    expect((await findHost(page))?.right).toBe(1280);
    expect(await takesClicks(page, sidebar)).toBe(true);
    await page.evaluate(() => document.querySelector('div')?.shadowRoot?.querySelector('dialog')?.close());
    await expectPlace(page, right);
    expect(await takesClicks(page, sidebar)).toBe(true);
    expect(await isSameFrame(sidebar)).toBe(true);
    await page.close();
  });
});
