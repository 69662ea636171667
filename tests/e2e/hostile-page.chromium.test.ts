/** In Chromium the sidebar's address is another in each session: the one that every copy has leads a page nowhere. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { borrow } from './hostile-attacks.ts';
import {
  expectNothingGained,
  framedSidebars,
  type HostileWorld,
  openHostileWorld,
  openTwoTabs,
  SECRET,
  shownIn,
  type TwoTabs,
} from './hostile-world.ts';
import { ownPages } from './own-page.ts';

let world: HostileWorld;
let tabs: TwoTabs;
beforeAll(async () => {
  world = await openHostileWorld();
  tabs = await openTwoTabs(world);
  expect(world.sessionAddress).not.toContain(new URL(world.browser.url('')).host);
});
afterAll(() => world.close());

test.each(['', '?surface=window', '?surface=panel'])(
  'the address that every copy of the extension has is not to be framed or opened: %s',
  async (query) => {
    const { browser } = world;
    const address = `${browser.url('sidebar.html')}${query}`;
    await tabs.off.bringToFront();
    const pages = await browser.browser.pages();
    for (const way of ['frame', 'open'] as const)
      expectNothingGained(await tabs.off.evaluate(borrow, [address], way), way);
    expect(await framedSidebars(browser, tabs.off)).toEqual([]);
    expect(await ownPages(browser, 'sidebar.html')).toEqual([]);
    const opened = (await browser.browser.pages()).filter((other) => !pages.includes(other));
    const frames = [...tabs.off.frames().slice(1), ...opened.map((other) => other.mainFrame())];
    expect(await shownIn(world, tabs, frames)).not.toContain(SECRET);
    for (const other of opened) await other.close();
  },
);
