/** The overlay in pages of every temper: it lies where it should, stays usable, and lets go where it is not wanted. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Frame, Page } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openSidebar } from '../../demo/launcher/agent-walk.ts';
import { hasOverlay } from '../../demo/launcher/driven-browser.ts';
import { type ExtensionBrowser, sidebarFrame } from '../../demo/launcher/extension-browser.ts';
import { openBrowser, WAIT_MS } from './world.ts';

let browser: ExtensionBrowser;
let server: Server;
let url: string;

beforeAll(async () => {
  server = createServer((request, response) => {
    response.setHeader('content-type', 'text/html; charset=utf-8');
    if (request.url === '/coep') response.setHeader('cross-origin-embedder-policy', 'require-corp');
    response.end('<!doctype html><title>Ticket 1042</title><h1>Ticket</h1><p id="words">Nothing yet</p>');
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  browser = await openBrowser();
});

afterAll(async () => {
  await browser.close();
  server.closeAllConnections();
  server.close();
});

async function open(path = ''): Promise<{ page: Page; sidebar: Frame }> {
  const page = await browser.newPage(url + path);
  return { page, sidebar: await openSidebar(browser, page) };
}

async function prefer(preferences: { side?: string; width?: number; room?: string }): Promise<void> {
  const [worker] = await browser.extension.workers();
  await worker?.evaluate((stored) => chrome.storage.local.set({ preferences: stored }), preferences);
}

type Place = {
  box: { left: number; top: number; right: number; bottom: number };
  margins: string;
  shown: boolean;
};

/** Where the overlay lies, and what the page's root leaves it: margins left and right. */
function placeOf(page: Page): Promise<Place | undefined> {
  return page.evaluate(() => {
    const host = document.querySelector<HTMLElement>('earshot-sidebar');
    if (host === null) return undefined;
    const { left, top, right, bottom } = host.getBoundingClientRect();
    const { marginLeft, marginRight } = document.documentElement.style;
    const shown = getComputedStyle(host).visibility === 'visible';
    return { box: { left, top, right, bottom }, margins: `${marginLeft}|${marginRight}`, shown };
  });
}

async function expectPlace(page: Page, expected: Place): Promise<void> {
  await expect.poll(() => placeOf(page), { timeout: WAIT_MS, interval: 50 }).toEqual(expected);
}

const right: Place = { box: { left: 920, top: 0, right: 1280, bottom: 800 }, margins: '|360px', shown: true };

/** Leaves a sign in the frame, which a reload would wipe out. */
async function mark(sidebar: Frame): Promise<void> {
  await sidebar.evaluate(() => void Object.assign(window, { mark: 'here', clicks: 0 }));
  await sidebar.evaluate(() => {
    addEventListener(
      'click',
      () => Object.assign(window, { clicks: Reflect.get(window, 'clicks') + 1 }),
      true,
    );
  });
}

async function isSameFrame(sidebar: Frame): Promise<boolean> {
  const asked = sidebar.evaluate(() => Reflect.get(window, 'mark') === 'here').catch(() => false);
  return Promise.race([asked, sleep(5_000, false)]);
}

/** Whether a click where the overlay lies gets into the frame. */
async function takesClicks(page: Page, sidebar: Frame): Promise<boolean> {
  await untilPainted(sidebar);
  const before = await sidebar.evaluate(() => Reflect.get(window, 'clicks'));
  const { left, bottom } = (await findHost(page)) ?? { left: 0, bottom: 0 };
  await page.mouse.click(left + 40, bottom - 20);
  await sleep(300);
  return (await sidebar.evaluate(() => Reflect.get(window, 'clicks'))) === before + 1;
}

/** Before its first picture is on the screen, nobody can click into a frame. */
async function untilPainted(frame: Frame): Promise<void> {
  await frame.evaluate(
    () => new Promise<void>((done) => requestAnimationFrame(() => requestAnimationFrame(() => done()))),
  );
}

/** Also in an open shadow root. */
function findHost(page: Page): Promise<{ left: number; right: number; bottom: number } | undefined> {
  return page.evaluate(() => {
    const find = (root: Document | ShadowRoot): Element | undefined => {
      const own = root.querySelector('earshot-sidebar');
      if (own !== null) return own;
      for (const { shadowRoot } of root.querySelectorAll('*')) {
        const inside = shadowRoot === null ? undefined : find(shadowRoot);
        if (inside !== undefined) return inside;
      }
      return undefined;
    };
    return find(document)?.getBoundingClientRect().toJSON();
  });
}

describe('the layout', () => {
  test('follows the preferences, without reloading the frame', async () => {
    const { page, sidebar } = await open();
    await mark(sidebar);
    await expectPlace(page, right);
    await prefer({ side: 'left' });
    await expectPlace(page, { ...right, box: { ...right.box, left: 0, right: 360 }, margins: '360px|' });
    await prefer({ side: 'left', width: 500 });
    await expectPlace(page, { ...right, box: { ...right.box, left: 0, right: 500 }, margins: '500px|' });
    await prefer({ width: 280, room: 'over' });
    await expectPlace(page, { ...right, box: { ...right.box, left: 1000 }, margins: '|' });
    await prefer({});
    await expectPlace(page, right);
    expect(await isSameFrame(sidebar)).toBe(true);
    await page.close();
  });

  test('shrinks to a pill and grows again as the same frame', async () => {
    const { page, sidebar } = await open();
    await mark(sidebar);
    await sidebar.click('button[title="Shrink to a pill"]');
    await expectPlace(page, {
      box: { left: 1280 - 16 - 176, top: 800 - 16 - 40, right: 1280 - 16, bottom: 800 - 16 },
      margins: '|',
      shown: true,
    });
    await sidebar.waitForSelector('[data-pill]', { timeout: WAIT_MS });
    // The browser aims by what it drew last: no hand clicks within a frame of the change.
    await sleep(300);
    expect(await takesClicks(page, sidebar)).toBe(true);
    await expectPlace(page, right);
    expect(await isSameFrame(sidebar)).toBe(true);
    await page.close();
  });

  test('is never wider than the window', async () => {
    const { page } = await open();
    await page.setViewport({ width: 300, height: 600 });
    await expectPlace(page, { ...right, box: { left: 0, top: 0, right: 300, bottom: 600 } });
    await page.close();
  });

  test('comes up where it belongs from the first', async () => {
    await prefer({ side: 'left' });
    const page = await browser.newPage(url);
    await page.evaluate(() => {
      new MutationObserver(() => {
        const host = document.querySelector('earshot-sidebar');
        if (host !== null)
          Object.assign(window, { first: Reflect.get(window, 'first') ?? host.getBoundingClientRect().left });
      }).observe(document, { childList: true, subtree: true });
    });
    await openSidebar(browser, page);
    expect(await page.evaluate(() => Reflect.get(window, 'first'))).toBe(0);
    await prefer({});
    await page.close();
  });

  test('gives the page’s own margin back', async () => {
    const page = await browser.newPage(url);
    await page.evaluate(() => {
      document.documentElement.style.cssText = 'margin-right: 12px; color: red;';
    });
    const before = await page.evaluate(() => document.documentElement.outerHTML);
    await openSidebar(browser, page);
    await expectPlace(page, right);
    await prefer({ side: 'left' });
    await expectPlace(page, {
      ...right,
      box: { ...right.box, left: 0, right: 360 },
      margins: '360px|12px',
    });
    await prefer({});
    await expectPlace(page, right);
    await browser.clickIcon(page);
    await expect.poll(() => hasOverlay(page), { timeout: WAIT_MS }).toBe(false);
    expect(await page.evaluate(() => document.documentElement.outerHTML)).toBe(before);
    await page.close();
  });
});

describe('a full screen', () => {
  test.each([
    ['an element', '<div id="target">full</div>'],
    ['a frame', '<iframe srcdoc="<p id=target>inside</p>" allow="fullscreen"></iframe>'],
  ])('of %s hides it', async (_name, html) => {
    const { page, sidebar } = await open();
    await mark(sidebar);
    await page.evaluate((markup) => document.body.insertAdjacentHTML('beforeend', markup), html);
    const holder = html.startsWith('<iframe')
      ? await page.waitForFrame((frame) => frame.url() === 'about:srcdoc')
      : page.mainFrame();
    await holder.waitForSelector('#target');
    await holder.evaluate(() => document.querySelector('#target')?.requestFullscreen());
    await expect.poll(async () => (await placeOf(page))?.shown, { timeout: WAIT_MS }).toBe(false);
    expect((await placeOf(page))?.margins).toBe('|');
    await page.evaluate(() => document.exitFullscreen());
    await expectPlace(page, right);
    expect(await isSameFrame(sidebar)).toBe(true);
    await page.close();
  });
});

describe('a modal dialog', () => {
  test.each([
    ['plain', ''],
    ['with a transform', 'transform: translate(20px, 30px) scale(0.9)'],
    ['with a filter', 'filter: blur(1px)'],
    ['that contains its paint', 'contain: paint'],
    ['that clips and fades', 'overflow: hidden; opacity: 0.5; width: 200px; height: 100px'],
  ])('%s leaves the sidebar where it is, usable, and the same', async (_name, style) => {
    const { page, sidebar } = await open();
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
    const { page, sidebar } = await open();
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
    const page = await browser.newPage(url);
    await page.evaluate(() => {
      document.body.innerHTML = '<dialog>open</dialog>';
      document.querySelector('dialog')?.showModal();
    });
    const sidebar = await openSidebar(browser, page);
    await mark(sidebar);
    await expectPlace(page, right);
    expect(await takesClicks(page, sidebar)).toBe(true);
    await browser.clickIcon(page);
    await expect.poll(() => hasOverlay(page), { timeout: WAIT_MS }).toBe(false);
    expect(await page.evaluate(() => document.querySelector('dialog')?.outerHTML)).toBe(
      '<dialog open="">open</dialog>',
    );
    await page.close();
  });

  test('that is removed with the sidebar in it gives it back', async () => {
    const { page } = await open();
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
    await sidebarFrame(page);
    await page.close();
  });

  test('in an open shadow root', async () => {
    const { page, sidebar } = await open();
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

describe('a page that takes it away', () => {
  test('three times gets it back each time', async () => {
    const { page } = await open();
    for (let times = 0; times < 3; times += 1) {
      await page.evaluate(() => document.querySelector('earshot-sidebar')?.remove());
      await expectPlace(page, right);
    }
    await sidebarFrame(page);
    await page.close();
  });

  test('every time is left alone, until it goes on to another address', async () => {
    const { page } = await open();
    await page.evaluate(() => {
      Object.assign(window, { removals: 0, stubborn: true });
      new MutationObserver(() => {
        const host = document.querySelector('earshot-sidebar');
        if (host === null || Reflect.get(window, 'stubborn') !== true) return;
        host.remove();
        Object.assign(window, { removals: Reflect.get(window, 'removals') + 1 });
      }).observe(document, { childList: true, subtree: true });
      document.body.append('begin');
    });
    await sleep(3_000);
    expect(await placeOf(page)).toBeUndefined();
    expect(await page.evaluate(() => Reflect.get(window, 'removals'))).toBe(6);
    expect(await page.evaluate(() => document.documentElement.hasAttribute('style'))).toBe(false);
    await page.evaluate(() => {
      Object.assign(window, { stubborn: false });
      history.pushState(null, '', '/another');
    });
    await expectPlace(page, right);
    await sidebarFrame(page);
    await page.close();
  });

  test('and its margin every time keeps its margin, and does not hang', async () => {
    const { page } = await open();
    await page.evaluate(() => {
      Object.assign(window, { wipes: 0 });
      new MutationObserver(() => {
        if (!document.documentElement.hasAttribute('style')) return;
        document.documentElement.removeAttribute('style');
        Object.assign(window, { wipes: Reflect.get(window, 'wipes') + 1 });
      }).observe(document.documentElement, { attributes: true });
      document.documentElement.removeAttribute('style');
    });
    await sleep(2_000);
    expect(await page.evaluate(() => Reflect.get(window, 'wipes'))).toBe(5);
    expect((await placeOf(page))?.margins).toBe('|');
    await page.close();
  });

  test.each<[string, () => void]>([
    [
      'document.open and write',
      () => {
        document.open();
        document.write('<!doctype html><title>Written</title><p>Written</p>');
        document.close();
      },
    ],
    [
      'document.open, and a write later',
      () => {
        document.open();
        setTimeout(() => {
          document.write('<!doctype html><title>Written</title><p>Written</p>');
          document.close();
        }, 300);
      },
    ],
    [
      'another root element',
      () => {
        const root = document.createElement('html');
        root.innerHTML = '<head></head><body>Another</body>';
        document.documentElement.replaceWith(root);
      },
    ],
    [
      'other content of the root element',
      () => {
        document.documentElement.innerHTML = '<head></head><body>Another</body>';
      },
    ],
    [
      'another body and address',
      () => {
        document.body = document.createElement('body');
        history.pushState(null, '', '/next');
      },
    ],
    [
      'a root element without attributes',
      () => {
        document.documentElement.removeAttribute('style');
      },
    ],
  ])('by %s gets it back, listening as before', async (_name, rewrite) => {
    const { page } = await open();
    await expectPlace(page, right);
    await page.evaluate(rewrite);
    await sleep(500);
    await expectPlace(page, right);
    await sidebarFrame(page);
    await page.evaluate(() => document.documentElement.requestFullscreen());
    await expect.poll(async () => (await placeOf(page))?.shown, { timeout: WAIT_MS }).toBe(false);
    await page.evaluate(() => document.exitFullscreen());
    await expectPlace(page, right);
    await prefer({ side: 'left' });
    await expectPlace(page, { ...right, box: { ...right.box, left: 0, right: 360 }, margins: '360px|' });
    await prefer({});
    await expectPlace(page, right);
    await page.close();
  });
});

describe('a page that lets no frame in', () => {
  test('gets a card, which opens help and a window', async () => {
    const page = await browser.newPage(`${url}coep`);
    await browser.clickIcon(page);
    await expect
      .poll(() => wordsOfOverlay(page), { timeout: WAIT_MS, interval: 200 })
      .toContain('This page lets no sidebar in.');
    // The buttons stand in the middle, under the words and under each other.
    for (const [y, address] of [
      [400 + 36, 'help.html#pages-without-sidebar'],
      [400 - 6, 'surface=window'],
    ] as const) {
      const opened = browser.browser.waitForTarget((target) => target.url().includes(address), {
        timeout: WAIT_MS,
      });
      await page.bringToFront();
      await page.mouse.click(1280 - 180, y);
      await (await (await opened).page())?.close();
    }
    await page.close();
  });

  test('and one that lets it in gets none', async () => {
    const { page } = await open();
    await sleep(6_000);
    expect(await wordsOfOverlay(page)).toBe('');
    await page.close();
  });
});

/** Its root is closed to the page; the debugger sees into it. */
async function wordsOfOverlay(page: Page): Promise<string> {
  const session = await page.createCDPSession();
  const { root } = await session.send('DOM.getDocument', { depth: -1, pierce: true });
  await session.detach();
  type Node = typeof root;
  const find = (node: Node): Node | undefined =>
    node.localName === 'earshot-sidebar'
      ? node
      : (node.children ?? []).map(find).find((found) => found !== undefined);
  const textOf = (node: Node): string =>
    node.nodeValue +
    (node.children ?? []).map(textOf).join('') +
    (node.shadowRoots ?? []).map(textOf).join('');
  const host = find(root);
  return host === undefined ? '' : textOf(host);
}

describe('the page’s record', () => {
  /** What the background tells a sidebar of the page under it; the last word within a while. */
  function recordOf(sidebar: Frame): Promise<unknown> {
    return sidebar.evaluate(
      () =>
        new Promise((resolve) => {
          let page: unknown;
          const port = chrome.runtime.connect({ name: 'sidebar' });
          port.onMessage.addListener(({ message }) => {
            if (message.type === 'page') page = message.page;
          });
          setTimeout(() => {
            port.disconnect();
            resolve(page);
          }, 300);
        }),
    );
  }

  test('is told at first and when it changes', async () => {
    const { page, sidebar } = await open();
    const expectRecord = (record: unknown) =>
      expect.poll(() => recordOf(sidebar), { timeout: WAIT_MS }).toEqual(record);
    await expectRecord({ title: 'Ticket 1042', numbers: [] });
    await page.evaluate(() => {
      const words = document.querySelector('#words');
      if (words !== null) words.innerHTML = 'Call <a href="tel:+1-201-555-0123">him</a> or 020 7946 0018';
    });
    await expectRecord({ title: 'Ticket 1042', numbers: ['+12015550123', '02079460018'] });
    await page.evaluate(() => {
      document.title = 'Ticket 1043';
      document.body.innerHTML = `
        <script>const numbers = '${'0201111111 '.repeat(30_000)}';</script><style>/* 0202222222 */</style>
        <textarea>0203333333</textarea><div contenteditable>0204444444</div><p>2024-01-17, 0205555555</p>`;
    });
    await expectRecord({ title: 'Ticket 1043', numbers: ['0205555555'] });
    await page.close();
  });

  test('is told again to a worker that has lost it, and the layout goes on', async () => {
    const { page, sidebar } = await open();
    await mark(sidebar);
    await expect.poll(() => recordOf(sidebar), { timeout: WAIT_MS }).toMatchObject({ title: 'Ticket 1042' });
    for (const worker of await browser.extension.workers()) await worker.close();
    await expect.poll(() => recordOf(sidebar), { timeout: WAIT_MS }).toMatchObject({ title: 'Ticket 1042' });
    await sidebar.evaluate(() => chrome.storage.local.set({ preferences: { side: 'left' } }));
    await expectPlace(page, { ...right, box: { ...right.box, left: 0, right: 360 }, margins: '360px|' });
    await sidebar.evaluate(() => chrome.storage.local.set({ preferences: {} }));
    await expectPlace(page, right);
    expect(await isSameFrame(sidebar)).toBe(true);
    await page.close();
  });

  test('of a huge and restless page costs little', async () => {
    const { page } = await open();
    await page.evaluate(() => {
      document.body.innerHTML = Array.from(
        { length: 20_000 },
        (_, row) => `<p>Row <b>${row}</b>, on 2024-01-17, 12:30 for 1,234.00</p>`,
      ).join('');
      setInterval(() => document.body.append('.'), 20);
    });
    await sleep(2_000);
    const session = await page.createCDPSession();
    await session.send('Profiler.enable');
    await session.send('Profiler.start');
    await sleep(10_000);
    const { profile } = await session.send('Profiler.stop');
    const ours = new Set(
      profile.nodes.filter(({ callFrame }) => callFrame.url.includes('content-scripts')).map(({ id }) => id),
    );
    const spentMs = (profile.samples ?? [])
      .map((id, index) => (ours.has(id) ? (profile.timeDeltas?.[index] ?? 0) : 0))
      .reduce((sum, microseconds) => sum + microseconds / 1_000, 0);
    console.log(`  ${spentMs.toFixed(1)} ms of 10 s`);
    expect(spentMs).toBeLessThan(150);
    await page.close();
  });
});
