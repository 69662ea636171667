/** Firefox has no models that a page could ask. */
import { expect, test } from 'vitest';
import { offeredMachines } from './menu-offers.ts';
import { openReadingWorld } from './reading-world.ts';
import { WAIT_MS } from './world.ts';

test('in Firefox nothing of it appears', async () => {
  const world = await openReadingWorld();
  world.say({ callid: 'm', leg: 0, text: 'hello' });
  const page = await world.openSurface('window');
  await page.waitForSelector('[data-line]', { timeout: WAIT_MS });
  const found = await offeredMachines(page);
  await world.close();
  expect(found).toEqual([]);
});
