/** Someone who reads a call by keyboard alone; their hands, and what they see of the focus. */
import type { Frame, Page } from 'puppeteer-core';
import { expect } from 'vitest';
import type { ReadingWorld } from './reading-world.ts';
import { WAIT_MS, waitForWords } from './world.ts';

export type KeyboardReader = ReturnType<typeof createKeyboardReader>;

export function createKeyboardReader(world: Pick<ReadingWorld, 'page' | 'sidebar' | 'say'>) {
  const { page, sidebar }: { page: Page; sidebar: Frame } = world;

  function takeHeard(): Promise<string[]> {
    return page.evaluate(() => (Reflect.get(window, 'heard') as string[]).splice(0));
  }

  /** From the page's field into the sidebar, as a reader would. */
  async function enter(): Promise<void> {
    await page.focus('textarea');
    await page.keyboard.press('Tab');
    await sidebar.waitForFunction(() => document.hasFocus() && document.activeElement !== document.body, {
      timeout: WAIT_MS,
      polling: 50,
    });
    // Up to here the keys were the page's.
    await takeHeard();
  }

  /** Presses a key until the focus is on what is wanted. */
  async function walkTo(selector: string, key: 'Tab' | 'ArrowDown' | 'ArrowUp' = 'Tab'): Promise<void> {
    for (let step = 0; step < 30; step += 1) {
      if (await isFocused(selector)) return;
      await page.keyboard.press(key);
    }
    throw new Error(`${key} never comes to ${selector}.`);
  }

  function isFocused(selector: string): Promise<boolean> {
    return sidebar.evaluate((wanted) => document.activeElement?.matches(wanted) ?? false, selector);
  }

  /** Waits until the focus is there by itself. */
  async function waitForFocus(selector: string): Promise<void> {
    await sidebar.waitForFunction(
      (wanted) => document.activeElement?.matches(wanted) ?? false,
      { timeout: WAIT_MS, polling: 50 },
      selector,
    );
  }

  /** A line comes, and the focus stays where it is. */
  async function hearLine(text: string, callid = 'keys'): Promise<void> {
    const before = await sidebar.evaluateHandle(() => document.activeElement);
    world.say({ callid, leg: 1, text });
    await waitForWords(sidebar, text);
    expect(
      await sidebar.evaluate((was) => document.hasFocus() && document.activeElement === was, before),
    ).toBe(true);
  }

  /** How the focused element looks, and how it looks without the focus. */
  function looks(): Promise<{ name: string; focused: string; plain: string }> {
    return sidebar.evaluate(() => {
      const element = document.activeElement as HTMLElement;
      const look = () => {
        const style = getComputedStyle(element);
        const outline =
          style.outlineStyle === 'none' ? 'none' : `${style.outlineWidth} ${style.outlineColor}`;
        return `${outline}; ${style.borderColor}; ${style.borderWidth}`;
      };
      const focused = look();
      element.blur();
      const plain = look();
      element.focus();
      return { name: element.title || element.className, focused, plain };
    });
  }

  async function waitForText(selector: string, wanted: RegExp): Promise<void> {
    await sidebar.waitForFunction(
      (where, source) => new RegExp(source).test(document.querySelector(where)?.textContent ?? ''),
      { timeout: WAIT_MS, polling: 50 },
      selector,
      wanted.source,
    );
  }

  async function pressWith(modifier: 'Control' | 'Shift', key: 'f' | 'Enter' | 'Tab'): Promise<void> {
    await page.keyboard.down(modifier);
    await page.keyboard.press(key);
    await page.keyboard.up(modifier);
  }

  return { takeHeard, enter, walkTo, isFocused, waitForFocus, hearLine, looks, waitForText, pressWith };
}

/** From now on the page notes every key, input and clipboard event it hears. */
export async function listenForKeys(page: Page): Promise<void> {
  await page.evaluate(() => {
    const heard: string[] = [];
    Object.assign(window, { heard });
    for (const type of ['keydown', 'keypress', 'keyup', 'beforeinput', 'input', 'copy', 'cut', 'paste']) {
      for (const target of [window, document]) {
        target.addEventListener(
          type,
          (event) => heard.push(`${event.type} ${event instanceof KeyboardEvent ? event.key : ''}`),
          { capture: true },
        );
      }
    }
  });
}
