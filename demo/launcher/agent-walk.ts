/** What an agent does, step by step, in a real browser: each step is said, and fails with a plain reason. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { ElementHandle, Frame, Page } from 'puppeteer-core';
import { type DrivenBrowser, hasOverlay } from './driven-browser.ts';

const OWN_WORDS = 'New card goes out today.';
const TIMEOUT_MS = 30_000;

export type WalkOptions = {
  relayAddress: string;
  agentToken: string;
  ticketUrl: string;
  otherUrl: string;
  /** A folder. */
  screenshots: string;
  /** Makes the calls happen; resolves when the last has ended. */
  speak(): Promise<void>;
  say(step: string): void;
};

export type WalkResult = {
  lines: number;
  copied: string;
  pasted: string;
  /** What the comment held in the end. */
  comment: string;
  screenshots: string[];
};

/** Types the relay's address and token into the options page and waits until the relay has accepted them. */
export async function setRelay(
  browser: Pick<DrivenBrowser, 'newPage' | 'url'>,
  address: string,
  token: string,
): Promise<Page> {
  const page = await browser.newPage(browser.url('options.html#relays'));
  await typeOver(page, '#address', address);
  await typeOver(page, '#token', token);
  await page.locator('#test-connection').click();
  await page.waitForSelector('[data-hop="token"][data-state="good"], [data-hop][data-state="poor"]', {
    timeout: TIMEOUT_MS,
  });
  if ((await page.$('[data-hop="token"][data-state="good"]')) === null) {
    const found = await page.$eval('[data-state="poor"] .found', (element) => element.textContent);
    throw new Error(`The relay was not accepted: ${found}`);
  }
  return page;
}

/** Types over what a field holds, as a hand does: nothing of it is left, whatever the page does meanwhile. */
export async function typeOver(page: Page, field: string, text: string): Promise<void> {
  await page.locator(field).click({ count: 3 });
  if (text === '') await page.keyboard.press('Delete');
  else await page.keyboard.type(text);
}

/** Turns the sidebar on in a page and gives its frame. */
export async function openSidebar(browser: DrivenBrowser, page: Page): Promise<Frame> {
  await browser.clickIcon(page);
  return browser.sidebarFrame(page);
}

/** Waits until relay and platform are both up, as the sidebar sees them. */
export async function waitForConnection(frame: Frame): Promise<void> {
  await frame.waitForSelector('.app[data-connection="connected"][data-platform="up"]', {
    timeout: TIMEOUT_MS,
  });
}

/** Waits until at least `count` final lines of the shown call are on screen. */
export async function waitForLines(frame: Frame, count: number): Promise<void> {
  await frame.waitForFunction(
    (wanted) => document.querySelectorAll('[data-line][data-final="true"]').length >= wanted,
    { timeout: TIMEOUT_MS, polling: 100 },
    count,
  );
}

/** Picks a call from the sidebar's list; `false` where it is not there. */
export async function pickCall(frame: Frame, callId: string): Promise<boolean> {
  return frame.evaluate(async (wanted) => {
    const picker = document.querySelector<HTMLElement>('.picker');
    picker?.click();
    for (let look = 0; picker !== null && look < 100; look += 1) {
      const options = [...document.querySelectorAll<HTMLElement>('[data-call-option]')];
      const option = options.find(({ dataset }) => dataset['callOption'] === wanted);
      if (options.length > 0) (option ?? picker).click();
      if (options.length > 0) return option !== undefined;
      await new Promise((later) => setTimeout(later, 20));
    }
    return false;
  }, callId);
}

/** The whole walk; throws where a step fails. */
export async function walk(browser: DrivenBrowser, options: WalkOptions): Promise<WalkResult> {
  const { say } = options;
  mkdirSync(options.screenshots, { recursive: true });
  const screenshots: string[] = [];
  const shoot = async (page: Page, name: string) => {
    const path = join(options.screenshots, `${name}.png`);
    await page.screenshot({ path: path as `${string}.png` });
    screenshots.push(path);
  };

  say('enter the relay and the token in the settings');
  const settings = await setRelay(browser, options.relayAddress, options.agentToken);
  await shoot(settings, '1-settings');

  say('open two tickets');
  const other = await browser.newPage(options.otherUrl);
  const ticket = await browser.newPage(options.ticketUrl);
  if (await hasOverlay(ticket)) throw new Error('The sidebar was there before it was asked for.');
  await shoot(ticket, '2-ticket');

  say('click the icon in one of them');
  const sidebar = await openSidebar(browser, ticket);

  await waitForConnection(sidebar);

  say('read the call as it comes');
  const spoken = options.speak();
  await waitForLines(sidebar, 6);
  await shoot(ticket, '3-live');

  say('read back to the first line, which holds the list still, and click a line');
  await holdStill(ticket, sidebar);
  const line = await findSentence(sidebar);
  const text = await line.evaluate((element) => element.textContent);
  await line.click();
  await sidebar.waitForSelector('[data-copied="true"]', { timeout: TIMEOUT_MS });

  say('paste it into the comment editor');
  const pasted = await pasteIntoComment(ticket);
  if (!pasted.endsWith(text)) throw new Error(`The line was "${text}", and the editor holds "${pasted}".`);
  await shoot(ticket, '4-pasted');

  say('put a line into the ticket with one click');
  await holdStill(ticket, sidebar);
  await waitForComment(ticket, await insertLine(sidebar, text));

  say('pin the newest line, write a word, and put the note into the ticket');
  await sidebar.focus('[data-transcript]');
  await ticket.keyboard.press('End');
  await ticket.keyboard.press('p');
  await sidebar.waitForSelector('[data-item][data-kind="line"]', { timeout: TIMEOUT_MS });
  await sidebar.type('[data-note] textarea', OWN_WORDS);
  const insert = '[data-insert="direct"][aria-disabled="false"]';
  await (await sidebar.waitForSelector(insert, { timeout: TIMEOUT_MS }))?.click();
  const comment = await waitForComment(ticket, OWN_WORDS);
  await shoot(ticket, '5-note-in-ticket');

  say('look at the other tab');
  await other.bringToFront();
  if (await hasOverlay(other)) throw new Error('The other tab has a sidebar too.');
  await shoot(other, '6-other-tab');

  say('wait for the end of the call');
  await ticket.bringToFront();
  await spoken;
  await sidebar.waitForFunction(
    () => document.querySelectorAll('[data-line][data-final="false"]').length === 0,
    {
      timeout: TIMEOUT_MS,
      polling: 100,
    },
  );
  const lines = (await sidebar.$$('[data-line]')).length;

  say('turn it off');
  await browser.clickIcon(ticket);
  await ticket.waitForFunction(() => document.querySelector('earshot-sidebar') === null, {
    timeout: TIMEOUT_MS,
  });
  const left = await ticket.evaluate(() => document.documentElement.getAttribute('style'));
  if (left !== null) throw new Error(`The page was left with style="${left}".`);
  await shoot(ticket, '7-off');
  return { lines, copied: pasted, pasted, comment, screenshots };
}

/** Walks to the first line by keyboard: while somebody does, a line that comes moves nothing. */
async function holdStill(page: Page, sidebar: Frame): Promise<void> {
  await sidebar.focus('[data-transcript]');
  await page.keyboard.press('Home');
  await sidebar.waitForSelector('[data-line]:focus', { timeout: TIMEOUT_MS });
}

/** Hovers a line that does not say `unlike` and clicks its insert tool; gives the line's text. */
async function insertLine(sidebar: Frame, unlike: string): Promise<string> {
  const line = await findSentence(sidebar, unlike);
  const text = await line.evaluate((element) => element.textContent);
  await line.hover();
  const index = await line.evaluate((element) => element.getAttribute('data-index'));
  const tool = `.line-tools[data-of="${index}"] [data-tool="insert"]`;
  await (await sidebar.waitForSelector(tool, { timeout: TIMEOUT_MS }))?.click();
  return text;
}

/** Waits until the comment ends with `text`, and gives it. */
async function waitForComment(page: Page, text: string): Promise<string> {
  await page.waitForFunction(
    (wanted) => document.querySelector('textarea')?.value.trimEnd().endsWith(wanted),
    { timeout: TIMEOUT_MS, polling: 100 },
    text,
  );
  return page.$eval('textarea', (comment) => comment.value);
}

/** The first line that is more than a word or a noise. */
async function findSentence(sidebar: Frame, unlike = ''): Promise<ElementHandle<Element>> {
  for (const line of await sidebar.$$('[data-line][data-final="true"]')) {
    const text = await line.evaluate((element) => element.textContent);
    if (text.split(' ').length > 4 && text !== unlike) return line;
  }
  throw new Error('No line is there to be clicked.');
}

async function pasteIntoComment(page: Page): Promise<string> {
  await page.bringToFront();
  const comment = await page.waitForSelector('textarea', { timeout: TIMEOUT_MS });
  if (comment === null) throw new Error('The ticket page has no comment editor.');
  await comment.click();
  await page.keyboard.down('Control');
  await page.keyboard.press('KeyV', { commands: ['Paste'] });
  await page.keyboard.up('Control');
  return comment.evaluate((element) => element.value);
}
