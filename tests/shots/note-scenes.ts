/** The note for the ticket, and what is copied on the way. */
import { openWithCall } from './connection-scenes.ts';
import { MAIN_CALL, mainCall, otherNumbersCall } from './conversation.ts';
import type { Scene } from './scene.ts';
import type { Stage } from './stage.ts';
import { settle } from './stopped-clock.ts';

const OWN_WORDS = 'Old card blocked, new one in 3–5 days.';
const CARD_LINES = [
  { atMs: 148_000, data: { callid: MAIN_CALL, leg: 0, text: 'it was four two four two four two four two' } },
  { atMs: 149_000, data: { callid: MAIN_CALL, leg: 0, text: 'four two four two four two four two' } },
];

export const noteScenes: readonly Scene[] = [
  {
    name: 'note',
    arabic: true,
    async prepare(stage) {
      await openWithCall(stage);
      await writeNote(stage);
    },
  },
  {
    name: 'note-other-ticket',
    async prepare(stage) {
      await stage.open();
      stage.say(...otherNumbersCall);
      await stage.waitFor('[data-match="other"]');
      await stage.waitFor('[data-line][data-final="true"]');
      await stage.sidebar.type('[data-note] textarea', OWN_WORDS);
      await stage.click('[data-insert="direct"]');
      await stage.waitFor('[data-question="asking"]');
    },
  },
  {
    name: 'line-tools',
    async prepare(stage) {
      await openWithCall(stage);
      await (await stage.sidebar.waitForSelector('[data-index="20"]'))?.hover();
      await stage.waitFor('[data-tool="pin"]');
    },
  },
  {
    name: 'range',
    async prepare(stage) {
      await openWithCall(stage);
      await stage.sidebar.focus('[data-transcript]');
      await stage.page.keyboard.press('ArrowUp');
      await stage.page.keyboard.down('Shift');
      for (let up = 0; up < 3; up += 1) await stage.page.keyboard.press('ArrowUp');
      await stage.page.keyboard.up('Shift');
      await stage.waitFor('[data-range-copy]');
    },
  },
  {
    name: 'copy-menu',
    arabic: true,
    async prepare(stage) {
      await openWithCall(stage);
      await stage.click('.copy-lines');
      await stage.waitFor('.menu');
    },
  },
  {
    name: 'hidden-on-screen',
    async prepare(stage) {
      await stage.prefer({
        redaction: {
          cards: true,
          nationalIds: false,
          emails: false,
          phones: false,
          onScreen: true,
          patterns: [],
        },
      });
      await stage.open();
      stage.say(...mainCall.slice(0, 26), ...CARD_LINES);
      await stage.waitFor('[data-index="5"]');
      await stage.sidebar.waitForFunction(() => document.body.textContent.includes('[card]'), {
        polling: 100,
      });
    },
  },
];

/** Two pins with words between and after them. */
async function writeNote(stage: Stage): Promise<void> {
  const { keyboard } = stage.page;
  await stage.sidebar.focus('[data-transcript]');
  for (const up of [7, 2]) {
    for (let step = 0; step < up; step += 1) await keyboard.press('ArrowUp');
    await keyboard.press('p');
  }
  await keyboard.press('End');
  await stage.sidebar.waitForFunction(
    () => document.querySelectorAll('[data-item][data-kind="line"]').length === 2,
    { polling: 100 },
  );
  await stage.sidebar.type('[data-note] textarea', OWN_WORDS);
  await settle(stage.sidebar);
}
