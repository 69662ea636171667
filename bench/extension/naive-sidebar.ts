/**
 * What one would write first: a shadow root in the page, an element a line, scrolled to the end for each. It has a
 * WebSocket of its own, which is a shorter way than any extension's.
 */
import type { Page } from 'puppeteer-core';
import { socketUrl } from './bare-server.ts';

export const NAIVE_HOST = 'naive-sidebar';

export async function openNaiveSidebar(page: Page, bareUrl: string): Promise<void> {
  await page.evaluate(
    async (tag, address) => {
      const host = document.createElement(tag);
      const root = host.attachShadow({ mode: 'open' });
      root.innerHTML = `<style>
        :host { position: fixed; inset: 0 0 0 auto; width: 384px; z-index: 9999; background: canvas; }
        section { height: 100%; overflow-y: auto; font: 14px/20px system-ui; }
        p { margin: 0 12px 6px; } b { display: block; font-size: 12px; }
      </style><section></section>`;
      document.documentElement.append(host);
      const list = root.querySelector('section');
      const socket = new WebSocket(address);
      socket.addEventListener('message', ({ data }: MessageEvent<string>) => {
        if (list === null) return;
        const frame = JSON.parse(data) as { events: { data: { text: string; leg: number } }[] };
        for (const { data: said } of frame.events) {
          const line = document.createElement('p');
          const who = document.createElement('b');
          who.textContent = said.leg === 0 ? 'Agent' : 'Caller';
          line.append(who, said.text);
          list.append(line);
          list.scrollTop = list.scrollHeight;
        }
      });
      await new Promise((opened) => socket.addEventListener('open', opened, { once: true }));
    },
    NAIVE_HOST,
    socketUrl(bareUrl, 'naive'),
  );
}

/** Lines as they would stand there, without the cost of their coming one by one. */
export async function fillNaiveSidebar(page: Page, texts: readonly string[]): Promise<void> {
  await page.evaluate(
    (tag, said) => {
      const list = document.querySelector(tag)?.shadowRoot?.querySelector('section');
      if (!list) throw new Error('no naive sidebar to fill');
      for (const text of said) {
        const line = document.createElement('p');
        const who = document.createElement('b');
        who.textContent = 'Agent';
        line.append(who, text);
        list.append(line);
      }
      list.scrollTop = list.scrollHeight;
    },
    NAIVE_HOST,
    texts,
  );
}

export async function clearNaiveSidebar(page: Page): Promise<void> {
  await page.evaluate(
    (tag) => document.querySelector(tag)?.shadowRoot?.querySelector('section')?.replaceChildren(),
    NAIVE_HOST,
  );
}
