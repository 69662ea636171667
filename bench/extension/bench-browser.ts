/** A browser with the built extension, a CRM to work in, and the sender: what every part of the bench works with. */
import { resolve } from 'node:path';
import type { CDPSession, Frame, Page } from 'puppeteer-core';
import { startCrm } from '../../demo/crm-server.ts';
import { openSidebar, setRelay, waitForConnection } from '../../demo/launcher/agent-walk.ts';
import { type ExtensionBrowser, openExtensionBrowser } from '../../demo/launcher/extension-browser.ts';
import { findBrowser } from '../../demo/launcher/find-browser.ts';
import { type Sender, startSender } from './sender-link.ts';

export type BenchBrowser = {
  browser: ExtensionBrowser;
  sender: Sender;
  crmUrl: string;
  /** A CRM page of its own with the sidebar in it, connected to the sender. */
  openCrmWithSidebar(): Promise<{ page: Page; sidebar: Frame }>;
  close(): Promise<void>;
};

const EXTENSION_PATH = resolve(import.meta.dirname, '../../.output/chrome-mv3');
/** The sender takes any. */
const AGENT_TOKEN = 'bench-agent-token';

export async function openBenchBrowser(): Promise<BenchBrowser> {
  const sender = await startSender();
  const crm = await startCrm({ port: 0 });
  const browser = await openExtensionBrowser({
    executablePath: findBrowser(process.env, console.log),
    extensionPath: EXTENSION_PATH,
    headless: true,
  });
  await (await setRelay(browser, sender.relayUrl, AGENT_TOKEN)).close();
  return {
    browser,
    sender,
    crmUrl: crm.url,
    async openCrmWithSidebar() {
      const page = await browser.newPage(crm.url);
      const sidebar = await openSidebar(browser, page);
      await waitForConnection(sidebar);
      return { page, sidebar };
    },
    async close() {
      await browser.close();
      await crm.stop();
      await sender.stop();
    },
  };
}

/** A DevTools session with the process of the one sidebar that is open, or with the background. */
export async function attachTo(
  { browser }: ExtensionBrowser,
  part: 'sidebar' | 'background',
): Promise<CDPSession> {
  const root = await browser.target().createCDPSession();
  const { targetInfos } = await root.send('Target.getTargets');
  const target = targetInfos.find(({ type, url }) =>
    part === 'sidebar' ? url.endsWith('/sidebar.html') : type === 'service_worker',
  );
  if (target === undefined) throw new Error(`the browser has no ${part} to measure`);
  const { sessionId } = await root.send('Target.attachToTarget', {
    targetId: target.targetId,
    flatten: true,
  });
  const session = root.connection()?.session(sessionId);
  if (!session) throw new Error(`no session with the ${part}`);
  return session;
}
