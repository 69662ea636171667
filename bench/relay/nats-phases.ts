/** How long and how often the bench on NATS measures what. */
import type { HandOver } from './hand-over.ts';
import type { SteadyLoad } from './steady-load.ts';

export type NatsPhases = {
  /** Entries written to each bus in a round. */
  appends: { rounds: number; entries: number };
  road: readonly Load[];
  /** How many agents there are, each with rules of its own. */
  filterConnections: readonly number[];
  filter: readonly Load[];
  handOvers: readonly { signal: HandOver['signal']; withinMs: number }[];
};
type Load = Omit<SteadyLoad, 'connections'>;

const KILLED = { signal: 'SIGKILL', withinMs: 15_000 } as const;
const STOPPED = { signal: 'SIGTERM', withinMs: 5_000 } as const;

export function fullPhases(filterConnections: readonly number[]): NatsPhases {
  const road = { rounds: 3, warmUpMs: 1_000, forMs: 4_000 };
  const filter = { rounds: 1, warmUpMs: 1_000, forMs: 6_000 };
  return {
    appends: { rounds: 5, entries: 50_000 },
    road: [500, 4_000].map((eventsPerSecond) => ({ eventsPerSecond, ...road })),
    filterConnections,
    filter: [100, 500, 2_000].map((eventsPerSecond) => ({ eventsPerSecond, ...filter })),
    handOvers: [KILLED, KILLED, KILLED, KILLED, KILLED, STOPPED, STOPPED, STOPPED],
  };
}

export function quickPhases(filterConnections: readonly number[]): NatsPhases {
  const once = { rounds: 1, warmUpMs: 400, forMs: 1_200 };
  return {
    appends: { rounds: 1, entries: 10_000 },
    road: [{ eventsPerSecond: 500, ...once }],
    filterConnections,
    filter: [{ eventsPerSecond: 200, ...once }],
    handOvers: [KILLED, STOPPED],
  };
}
