/** The reader by whom all others are measured: it sees everything and never goes. */
import { REFERENCE } from './roster.ts';
import { createSoakAgent } from './soak-agent.ts';
import { readSoakEvent } from './soak-call.ts';
import type { SoakWorld } from './soak-world.ts';

export function createReference(world: SoakWorld) {
  let firstSeq: number | undefined;
  let lastN: number | undefined;
  let wasGap = false;

  /** What the platform said must be in the stream, in its order, or a gap must say that something is not. */
  function checkOrder(data: unknown): void {
    const event = readSoakEvent(data);
    if (event === undefined) return;
    if (lastN !== undefined && event.n <= lastN) world.breach(`event ${event.n} came after ${lastN}`);
    if (lastN !== undefined && event.n > lastN + 1) {
      world.tally.count('events lost with the platform', event.n - lastN - 1);
      if (!wasGap) world.breach(`events ${lastN + 1} to ${event.n - 1} are missing, and no gap says so`);
    }
    lastN = event.n;
    wasGap = false;
  }

  const agent = createSoakAgent(REFERENCE, false, world, {
    onEvent(seq, data) {
      firstSeq ??= seq;
      world.record.add(seq, data);
      checkOrder(data);
    },
    onGap() {
      wasGap = true;
      world.tally.count('gaps told');
    },
  });

  return {
    agent,
    /** `sent`: the last event the platform has said. */
    judge(sent: number): void {
      const holes = firstSeq === undefined ? 0 : world.record.holes(firstSeq);
      if (holes > 0) world.breach(`the reference was never told ${holes} events`);
      if (lastN !== sent) world.breach(`the platform's last event was ${sent}, the last to arrive ${lastN}`);
    },
  };
}
