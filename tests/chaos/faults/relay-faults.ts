/** The relay is restarted, dies, or stands still. */
import { sleep } from '../patience.ts';
import { STEADY_RATE } from '../traffic.ts';
import type { Fault } from './fault.ts';

const SHORT_FREEZE_MS = 5_000;
/** Longer than the 30 s in which either end notices a silent one. */
const LONG_FREEZE_MS = 40_000;
const SMALLEST_WINDOW = 1_000;
/** Twice the longest backoff. */
const WHOLE_MS = 60_000;

export const relayRestarted: Fault = {
  needsRelay: true,
  async strike({ relay, random }) {
    await relay.stop();
    await sleep(random.between(0, 1_500));
    await relay.start();
    return undefined;
  },
};

export const relayKilled: Fault = {
  needsRelay: true,
  async strike({ relay, random }) {
    await relay.kill();
    await sleep(random.between(0, 3_000));
    await relay.start();
    return undefined;
  },
};

export const relayFrozen: Fault = {
  needsRelay: true,
  async strike({ relay, ledger }) {
    const thawed = ledger.stalled();
    relay.freeze();
    await sleep(SHORT_FREEZE_MS);
    relay.thaw();
    thawed();
    return `${SHORT_FREEZE_MS / 1000} s`;
  },
};

/** Goes on while other faults strike. */
export const relayFrozenForLong: Fault = {
  needsRelay: true,
  async strike(world) {
    const thawed = world.ledger.stalled();
    world.relay.freeze();
    world.relayAwake = sleep(LONG_FREEZE_MS).then(() => {
      world.relay.thaw();
      thawed();
    });
    return `${LONG_FREEZE_MS / 1000} s from now on`;
  },
};

/** The browser is away while more is said than the relay keeps. */
export const windowOverrun: Fault = {
  needsRelay: true,
  async strike(world) {
    const { relay, ledger, toRelay, traffic } = world;
    await relay.stop();
    await relay.start(SMALLEST_WINDOW);
    if (!(await world.isWholeWithin(WHOLE_MS)))
      throw new Error(`the connection did not come back in ${WHOLE_MS / 1000} s`);
    await sleep(1_000);
    const over = ledger.overrun();
    toRelay.block();
    traffic.setRate(1_000);
    await sleep(2_500);
    traffic.setRate(STEADY_RATE);
    await sleep(500);
    toRelay.unblock();
    await world.isWholeWithin(WHOLE_MS);
    over();
    await relay.stop();
    await relay.start();
    return undefined;
  },
};
