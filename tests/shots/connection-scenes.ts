/** What the sidebar says of the way from the platform to it. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { GapFrame } from '../../utils/protocol/frames.ts';
import { mainCall, SHOWN_AT_MS, STARTED_AT_MS } from './conversation.ts';
import type { Scene } from './scene.ts';
import type { Stage } from './stage.ts';
import { holdTimers, setClock, stopClock } from './stopped-clock.ts';

const MINUTE_MS = 60_000;

export const connectionScenes: readonly Scene[] = [
  {
    name: 'first-use',
    async prepare(stage) {
      await stage.open({ relay: 'none' });
      await stage.waitFor('[data-empty="stopped"]');
    },
  },
  {
    name: 'connecting',
    async prepare(stage) {
      await stage.open({ relay: 'silent' });
      await stage.waitFor('[data-empty="connecting"]');
    },
  },
  {
    name: 'listening',
    arabic: true,
    async prepare(stage) {
      await stage.open();
      await stage.waitFor('[data-empty="listening"]');
    },
  },
  {
    name: 'listening-after-loss',
    async prepare(stage) {
      await stage.open();
      stage.relay.say(loss(28, 40));
      await stage.waitFor('[data-gap]');
    },
  },
  {
    name: 'relay-reconnecting',
    async prepare(stage) {
      await openWithCall(stage);
      await setClock(await stage.worker(), SHOWN_AT_MS);
      await holdTimers(await stage.worker(), 1_000);
      stage.relay.say({ type: 'bye', code: 1012, message: 'restart', retryAfterMs: 4_000 });
      stage.relay.close(1012);
      await stage.waitFor('[data-problem]');
      await turnTo(stage, 4);
    },
  },
  {
    name: 'relay-unreachable',
    async prepare(stage) {
      await stage.open();
      await setClock(await stage.worker(), SHOWN_AT_MS);
      void stage.relay.stop();
      stage.relay.close(1012);
      await stage.waitFor('[data-problem="problemUnreachable"]');
      await holdTimers(await stage.worker(), 200);
      // The try that was set before is the last.
      await sleep(2_500);
      await stage.waitFor('[data-problem="problemUnreachable"]');
      await turnTo(stage, 4);
    },
  },
  {
    name: 'token-refused',
    arabic: true,
    prepare: (stage) => refuse(stage, { code: 'unknown' }),
  },
  {
    name: 'token-expired',
    prepare: (stage) => refuse(stage, { code: 'expired', expiredAtMs: SHOWN_AT_MS - 12 * MINUTE_MS }),
  },
  {
    name: 'token-expiring',
    async prepare(stage) {
      await stage.open({ relay: { tokenExpiresAtMs: SHOWN_AT_MS + 5 * MINUTE_MS } });
      stage.say(...mainCall);
      await stage.waitFor('[data-problem="problemTokenExpires"]');
      await stage.waitFor('[data-final="false"]');
    },
  },
  {
    name: 'platform-down',
    prepare: (stage) => loseWayToPlatform(stage, 'down'),
  },
  {
    name: 'platform-token-refused',
    prepare: (stage) => loseWayToPlatform(stage, 'unauthorized'),
  },
];

export async function openWithCall(stage: Stage): Promise<void> {
  await stage.open();
  stage.say(...mainCall);
  await stage.waitFor('[data-final="false"]');
}

/** The platform was away from one second of the call to another. */
export function loss(fromSeconds: number, toSeconds: number): GapFrame {
  const [from, to] = [STARTED_AT_MS + fromSeconds * 1_000, STARTED_AT_MS + toSeconds * 1_000];
  return { type: 'gap', from, to, reason: 'upstream-away' };
}

async function refuse(stage: Stage, answer: Record<string, unknown>): Promise<void> {
  await openWithCall(stage);
  stage.relay.setSession(401, answer);
  stage.relay.refuseUpgrades(401);
  stage.relay.close(4401);
  await stage.waitFor('[data-state="relay"][data-tone="bad"]');
}

async function loseWayToPlatform(stage: Stage, state: 'down' | 'unauthorized'): Promise<void> {
  await openWithCall(stage);
  stage.relay.say({ type: 'upstream', state, since: SHOWN_AT_MS });
  await stage.waitFor('[data-state="platform"][data-tone="bad"]');
}

/** How long until the next try is by chance; the clock is moved until it is so many seconds. */
async function turnTo(stage: Stage, seconds: number): Promise<void> {
  for (let turns = 0, atMs = SHOWN_AT_MS; turns < 4; turns += 1) {
    const left = await secondsLeft(stage);
    if (left === seconds) return;
    atMs += (left - seconds) * 1_000;
    await stopClock(stage.sidebar, atMs);
  }
  throw new Error(`The next try never was in ${seconds} s.`);
}

/** As it is written: `again in 4 s`, `in 2 min`. */
async function secondsLeft(stage: Stage): Promise<number> {
  const said = await stage.sidebar.$eval('[data-state="relay"]', ({ textContent }) => textContent);
  const [, count = '0', unit] = /(\d+) (s|min)/.exec(said) ?? [];
  return Number(count) * (unit === 'min' ? 60 : 1);
}
