/** The least there can be: a bare page, its own WebSocket, a text node a line. */
import type { Page } from 'puppeteer-core';
import { socketUrl } from './bare-server.ts';

export async function openFloor(page: Page, bareUrl: string): Promise<void> {
  await page.evaluate(
    async (address) => {
      const list = document.createElement('div');
      list.style.cssText = 'height:100vh;overflow:hidden;white-space:pre-line';
      document.body.append(list);
      const socket = new WebSocket(address);
      socket.addEventListener('message', ({ data }: MessageEvent<string>) => {
        const frame = JSON.parse(data) as { events: { data: { text: string } }[] };
        for (const { data: said } of frame.events) list.append(document.createTextNode(`${said.text}\n`));
      });
      await new Promise((opened) => socket.addEventListener('open', opened, { once: true }));
    },
    socketUrl(bareUrl, 'floor'),
  );
}

export async function clearFloor(page: Page): Promise<void> {
  await page.evaluate(() => document.querySelector('div')?.replaceChildren());
}
