/** Everything that is in a page, whoever put it there: scripts of every world, requests, nodes, frames, listeners. */
import { gzipSync } from 'node:zlib';
import type { CDPSession, Page, Protocol } from 'puppeteer-core';
import { collectGarbage } from './heap.ts';

export type PageContents = {
  /** Not the page's own: bytes of the scripts that the browser has parsed in the page. */
  scriptBytes: number;
  scriptGzipBytes: number;
  /** Not the page's own. */
  requests: number;
  /** Isolated worlds. */
  worlds: number;
  /** In the document, closed shadow roots too. */
  nodes: number;
  frames: number;
  /** What the page reads of itself, characters. */
  htmlLength: number;
  /** Of every world, in the document or not. */
  listeners: number;
};

export type PageWatch = {
  /** What was parsed and asked for since the watch began, and what stands in the page now. */
  look(): Promise<PageContents>;
};

/** The driver's own world and scripts. */
const DRIVERS_WORLD = '__puppeteer_utility_world__';
const DRIVERS_SCRIPTS = 'pptr:';

/** Loads the page anew, so that nothing of it is missed. */
export async function watchContents(page: Page): Promise<PageWatch> {
  const session = await page.createCDPSession();
  const scripts: Protocol.Debugger.ScriptParsedEvent[] = [];
  const worlds = new Set<string>();
  const drivers = new Set<number>();
  let requests = 0;
  const { origin } = new URL(page.url());
  const isForeign = (url: string) => !url.startsWith(origin) && !url.startsWith(DRIVERS_SCRIPTS);
  session.on('Debugger.scriptParsed', (script) => {
    if (isForeign(script.url) && !drivers.has(script.executionContextId)) scripts.push(script);
  });
  session.on('Runtime.executionContextCreated', ({ context }) => {
    if (context.name.startsWith(DRIVERS_WORLD)) drivers.add(context.id);
    else if (context.auxData?.['type'] === 'isolated') worlds.add(context.uniqueId);
  });
  session.on('Network.requestWillBeSent', ({ request }) => {
    if (isForeign(request.url)) requests += 1;
  });
  await session.send('Network.enable');
  await session.send('Runtime.enable');
  await session.send('Debugger.enable');
  await page.reload();

  return {
    async look() {
      const sources = await Promise.all(
        scripts.map(({ scriptId }) => session.send('Debugger.getScriptSource', { scriptId })),
      );
      const source = Buffer.from(sources.map(({ scriptSource }) => scriptSource).join(''));
      return {
        scriptBytes: source.length,
        scriptGzipBytes: source.length === 0 ? 0 : gzipSync(source).length,
        requests,
        worlds: worlds.size,
        htmlLength: await page.evaluate(() => document.documentElement.outerHTML.length),
        ...(await countNodes(session)),
        listeners: await countListeners(session),
      };
    },
  };
}

async function countNodes(session: CDPSession): Promise<{ nodes: number; frames: number }> {
  const { root } = await session.send('DOM.getDocument', { depth: -1, pierce: true });
  const open = [root];
  let [nodes, frames] = [0, 0];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    nodes += 1;
    if (node.nodeName === 'IFRAME') frames += 1;
    open.push(...(node.children ?? []), ...(node.shadowRoots ?? []));
  }
  await session.send('DOM.disable');
  return { nodes, frames };
}

async function countListeners(session: CDPSession): Promise<number> {
  await collectGarbage(session);
  const { jsEventListeners } = await session.send('Memory.getDOMCounters');
  return jsEventListeners;
}
