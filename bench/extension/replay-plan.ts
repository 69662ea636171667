/** The demo's calls one after another, as an agent hears them: started, each word an interim, finals, ended. */
import type { CallFile } from '../../demo/simulator/call-file.ts';
import { planCalls } from '../../demo/simulator/call-timeline.ts';
import type { SimulatedEvent, Timed } from '../../demo/simulator/simulated-event.ts';

/** With their pauses, so many of the demo's calls fill an hour. */
export const CALLS_AN_HOUR = 40;
const PAUSE_MS = 6_000;

/** Calls number `first` and on: the demo's in turn, each time under new ids; times from the beginning of the first. */
export function planReplay(
  files: readonly CallFile[],
  first: number,
  calls: number,
): { plan: Timed<SimulatedEvent>[]; lengthMs: number } {
  const plan: Timed<SimulatedEvent>[] = [];
  let beginsAtMs = 0;
  for (let number = first; number < first + calls; number += 1) {
    const round = Math.floor(number / files.length) + 1;
    const call = planCalls(files.slice(number % files.length).slice(0, 1), round);
    for (const { atMs, item } of call) plan.push({ atMs: beginsAtMs + atMs, item });
    beginsAtMs += (call.at(-1)?.atMs ?? 0) + PAUSE_MS;
  }
  return { plan, lengthMs: beginsAtMs };
}
