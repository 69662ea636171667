/** What a line costs the main thread that shows it, with so many on screen already. */
import { setTimeout as wait } from 'node:timers/promises';
import type { Filled } from './filled-world.ts';
import { scaleWork, type Work, workBetween } from './main-thread.ts';
import { goToNewest } from './newest-line.ts';
import { type Stalls, takeStalls } from './stalls.ts';

/** One turn: its work is that of one line. */
export type LineCost = Stalls & {
  work: Work;
  /** Whether the last line was in view: one that is not costs less than one that is. */
  inView: boolean;
};

/** What a line leaves to be done later is done by then. */
const AFTERWARDS_MS = 500;
const IDLE_MS = 1_000;

/** What it does where no line comes, in a millisecond. */
export async function measureIdle({ subject, thread }: Filled): Promise<Work> {
  await subject.page.bringToFront();
  await thread.rest();
  const startMs = performance.now();
  const before = await thread.done();
  await wait(IDLE_MS);
  return scaleWork(workBetween(before, await thread.done()), 1 / (performance.now() - startMs));
}

/** `idle` is taken off for as long as it lasts. */
export async function measureLineCost(
  filled: Filled,
  idle: Work,
  { perSecond, forMs }: { perSecond: number; forMs: number },
): Promise<LineCost> {
  const { subject, thread } = filled;
  // A tab that has just come to the front has things to do.
  await subject.page.bringToFront();
  await goToNewest(subject.place);
  await thread.rest();
  await takeStalls(subject.place);
  const startMs = performance.now();
  const before = await thread.done();
  const inView = await filled.stream(perSecond, forMs);
  await wait(AFTERWARDS_MS);
  const busy = workBetween(before, await thread.done());
  const alone = scaleWork(idle, performance.now() - startMs);
  const lines = Math.round((perSecond * forMs) / 1_000);
  return {
    work: scaleWork(workBetween(alone, busy), 1 / lines),
    inView,
    ...(await takeStalls(subject.place)),
  };
}
