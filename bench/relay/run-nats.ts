/**
 * The relay on NATS beside the relay that stands alone: the same connections and loads as ever, and what is particular
 * to a log that several relays share.
 */

import { endChildren } from '../children.ts';
import { type LogPlace, measureAppends } from './append-rounds.ts';
import type { AppendFigures } from './appends.ts';
import { type Crew, startCrew } from './crew.ts';
import { measureFiltering } from './filtering.ts';
import { type HandOver, measureHandOver } from './hand-over.ts';
import type { SubjectName } from './messages.ts';
import type { NatsPhases } from './nats-phases.ts';
import { measureSteadily, type SteadyFigures } from './steady-load.ts';
import { type Subject, type Surroundings, startSubject } from './subjects.ts';

export const NATS_SIZE_SUBJECTS = ['relay', 'nats', 'follower'] as const satisfies readonly SubjectName[];
const ROAD_SUBJECTS = ['relay', 'nats', 'follower', 'followers'] as const satisfies readonly SubjectName[];
const ROAD_AGENTS = 10;

export type NatsFigures = {
  appends: Record<LogPlace, AppendFigures>;
  road: SteadyFigures[];
  handOvers: HandOver[];
  filtering: SteadyFigures[];
};

/** Each measure has a platform, load processes and servers of its own. */
export async function runNats(folder: string, loads: number, phases: NatsPhases): Promise<NatsFigures> {
  const withCrew = async <Value>(measure: (crew: Crew, surroundings: Surroundings) => Promise<Value>) => {
    const crew = await startCrew(loads);
    const measured = await measure(crew, { folder, platformPort: crew.platformPort });
    await endChildren();
    return measured;
  };

  const appends = await measureAppends(folder, phases.appends.rounds, phases.appends.entries);
  const road = await withCrew((crew, surroundings) => measureRoad(crew, surroundings, phases.road));
  const filtering: SteadyFigures[][] = [];
  for (const connections of phases.filterConnections) {
    filtering.push(
      await withCrew((crew, surroundings) =>
        measureFiltering(crew, surroundings, connections, phases.filter),
      ),
    );
  }
  const handOvers: HandOver[] = [];
  for (const { signal, withinMs } of phases.handOvers) {
    handOvers.push(
      await withCrew((crew, surroundings) => measureHandOver(crew, surroundings, signal, withinMs)),
    );
  }
  return { appends, road, handOvers, filtering: filtering.flat() };
}

async function measureRoad(
  crew: Crew,
  surroundings: Surroundings,
  loads: NatsPhases['road'],
): Promise<SteadyFigures[]> {
  const subjects: Subject[] = [];
  for (const name of ROAD_SUBJECTS) {
    const subject = await startSubject(name, ROAD_AGENTS, surroundings);
    await crew.connect(subject, ROAD_AGENTS, await crew.fill(name, 0));
    subjects.push(subject);
  }
  const figures: SteadyFigures[] = [];
  for (const load of loads) {
    figures.push(...(await measureSteadily(crew, subjects, { ...load, connections: ROAD_AGENTS })));
  }
  return figures;
}
