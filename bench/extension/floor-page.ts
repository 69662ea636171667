/** The least there can be: a bare page, its own WebSocket, a text node a line, the newest at the window's foot. */
import type { Page } from 'puppeteer-core';
import { socketUrl } from './bare-server.ts';

/** More than a window shows; those before are taken out, so that the floor stays one. */
const NODES_KEPT = 100;

export async function openFloor(page: Page, bareUrl: string): Promise<void> {
  await page.evaluate(
    async (address, kept) => {
      const list = document.createElement('div');
      list.style.cssText = 'position:fixed;bottom:0;white-space:pre-line';
      document.body.append(list);
      const socket = new WebSocket(address);
      socket.addEventListener('message', ({ data }: MessageEvent<string>) => {
        const frame = JSON.parse(data) as { events: { data: { text: string } }[] };
        for (const { data: said } of frame.events) {
          list.append(document.createTextNode(`${said.text}\n`));
          if (list.childNodes.length > kept) list.firstChild?.remove();
        }
      });
      await new Promise((opened) => socket.addEventListener('open', opened, { once: true }));
    },
    socketUrl(bareUrl, 'floor'),
    NODES_KEPT,
  );
}

export async function clearFloor(page: Page): Promise<void> {
  await page.evaluate(() => document.querySelector('div')?.replaceChildren());
}
