/** One thing that goes wrong. */
import type { ChaosWorld } from '../world.ts';

export type Fault = {
  /** Says nothing while the relay is frozen, so it waits for the end of a long freeze. */
  needsRelay?: boolean;
  /** What only this browser still knew is gone with it, so that is counted before. */
  forgetsDeadRelays?: boolean;
  /** Makes it go wrong, and where it does not pass by itself mends it. May give a word on how it went. */
  strike(world: ChaosWorld): Promise<string | undefined>;
};
