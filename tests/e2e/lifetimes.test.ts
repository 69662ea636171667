/** The background dies in between, as it does all day; and what the agent sees of it. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Frame } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { waitForConnection, waitForLines } from '../../demo/launcher/agent-walk.ts';
import { openWorld, showCall, shownTexts, type World } from './world.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

function say(callid: string, text: string): void {
  world.simulator.sendRaw(JSON.stringify({ callid, leg: 0, text, final: true }));
}

async function texts(sidebar: Frame, callId: string): Promise<string[]> {
  await showCall(sidebar, callId);
  return shownTexts(sidebar);
}

describe('the worker', () => {
  test('killed again and again while lines arrive: every line is there once, in order', async () => {
    const { page, sidebar } = await world.openConnected();
    for (let number = 1; number <= 60; number += 1) {
      say('killed', `line ${number}`);
      await sleep(20);
      if (number % 12 === 0) await world.browser.endBackground();
    }
    await waitForConnection(sidebar);
    await showCall(sidebar, 'killed');
    await waitForLines(sidebar, 60);
    await sleep(500);
    expect(await texts(sidebar, 'killed')).toEqual(Array.from({ length: 60 }, (_, at) => `line ${at + 1}`));
    expect(await sidebar.$('[data-gap]')).toBeNull();
    await page.close();
  });

  test('killed while the sidebar shows a call: what is read stays on screen', async () => {
    const { page, sidebar } = await world.openConnected();
    say('kept', 'a line that is being read');
    await showCall(sidebar, 'kept');
    await sleep(500);
    await world.browser.endBackground();
    for (let look = 0; look < 20; look += 1) {
      expect(await sidebar.$eval('[data-transcript]', (area) => area.textContent)).toContain(
        'a line that is being read',
      );
      await sleep(50);
    }
    await page.close();
  });
});
