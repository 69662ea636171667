/**
 * What it costs the relay that each agent sees calls of its own: as many sets of rules as agents, and each event for one
 * of them alone. One relay, in one process.
 */
import { setTimeout as wait } from 'node:timers/promises';
import type { Crew } from './crew.ts';
import { measureSteadily, type SteadyFigures, type SteadyLoad } from './steady-load.ts';
import { type Surroundings, startSubject } from './subjects.ts';

/** Of each agent's call before anything is measured: from then on it is one that is going on. */
const EVENTS_BEFORE = 2;
const EVENTS_BEFORE_PER_SECOND = 1_000;
const ARRIVAL_PATIENCE_MS = 30_000;
const ARRIVAL_POLL_MS = 200;

export async function measureFiltering(
  crew: Crew,
  surroundings: Surroundings,
  connections: number,
  loads: readonly Omit<SteadyLoad, 'connections'>[],
): Promise<SteadyFigures[]> {
  crew.setNumbers('own', connections);
  const subject = await startSubject('own', connections, surroundings);
  await crew.connect(subject, connections, await crew.fill(subject.name, 0));
  const eventsBefore = connections * EVENTS_BEFORE;
  await crew.fill(subject.name, eventsBefore, Math.min(connections, EVENTS_BEFORE_PER_SECOND));
  const giveUpMs = Date.now() + ARRIVAL_PATIENCE_MS;
  while ((await delivered(crew)) < eventsBefore && Date.now() < giveUpMs) await wait(ARRIVAL_POLL_MS);
  const figures: SteadyFigures[] = [];
  for (const load of loads)
    figures.push(...(await measureSteadily(crew, [subject], { ...load, connections })));
  return figures;
}

async function delivered(crew: Crew): Promise<number> {
  return (await crew.mark('own')).reduce((sum, { deliveries }) => sum + deliveries, 0);
}
