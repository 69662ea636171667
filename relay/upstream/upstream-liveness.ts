/**
 * Notices a platform that fell silent. Whether it answers WebSocket pings is not documented, so silence counts
 * as death only once this platform has answered one.
 */
import type { Clock } from '../clock.ts';

const PING_EVERY_MS = 20_000;
const ANSWER_WITHIN_MS = 10_000;

/** Knows one platform over all its connections; at most one of them is watched at a time. */
export function createLiveness(clock: Clock) {
  let hasEverPonged = false;
  let isHeard = false;
  let cancel = () => {};

  return {
    /** Starts with a connection. `onDead` runs at most once. */
    watch(sendPing: () => void, onDead: () => void): void {
      const pingIn = (delayMs: number) => {
        cancel = clock.after(delayMs, () => {
          isHeard = false;
          sendPing();
          cancel = clock.after(ANSWER_WITHIN_MS, () => {
            if (isHeard || !hasEverPonged) pingIn(PING_EVERY_MS - ANSWER_WITHIN_MS);
            else onDead();
          });
        });
      };
      cancel();
      pingIn(PING_EVERY_MS);
    },
    /** Any frame arrived. */
    heard(): void {
      isHeard = true;
    },
    ponged(): void {
      isHeard = true;
      hasEverPonged = true;
    },
    stop: () => cancel(),
  };
}
