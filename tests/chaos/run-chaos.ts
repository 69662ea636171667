/** One run: calls go on, faults strike one after another, and at the end screen and platform are compared. */
import { createCount, type Totals } from './count.ts';
import type { Fault } from './faults/fault.ts';
import { type FaultName, faults } from './faults/registry.ts';
import { sleep, within } from './patience.ts';
import { createRandom } from './random.ts';
import { type ChaosWorld, openChaosWorld } from './world.ts';

export type ChaosOptions = {
  /** Every fault strikes once in any case; then they go on until so many minutes have passed. */
  minutes: number;
  seed: number;
  only: readonly FaultName[];
  /** Between two faults, at least and at most. */
  pauseMs: readonly [number, number];
  say(line: string): void;
};

export type ChaosReport = Totals & { faults: Record<string, number>; examples: readonly string[] };

const CALLS = 3;
/** Well within what the extension keeps of a call, and of all calls together. */
const LINES_A_CHAPTER = 15_000;
const STRIKE_MS = 240_000;
/** Strikes only once: nearly all of its time is waiting. */
const ONCE: FaultName = 'relay-frozen-for-long';

export async function runChaos({ minutes, seed, only, pauseMs, say }: ChaosOptions): Promise<ChaosReport> {
  const random = createRandom(seed);
  const world = await openChaosWorld(random, say);
  const count = createCount(world);
  const struck = Object.fromEntries(only.map((name) => [name, 0]));
  const beganMs = performance.now();
  const clock = () => ((performance.now() - beganMs) / 1000).toFixed(1).padStart(6);

  try {
    await beginChapter(world);
    let deck = firstDeck(random.shuffled(only));
    while (deck.length > 0) {
      for (const name of deck) {
        await sleep(random.between(...pauseMs));
        await strike(name, faults[name]);
        struck[name] = (struck[name] ?? 0) + 1;
        if (world.ledger.lines().length > LINES_A_CHAPTER) await endChapter();
      }
      const isTimeLeft = performance.now() - beganMs < minutes * 60_000;
      deck = isTimeLeft ? random.shuffled(only).filter((name) => name !== ONCE) : [];
    }
    await sleep(random.between(...pauseMs));
    await count.all();
    say(`${clock()} s  all is counted; not to be had again: ${JSON.stringify(count.causes)}`);
  } finally {
    await world.close();
  }
  return { ...count.totals, faults: struck, examples: count.examples() };

  async function strike(name: FaultName, fault: Fault): Promise<void> {
    if (fault.needsRelay) await world.relayAwake;
    if (fault.forgetsDeadRelays) {
      await count.ofDeadRelays();
      world.traffic.resume();
    }
    world.ledger.faulted(name);
    const startedAt = clock();
    const words = await within(fault.strike(world), STRIKE_MS, name).catch((error: unknown) => {
      throw new Error(`${name} could not be done: ${error instanceof Error ? error.message : error}`);
    });
    say(`${startedAt} s  ${name}${words === undefined ? '' : `: ${words}`}`);
  }

  async function endChapter(): Promise<void> {
    await count.all();
    say(`${clock()} s  counted so far: ${JSON.stringify(count.totals)}`);
    await beginChapter(world);
  }
}

async function beginChapter({ traffic, isWholeWithin }: ChaosWorld): Promise<void> {
  traffic.endCalls();
  if (!(await isWholeWithin(30_000))) throw new Error('browser, relay and platform are not connected');
  traffic.beginCalls(CALLS);
  traffic.resume();
}

/** The long freeze comes first, and what can strike meanwhile right after it. */
function firstDeck(names: readonly FaultName[]): FaultName[] {
  const rank = (name: FaultName) => (name === ONCE ? 0 : faults[name].needsRelay ? 2 : 1);
  return names.toSorted((one, other) => rank(one) - rank(other));
}
