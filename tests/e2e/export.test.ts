/** The whole call as a file, from the frame in the page. */
import { mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { DrivenBrowser } from '../../demo/launcher/driven-browser.ts';
import { openReadingWorld, type ReadingWorld } from './reading-world.ts';
import { openBrowser } from './tested-browser.ts';
import { WAIT_MS } from './world.ts';

const LINES = 20_000;
/** A line's own word in letters: numbers, one a line, read like a card that is told over several. */
function spell(index: number): string {
  return `line ${[...String(index)].map((digit) => 'bcdfghjklm'[Number(digit)]).join('')}`;
}

const waiting = { timeout: WAIT_MS, polling: 50 };

/** Without a window Chromium saves nothing until it is told where. */
async function openSavingInto(downloadPath: string): Promise<DrivenBrowser> {
  const driven = await openBrowser();
  if (driven.name === 'chromium') {
    const session = await driven.browser.target().createCDPSession();
    await session.send('Browser.setDownloadBehavior', { behavior: 'allow', downloadPath });
  }
  return driven;
}

describe('a call is saved', () => {
  let world: ReadingWorld;
  let home: string;
  let folder: string;
  beforeAll(async () => {
    home = await mkdtemp(join(tmpdir(), 'earshot-export-'));
    folder = join(home, 'Downloads');
    await mkdir(folder);
    // Where Firefox saves what nobody asks about.
    vi.stubEnv('HOME', home);
    world = await openReadingWorld(() => openSavingInto(folder));
    const { say, sidebar } = world;
    say({ callid: 'e', leg: 0, text: 'my card is 4242 4242 4242 4242 <b>now</b>' });
    for (let from = 1; from < LINES; from += 1_000) {
      const count = Math.min(1_000, LINES - from);
      say(
        ...Array.from({ length: count }, (_, at) => ({
          callid: 'e',
          leg: 1 as const,
          text: spell(from + at),
        })),
      );
    }
    await sidebar.waitForFunction(
      (last) => document.querySelector('[data-transcript]')?.textContent?.includes(last),
      waiting,
      spell(LINES - 1),
    );
  });
  afterAll(async () => {
    await world.close();
    vi.unstubAllEnvs();
    await rm(home, { recursive: true });
  });

  /** Chooses a format in the menu. */
  async function choose(format: string): Promise<void> {
    await world.sidebar.click('.header button[aria-haspopup="menu"]');
    await world.sidebar.waitForFunction(
      (wanted) => {
        const button = document.querySelector<HTMLElement>(`[data-export="${wanted}"]`);
        button?.click();
        return button !== null;
      },
      waiting,
      format,
    );
  }

  /** What was saved under that ending; a browser puts an empty file there first. */
  async function savedAs(extension: string): Promise<{ file: string; text: string } | undefined> {
    const file = (await readdir(folder)).find((one) => one.endsWith(`.${extension}`));
    return file === undefined ? undefined : { file, text: await readFile(join(folder, file), 'utf8') };
  }

  test.each([
    ['plain', 'txt'],
    ['markdown', 'md'],
    ['json', 'json'],
    ['webvtt', 'vtt'],
  ])('as %s: every line, and no card', async (format, extension) => {
    await choose(format);
    await expect
      .poll(async () => (await savedAs(extension))?.text, { timeout: WAIT_MS })
      .toContain(spell(LINES - 1));
    const { file = '', text = '' } = (await savedAs(extension)) ?? {};
    expect(file).toMatch(/^call-e-\d{4}-\d\d-\d\d-\d{4}\.[a-z]+$/);
    expect(text.match(/line [a-z]+/g)).toHaveLength(LINES - 1);
    expect(text).toContain('card]');
    expect(text).not.toContain('4242');
    if (extension === 'json') expect(() => JSON.parse(text)).not.toThrow();
    if (extension === 'vtt') expect(text).toMatch(/^WEBVTT/);
  });

  test('whoever finds nothing saved can copy it', async () => {
    await choose('plain');
    await world.sidebar.waitForFunction(
      () => document.querySelector('.said')?.textContent?.includes('call-e-') ?? false,
      waiting,
    );
    await world.sidebar.click('.said button');
    await world.sidebar.waitForSelector('[data-copied="true"]', { timeout: WAIT_MS });
  });
});
