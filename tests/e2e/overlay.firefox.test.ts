/**
 * Where the overlay fares otherwise in Firefox: its frame is let into every page; and what is moved with `moveBefore` is
 * kept, but not a frame in a shadow root (153 ESR), so a dialog has it loaded anew.
 */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openSidebar } from '../../demo/launcher/agent-walk.ts';
import {
  expectPlace,
  mark,
  type OverlayWorld,
  openOverlayWorld,
  right,
  takesClicks,
} from './overlay-world.ts';

let world: OverlayWorld;
beforeAll(async () => {
  world = await openOverlayWorld();
});
afterAll(() => world.close());

test('a page that lets no frame in has the sidebar all the same', async () => {
  const page = await world.browser.newPage(`${world.url}coep`);
  const sidebar = await openSidebar(world.browser, page);
  await mark(sidebar);
  await expectPlace(page, right);
  expect(await takesClicks(page, sidebar)).toBe(true);
  await page.close();
});

test.each([
  ['plain', ''],
  ['with a transform', 'transform: translate(20px, 30px) scale(0.9)'],
  ['that clips and fades', 'overflow: hidden; opacity: 0.5; width: 200px; height: 100px'],
])('a modal dialog %s leaves the sidebar where it is, and usable', async (_name, style) => {
  const { page } = await world.open();
  const expectUsable = async (parent: string) => {
    await page.waitForSelector(`${parent} > earshot-sidebar`);
    await expectPlace(page, right);
    const sidebar = await world.browser.sidebarFrame(page);
    await mark(sidebar);
    expect(await takesClicks(page, sidebar)).toBe(true);
  };
  await page.evaluate((css) => {
    const dialog = document.createElement('dialog');
    dialog.style.cssText = css;
    document.body.append(dialog);
    dialog.showModal();
  }, style);
  await expectUsable('dialog');
  await page.evaluate(() => document.querySelector('dialog')?.close());
  await expectUsable('html');
  await page.close();
});
