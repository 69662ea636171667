/**
 * Contenders take turns, round by round, so that the machine's moods hit all alike. What is counted is the processor
 * time of this thread: what other processes take does not count.
 */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

export type Contender = {
  /** Pieces of work in one run. */
  units: number;
  /** Makes ready what a run needs, outside of the measured time. */
  begin(): Promise<() => Promise<void> | void>;
};

/** Microseconds a unit, by contender, one for each round. */
export type Costs<Name extends string> = Record<Name, readonly number[]>;

/** A step is up to a millisecond. */
const LEAST_US = 40_000;

setFlagsFromString('--expose-gc');
export const collectGarbage = runInNewContext('gc') as () => void;

/** The rounds that warm up are run like the others and not counted. */
export async function takeTurns<Name extends string>(
  contenders: Record<Name, Contender>,
  { warmUps, rounds }: { warmUps: number; rounds: number },
): Promise<Costs<Name>> {
  const names = Object.keys(contenders) as Name[];
  const costs = Object.fromEntries(names.map((name) => [name, [] as number[]])) as Record<Name, number[]>;
  for (let round = -warmUps; round < rounds; round += 1) {
    for (const name of names) {
      const cost = await costOf(contenders[name]);
      if (round >= 0) costs[name].push(cost);
    }
  }
  return costs;
}

/** Runs until the time is long beside the steps of the system's clock. */
async function costOf({ units, begin }: Contender): Promise<number> {
  let spentUs = 0;
  let done = 0;
  while (spentUs < LEAST_US) {
    const run = await begin();
    if (done === 0) collectGarbage();
    const before = process.threadCpuUsage();
    await run();
    const { user, system } = process.threadCpuUsage(before);
    spentUs += user + system;
    done += units;
  }
  return spentUs / done;
}
