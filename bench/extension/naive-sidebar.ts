/**
 * What one would write first: a shadow root in the page, an element a line, scrolled to the end for each. It has a
 * WebSocket of its own, which is a shorter way than any extension's.
 */
import type { Page } from 'puppeteer-core';
import { socketUrl } from './bare-server.ts';

export const NAIVE_HOST = 'naive-sidebar';

const STYLE = `
  :host { position: fixed; inset: 0 0 0 auto; width: 384px; z-index: 9999; background: canvas; }
  section { height: 100%; overflow-y: auto; font: 14px/20px system-ui; }
  p { margin: 0 12px 6px; } b { display: block; font-size: 12px; }
`;

/** In the page, as `naive` of the global object. */
type Naive = {
  /** Puts a line at the list's end, which stays where it is scrolled to. */
  addLine(who: string, text: string): void;
  /** Empties the list and hears what is said from now on: what of an earlier turn it has not painted yet is let go. */
  begin(): Promise<void>;
};

export async function openNaiveSidebar(page: Page, bareUrl: string): Promise<void> {
  await page.evaluate(
    async (tag, css, address) => {
      const host = document.createElement(tag);
      const list = document.createElement('section');
      const style = document.createElement('style');
      style.textContent = css;
      host.attachShadow({ mode: 'open' }).append(style, list);
      document.documentElement.append(host);
      let socket: WebSocket | undefined;
      const naive: Naive = {
        addLine(who, text) {
          const line = document.createElement('p');
          const name = document.createElement('b');
          name.textContent = who;
          line.append(name, text);
          list.append(line);
        },
        async begin() {
          socket?.close();
          const opening = new WebSocket(address);
          socket = opening;
          opening.addEventListener('message', ({ data }: MessageEvent<string>) => {
            const frame = JSON.parse(data) as { events: { data: { text: string; leg: number } }[] };
            for (const { data: said } of frame.events) {
              naive.addLine(said.leg === 0 ? 'Agent' : 'Caller', said.text);
              list.scrollTop = list.scrollHeight;
            }
          });
          await new Promise((opened) => opening.addEventListener('open', opened, { once: true }));
          list.replaceChildren();
        },
      };
      Object.assign(globalThis, { naive });
      await naive.begin();
    },
    NAIVE_HOST,
    STYLE,
    socketUrl(bareUrl, 'naive'),
  );
}

/** Lines as they would stand there, without the cost of their coming one by one. */
export async function fillNaiveSidebar(page: Page, texts: readonly string[]): Promise<void> {
  await page.evaluate(
    (tag, said) => {
      const list = document.querySelector(tag)?.shadowRoot?.querySelector('section');
      if (!list) throw new Error('no naive sidebar to fill');
      const { naive } = globalThis as unknown as { naive: Naive };
      for (const text of said) naive.addLine('Agent', text);
      list.scrollTop = list.scrollHeight;
    },
    NAIVE_HOST,
    texts,
  );
}

/** A turn from its beginning. */
export async function beginNaiveTurn(page: Page): Promise<void> {
  await page.evaluate(() => (globalThis as unknown as { naive: Naive }).naive.begin());
}
