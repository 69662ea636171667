/** What can be done with a call: picked, searched, shrunk; and the menu. */
import type { KeywordProfile } from '../../utils/settings/preferences.ts';
import { scrollToTop } from './call-scenes.ts';
import { openWithCall } from './connection-scenes.ts';
import { mainCall, moreLines, newCall, otherCalls } from './conversation.ts';
import type { Scene } from './scene.ts';
import { settle } from './stopped-clock.ts';

export const keywordProfiles: KeywordProfile[] = [
  keyword('Lost card', '"lost my debit card" OR blocked', 'red'),
  keyword('Fees', 'fee OR "free of charge"', 'amber'),
  keyword('Replacement', 'replacement OR "new card"', 'green'),
  keyword('Payments', 'payment OR paid', 'blue'),
  keyword('Follow-up', '"send you" OR "call me"', 'violet'),
];

export const toolScenes: readonly Scene[] = [
  {
    name: 'picker',
    arabic: true,
    async prepare(stage) {
      await stage.open();
      stage.say(...otherCalls, ...mainCall, ...newCall);
      await stage.waitFor('[data-final="false"]');
      await stage.click('.picker');
      await stage.waitFor('.calls');
    },
  },
  {
    name: 'menu',
    arabic: true,
    async prepare(stage) {
      await openWithCall(stage);
      await stage.click('.header [aria-haspopup="menu"]');
      await stage.waitFor('.menu');
    },
  },
  {
    name: 'search',
    arabic: true,
    async prepare(stage) {
      await openWithCall(stage);
      await scrollToTop(stage);
      await stage.click('[data-search-open]');
      await stage.waitFor('.search input');
      await stage.sidebar.type('.search input', 'card');
      for (let next = 0; next < 2; next += 1) await stage.click('[data-next]');
      // Where the match came to lie depends on the moment of the last layout.
      await settle(stage.sidebar);
      await scrollToTop(stage);
    },
  },
  {
    name: 'keywords',
    async prepare(stage) {
      await stage.prefer({ profiles: keywordProfiles });
      await openWithCall(stage);
      await stage.waitFor('[data-keyword]');
    },
  },
  {
    name: 'line-by-keyboard',
    async prepare(stage) {
      await openWithCall(stage);
      await stage.sidebar.focus('[data-transcript]');
      for (let up = 0; up < 4; up += 1) await stage.page.keyboard.press('ArrowUp');
      await stage.waitFor('[data-line]:focus-visible');
    },
  },
  {
    name: 'pill',
    async prepare(stage) {
      await openWithCall(stage);
      await stage.click('.tools > button.icon:nth-last-child(2)');
      await stage.waitFor('[data-pill]');
      stage.say(...moreLines);
    },
  },
];

function keyword(name: string, query: string, colour: KeywordProfile['colour']): KeywordProfile {
  return { id: name, name, query, colour, badge: true, notify: false, sound: false };
}
