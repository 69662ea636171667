/**
 * Sending everybody away, a random few at a time: the relay that follows is not met by all of them at once, and
 * whoever waits for their turn goes on hearing their call.
 */
import { CLOSE } from '../../utils/protocol/close-codes.ts';
import { type Clock, pause } from '../clock.ts';
import type { Limits } from '../limits.ts';
import type { Client } from './client.ts';

export type DrainDependencies = {
  clock: Clock;
  /** From 0 up to, not including, 1. */
  random: () => number;
  limits: Pick<Limits, 'drainSliceClients' | 'drainSliceMs' | 'drainMs' | 'retryAfterMs'>;
};

/**
 * Resolves when all have been told, with `message`. Each is told to come back only after the last has been, and those of a long
 * drain over as long a time again.
 */
export async function sayByeInSlices(
  clients: readonly Pick<Client, 'pump' | 'bye'>[],
  message: string,
  { clock, random, limits }: DrainDependencies,
): Promise<void> {
  const waiting = shuffle(clients, random);
  const mostSlices = Math.max(1, Math.floor(limits.drainMs / limits.drainSliceMs));
  const sliceSize = Math.max(limits.drainSliceClients, Math.ceil(waiting.length / mostSlices));
  const leftMs = () => Math.max(0, Math.ceil(waiting.length / sliceSize) - 1) * limits.drainSliceMs;
  const spreadMs = Math.max(limits.retryAfterMs, leftMs());
  const startMs = clock.now();
  let told = 0;
  for (;;) {
    // A busy machine is late for its slices: then more go at once, so that the end is not.
    const slicesDue = 1 + Math.floor((clock.now() - startMs) / limits.drainSliceMs);
    const due = waiting.splice(0, Math.max(sliceSize, slicesDue * sliceSize - told));
    told += due.length;
    const untilLastMs = leftMs() + (waiting.length > 0 ? limits.drainSliceMs : 0);
    for (const client of due) {
      // What came in this turn would otherwise not be sent any more.
      client.pump();
      client.bye(CLOSE.restart, message, untilLastMs + Math.floor(random() * spreadMs));
    }
    if (waiting.length === 0) return;
    await pause(clock, limits.drainSliceMs);
  }
}

/** Fisher and Yates. */
function shuffle<Item>(items: readonly Item[], random: () => number): Item[] {
  const shuffled = [...items];
  for (let last = shuffled.length - 1; last > 0; last -= 1) {
    const other = Math.floor(random() * (last + 1));
    const [a, b] = [shuffled[last], shuffled[other]];
    if (a === undefined || b === undefined) continue;
    shuffled[last] = b;
    shuffled[other] = a;
  }
  return shuffled;
}
