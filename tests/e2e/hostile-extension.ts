/** Another extension that is against us, with all the rights a user may have given it: its page is where it tries. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export type HostileExtension = { path: string; remove(): void };

const manifest = {
  manifest_version: 3,
  name: 'Against us',
  version: '1.0',
  permissions: ['scripting', 'tabs', 'storage'],
  host_permissions: ['<all_urls>'],
};

export function makeHostileExtension(): HostileExtension {
  const path = mkdtempSync(join(tmpdir(), 'earshot-hostile-'));
  writeFileSync(join(path, 'manifest.json'), JSON.stringify(manifest));
  writeFileSync(join(path, 'page.html'), '<!doctype html><title>Against us</title>');
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

/** Runs in its page: every message and every port that ours has a name for. Gives back what was answered. */
export async function callAt(id: string): Promise<string[]> {
  const heard: string[] = [];
  const messages = ['overlay:probe', 'overlay:remove', 'again', 'diagnose', 'forget', 'close'];
  for (const type of messages) {
    const answer: unknown = await chrome.runtime.sendMessage(id, { type }).catch(() => undefined);
    if (answer !== undefined) heard.push(`${type}: ${JSON.stringify(answer)}`);
  }
  for (const name of ['sidebar', 'options', 'overlay']) {
    const port = chrome.runtime.connect(id, { name });
    let isOpen = true;
    port.onMessage.addListener((message: unknown) => heard.push(`${name}: ${JSON.stringify(message)}`));
    const closed = new Promise<void>((done) => {
      port.onDisconnect.addListener(() => {
        isOpen = false;
        done();
      });
    });
    for (const type of messages) if (isOpen) port.postMessage({ type });
    await Promise.race([closed, new Promise((later) => setTimeout(later, 1_000))]);
    if (isOpen) heard.push(`${name}: stays open`);
  }
  return heard;
}

/** Runs in its page: what it is given of our files at these addresses, by `fetch` and in frames of its own. */
export async function takeFiles(addresses: string[]): Promise<string[]> {
  const gained: string[] = [];
  for (const address of addresses) {
    const text = await fetch(address).then(
      (response) => response.text(),
      () => undefined,
    );
    if (text !== undefined) gained.push(text);
    const frame = document.createElement('iframe');
    frame.src = address;
    document.body.append(frame);
    await new Promise((later) => {
      frame.onload = later;
      setTimeout(later, 2_000);
    });
    const inside = frame.contentDocument?.documentElement.innerText ?? '';
    if (inside !== '') gained.push(inside);
  }
  return gained;
}

/** Runs in its page: a script of its own in every frame of that tab, our closed root opened, and all of it read. */
export async function readTab(address: string): Promise<string[]> {
  const [tab] = await chrome.tabs.query({ url: address });
  const target = { tabId: tab?.id ?? -1, allFrames: true };
  const results = await chrome.scripting.executeScript({ target, func: readFromInside }).catch(() => []);
  return results.map(({ result }) => String(result));

  function readFromInside(): string {
    const host = document.querySelector<HTMLElement>('earshot-sidebar');
    const root = host === null ? null : chrome.dom.openOrClosedShadowRoot(host);
    const frame = root?.querySelector('iframe');
    frame?.contentWindow?.postMessage({ type: 'again' }, '*');
    const inside = frame?.contentDocument?.documentElement.outerHTML ?? 'nothing inside';
    return [document.documentElement.innerText, root?.innerHTML ?? 'no root', inside].join('\n');
  }
}
