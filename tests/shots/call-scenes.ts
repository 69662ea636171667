/** A call as it is read. */

import { loss, openWithCall } from './connection-scenes.ts';
import {
  arabicCall,
  endOfMainCall,
  MAIN_CALL,
  mainCall,
  manyCalls,
  moreLines,
  newCall,
  otherNumbersCall,
  SHOWN_AT_MS,
  unreadable,
} from './conversation.ts';
import type { Scene } from './scene.ts';
import type { Stage } from './stage.ts';
import { holdTimers, stopClock } from './stopped-clock.ts';

export const callScenes: readonly Scene[] = [
  {
    name: 'live-call',
    prepare: openWithCall,
  },
  {
    name: 'scrolled-up',
    async prepare(stage) {
      await openWithCall(stage);
      await scrollToTop(stage);
      stage.say(...moreLines);
      await stage.waitFor('.jump');
    },
  },
  {
    name: 'gap',
    async prepare(stage) {
      await stage.open();
      stage.say(...mainCall.slice(0, 22));
      stage.relay.say(loss(126, 132));
      stage.say(...mainCall.slice(22));
      await stage.waitFor('[data-gap]');
      await stage.waitFor('[data-final="false"]');
    },
  },
  {
    name: 'silent-call',
    async prepare(stage) {
      await stage.open();
      stage.say(...mainCall.slice(0, 8));
      await stage.waitFor('[data-index="6"]');
      await stage.waitFor('[data-state="call"][data-tone="wait"]');
    },
  },
  {
    name: 'ended-call',
    async prepare(stage) {
      await stage.open();
      stage.say(...mainCall, endOfMainCall);
      await stage.waitFor('[data-state="call"][data-tone="none"]');
    },
  },
  {
    name: 'other-number',
    async prepare(stage) {
      await stage.open();
      stage.say(...otherNumbersCall);
      await stage.waitFor('[data-match="other"]');
    },
  },
  {
    name: 'offered-call',
    async prepare(stage) {
      await openWithCall(stage);
      await stage.click('.picker');
      await stage.click(`[data-call-option="${MAIN_CALL}"]`);
      await scrollToTop(stage);
      stage.say(...newCall);
      await stage.waitFor('[data-offered]');
    },
  },
  {
    name: 'notices',
    async prepare(stage) {
      await stage.open();
      stage.say(...manyCalls, ...mainCall);
      stage.sayRaw(...unreadable);
      await stage.waitFor('[data-forgotten]');
      await stage.waitFor('[data-unread="3"]');
      await stage.waitFor('[data-final="false"]');
    },
  },
  {
    name: 'copied',
    async prepare(stage) {
      await openWithCall(stage);
      await holdTimers(stage.sidebar, 1_000);
      await stage.click('[data-index="20"]');
      await stage.waitFor('[data-copied="true"]');
    },
  },
  {
    name: 'demo-call',
    async prepare(stage) {
      await stage.open({ relay: 'none' });
      await stage.click('[data-demo="false"] [data-demo]');
      await stage.waitFor('[data-demo-banner]');
      // What is due by then is spoken at once, and the rest never.
      await stopClock(stage.sidebar, SHOWN_AT_MS + 41_000);
      await holdTimers(stage.sidebar, 300);
      await stage.waitFor('[data-index="6"]');
    },
  },
  {
    name: 'right-to-left',
    arabic: true,
    async prepare(stage) {
      await stage.open();
      stage.say(...arabicCall);
      await stage.waitFor('[data-final="false"]');
    },
  },
  {
    name: 'clock-times',
    async prepare(stage) {
      await stage.prefer({ times: 'clock' });
      await openWithCall(stage);
      await stage.waitFor('[data-times="clock"]');
    },
  },
];

export async function scrollToTop(stage: Stage): Promise<void> {
  await stage.sidebar.$eval('[data-transcript]', (scroller) => {
    scroller.scrollTop = 0;
  });
  await stage.waitFor('.jump');
}
