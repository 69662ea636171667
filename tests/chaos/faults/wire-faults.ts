/** What a network does to a connection: cuts it inside a frame, resets it, stands still, is not there. */
import { sleep, waitUntil } from '../patience.ts';
import type { TcpProxy } from '../tcp-proxy.ts';
import type { ChaosWorld } from '../world.ts';
import type { Fault } from './fault.ts';

type Wire = (world: ChaosWorld) => TcpProxy;

/** Twice the longest backoff. */
const STANDING_MS = 60_000;
const FRAME_MS = 30_000;

export const browserWire: Wire = ({ toRelay }) => toRelay;
export const platformWire: Wire = ({ toPlatform }) => toPlatform;

/** A connection that does not stand cannot be hurt. */
export async function waitUntilStanding(wire: TcpProxy): Promise<void> {
  if (!(await waitUntil(() => wire.open() > 0, STANDING_MS)))
    throw new Error(`no connection stood in ${STANDING_MS / 1000} s`);
}

export function cutInsideFrame(wire: Wire): Fault {
  return {
    needsRelay: true,
    async strike(world) {
      await waitUntilStanding(wire(world));
      if (!(await wire(world).cutInsideNextFrame(FRAME_MS)))
        throw new Error(`no frame came in ${FRAME_MS / 1000} s`);
      return undefined;
    },
  };
}

export function resetWire(wire: Wire): Fault {
  return {
    needsRelay: true,
    async strike(world) {
      await waitUntilStanding(wire(world));
      wire(world).reset();
      return undefined;
    },
  };
}

export function stallWire(wire: Wire): Fault {
  return {
    needsRelay: true,
    async strike(world) {
      const ms = world.random.between(2_000, 6_000);
      await waitUntilStanding(wire(world));
      const flows = world.ledger.stalled();
      wire(world).stall();
      await sleep(ms);
      wire(world).flow();
      flows();
      return `${ms} ms`;
    },
  };
}

export function blockWire(wire: Wire): Fault {
  return {
    needsRelay: true,
    async strike(world) {
      const ms = world.random.between(1_000, 5_000);
      await waitUntilStanding(wire(world));
      wire(world).block();
      await sleep(ms);
      wire(world).unblock();
      return `${ms} ms`;
    },
  };
}

/** A line so slow that the relay no longer waits for the resume; half the time the connection is lost right then. */
export const resumeHeldUp: Fault = {
  needsRelay: true,
  async strike({ toRelay, random }) {
    await waitUntilStanding(toRelay);
    toRelay.holdBackNextClient();
    toRelay.reset();
    await waitUntilStanding(toRelay);
    await sleep(random.between(1_500, 3_000));
    const isLost = random.next() < 0.5;
    if (isLost) toRelay.reset();
    toRelay.flow();
    return isLost ? 'and then lost' : 'and then through';
  },
};
