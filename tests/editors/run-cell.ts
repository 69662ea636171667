/** One cell of the matrix: an editor is put up, a place in it is found, and an insertion is judged by its model. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Frame, Page } from 'puppeteer-core';
import type { InsertOutcome } from '../../utils/messaging/insertion.ts';
import { type CaseName, cases, type EditorCase } from './cases.ts';
import { expectText, isText } from './expect-text.ts';
import type { EditorPage } from './open-lab.ts';
import type { EditorName } from './registry.ts';

export type Verdict = {
  /** `impossible`: the editor cannot be put up or typed into there by hand either. */
  is: 'inserted' | 'copied' | 'failed' | 'impossible';
  reason?: string;
};

/** Who inserts. */
export type Inserter = {
  waitForTarget(): Promise<boolean>;
  insert(text: string, ownLine: boolean): Promise<InsertOutcome>;
};

const NEIGHBOUR = 'the other one';
/** Beside the text that is looked for in all of them. */
const MARK = 'Z';
const PROBE = 'q';
/** On a busy machine an editor may miss a key while it comes up: only what it misses each time it cannot take. */
const PROBES = 3;
const UNDOS = 5;
const FOCUS_MS = 15_000;
/** A sidebar that has just opened may not be where it was measured when the click arrives: it is clicked anew. */
const CLICK_AGAIN_MS = 2_000;
/** No hand gets from the arrow keys to the mouse sooner; ProseMirror hears of its caret's last step a little later. */
const HAND_MS = 150;
/** These hear of their selection later than of the next key, as others do in a frame or a shadow root; Slate every 100 ms. */
const KEY_MS: Partial<Record<EditorName, number>> = { slate: 120, prosemirror: 30, tiptap: 30 };
const KEY_ELSEWHERE_MS = 30;
/** From one frame into another the focus goes unheard: the page's script looks for it once a second. */
const LOOKED_FOR_MS = 1_300;

export async function runCell(
  { page, findSidebar }: EditorPage,
  editor: EditorName,
  name: CaseName,
): Promise<Verdict> {
  const wanted: EditorCase = cases[name];
  const index = wanted.beside ? 1 : 0;
  const texts = wanted.beside ? [NEIGHBOUR, wanted.base] : [wanted.base];
  const holds = (whole: string, patience?: 'short') =>
    expectText(
      page,
      index,
      { text: whole, oneLine: editor === 'input', blankLines: wanted.blankLines },
      patience,
    );
  const before = wanted.base.slice(0, wanted.from);
  const after = wanted.base.slice(wanted.to);
  const text = (wanted.ownLine && before !== '' ? '\n' : '') + wanted.text;

  const enter = async () => {
    await clickEditor(page, index);
    await placeCaret(page, wanted, KEY_MS[editor] ?? (wanted.place === 'page' ? 0 : KEY_ELSEWHERE_MS));
    await sleep(editor === 'foreign-frame' ? LOOKED_FOR_MS : HAND_MS);
  };

  try {
    await putUp(page, wanted, texts);
    if (wanted.beside) {
      const { inserter } = await findSidebar();
      await clickEditor(page, 0);
      if (!(await inserter.waitForTarget())) return failed('the first editor never became the target');
    }
    await enter();
  } catch (error) {
    if (wanted.place === 'page') throw error;
    return { is: 'impossible', reason: `it cannot be put up there: ${messageOf(error)}` };
  }
  if (wanted.place !== 'page') {
    let typed: string | undefined;
    for (let attempt = 1; attempt <= PROBES; attempt++) {
      await page.keyboard.type(PROBE);
      typed = await holds(before + PROBE + after);
      if (typed === undefined || attempt === PROBES) break;
      await putUp(page, wanted, texts);
      await enter();
    }
    if (typed !== undefined) return { is: 'impossible', reason: `typed by hand, ${typed}` };
    await page.keyboard.press('Backspace');
    await sleep(HAND_MS);
    if ((await holds(wanted.base, 'short')) !== undefined) {
      // In a shadow root Froala takes what is typed, and not this key.
      await putUp(page, wanted, texts);
      await enter();
    }
  }
  const start = await holds(wanted.base);
  if (start !== undefined) return failed(`before the insertion, ${start}`);

  const { sidebar, inserter } = await findSidebar();
  await clickSidebar(page, sidebar);
  if (!(await inserter.waitForTarget())) return failed('the editor never became the target');
  const outcome = await inserter.insert(wanted.text, wanted.ownLine ?? false);
  if (await page.evaluate(() => window.lab?.isPwned())) return failed('a script in the text was run');
  if (wanted.beside && !(await stayed(page))) return failed('the other editor was changed');
  if (outcome === 'not-taken' || outcome === 'not-reachable') {
    const changed = await holds(wanted.base);
    return changed === undefined ? { is: 'copied' } : failed(`${outcome}, and ${changed}`);
  }
  if (outcome !== 'inserted')
    return failed(`${outcome}: ${(await holds(before + text + after, 'short')) ?? 'all is there'}`);
  const put = await holds(before + text + after);
  if (put !== undefined) return failed(put);
  if (wanted.undo) return undone(page, () => holds(wanted.base, 'short'));
  await page.keyboard.type(MARK);
  const typed = await holds(before + text + MARK + after);
  return typed === undefined ? { is: 'inserted' } : failed(`typed on, ${typed}`);
}

function failed(reason: string): Verdict {
  return { is: 'failed', reason };
}

async function putUp(page: Page, { place }: EditorCase, texts: string[]): Promise<void> {
  await page.bringToFront();
  await page.evaluate((kind, all) => window.lab?.set(kind, all), place, texts);
}

async function clickEditor(page: Page, index: number): Promise<void> {
  const point = await page.evaluate((at) => window.lab?.point(at), index);
  if (point === undefined) throw new Error('The page has no lab.');
  await page.mouse.click(point.x, point.y);
}

/** By the arrow keys, as every editor follows them. */
async function placeCaret(page: Page, { from, to }: EditorCase, keyMs: number): Promise<void> {
  const step = async () => {
    await page.keyboard.press('ArrowRight');
    await sleep(keyMs);
  };
  await page.keyboard.press('Home');
  if (keyMs > 0) await sleep(HAND_MS);
  for (let at = 0; at < from; at++) await step();
  if (to > from) {
    await page.keyboard.down('Shift');
    for (let at = from; at < to; at++) await step();
    await page.keyboard.up('Shift');
  }
}

/** A real click, so that the editor loses the focus as it does at an agent's click. */
async function clickSidebar(page: Page, sidebar: Frame): Promise<void> {
  const hasFocus = () =>
    sidebar
      .waitForFunction(() => document.hasFocus(), { polling: 25, timeout: CLICK_AGAIN_MS })
      .then(() => true)
      .catch(() => false);
  const untilMs = performance.now() + FOCUS_MS;
  do {
    const { width, height } = await page.evaluate(() => ({ width: innerWidth, height: innerHeight }));
    const sidebarWidth = await sidebar.evaluate(() => innerWidth);
    await page.mouse.click(width - sidebarWidth / 2, height * 0.6);
    if (await hasFocus()) return;
  } while (performance.now() < untilMs);
  throw new Error('The sidebar does not take the focus.');
}

async function stayed(page: Page): Promise<boolean> {
  const text = await page.evaluate(() => window.lab?.read(0));
  return isText(text ?? '', { text: NEIGHBOUR });
}

async function undone(page: Page, isBack: () => Promise<string | undefined>): Promise<Verdict> {
  let left: string | undefined;
  for (let press = 0; press < UNDOS; press++) {
    await page.keyboard.down('Control');
    await page.keyboard.press('z');
    await page.keyboard.up('Control');
    left = await isBack();
    if (left === undefined) return { is: 'inserted' };
  }
  return failed(`after ${UNDOS} undos, ${left}`);
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
