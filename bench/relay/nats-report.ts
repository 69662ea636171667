/** What was measured of the relay on NATS, as tables for people. */
import { LIMITS } from '../../relay/limits.ts';
import { table } from '../table.ts';
import type { HandOver } from './hand-over.ts';
import { TITLES } from './report.ts';
import type { NatsFigures } from './run-nats.ts';
import type { SteadyFigures } from './steady-load.ts';

const KIB = 1024;
const MIB = 1024 * KIB;

export function describeNats({ appends, road, handOvers, filtering }: NatsFigures): string {
  return [
    describeAppends(appends),
    describeRoad(road),
    describeFiltering(filtering),
    describeHandOvers(handOvers),
  ]
    .map((part) => `\n${part}`)
    .join('\n');
}

function describeAppends({ memory, nats, natsCluster }: NatsFigures['appends']): string {
  const rows = [
    { title: 'in process', figures: memory },
    { title: 'on NATS', figures: nats },
    { title: 'on NATS, three servers', figures: natsCluster },
  ].map(({ title, figures }) => [
    title,
    Math.round(figures.entriesPerSecond).toLocaleString('en'),
    (figures.entriesPerSecond / memory.entriesPerSecond).toFixed(3),
    figures.cpuUsPerEntry.toFixed(1),
    inWords(figures.natsCpuUsPerEntry, 1),
    inWords(figures.natsInBytesPerEntry, 0),
    inWords(figures.natsOutBytesPerEntry, 0),
  ]);
  const titles = [
    '',
    'entries/s',
    '× in process',
    'CPU µs/entry',
    'NATS µs/entry',
    'NATS in B',
    'NATS out B',
  ];
  return `One script's log, written as fast as it takes\n${table([titles, ...rows])}`;
}

function describeRoad(figures: readonly SteadyFigures[]): string {
  const rows = figures.map(({ name, eventsPerSecond, p50Ms, p99Ms, cpuUsPerEvent, lost, onNats }) => [
    TITLES[name],
    String(eventsPerSecond),
    p50Ms.toFixed(2),
    p99Ms.toFixed(1),
    cpuUsPerEvent.toFixed(0),
    inWords(onNats?.leaderCpuUsPerEvent, 0),
    inWords(onNats?.natsCpuUsPerEvent, 0),
    inWords(onNats?.natsInBytesPerEvent, 0),
    inWords(onNats?.natsOutBytesPerEvent, 0),
    inWords(onNats && onNats.natsResidentBytes / MIB, 0),
    inWords(onNats?.heldBytesPerEntry, 0),
    String(lost),
  ]);
  const titles = [
    '',
    'events/s',
    'p50 ms',
    'p99 ms',
    'CPU µs/event',
    'leader µs',
    'NATS µs',
    'NATS in B',
    'NATS out B',
    'NATS MiB',
    'held B',
    'lost',
  ];
  return `The road of an event: ${figures[0]?.connections ?? 0} agents who see all, of one relay\n${table([titles, ...rows])}`;
}

function describeFiltering(figures: readonly SteadyFigures[]): string {
  const rows = figures.map(({ connections, eventsPerSecond, p50Ms, p99Ms, cpuUsPerEvent, lost }) => [
    String(connections),
    String(eventsPerSecond),
    cpuUsPerEvent.toFixed(0),
    (cpuUsPerEvent / connections).toFixed(2),
    ((cpuUsPerEvent * eventsPerSecond) / 1e6).toFixed(2),
    p50Ms.toFixed(1),
    p99Ms.toFixed(1),
    String(lost),
  ]);
  const titles = [
    'agents',
    'events/s',
    'CPU µs/event',
    'µs/event/agent',
    'cores',
    'p50 ms',
    'p99 ms',
    'lost',
  ];
  return `Each agent with rules of its own, each event for one of them\n${table([titles, ...rows])}`;
}

function describeHandOvers(figures: readonly HandOver[]): string {
  const rows = figures.map(({ signal, pauseMs, eventsMissed }) => [
    signal === 'SIGKILL' ? 'killed' : 'stopped in order',
    inWords(pauseMs && pauseMs / 1_000, 2),
    inWords(pauseMs && pauseMs / LIMITS.leaseMs, 2),
    String(Math.round(eventsMissed)),
  ]);
  const titles = ['the relay that leads is', 'pause s', 'leases', 'events in it'];
  return `Until lines come again\n${table([titles, ...rows])}`;
}

/** Nothing, where there is nothing to measure. */
function inWords(figure: number | undefined, digits: number): string {
  return figure === undefined ? '' : figure.toFixed(digits);
}

/** One line for each thing that must not be. */
export function findNatsFaults({ road, filtering, handOvers }: NatsFigures): string[] {
  const losses = [...road, ...filtering].flatMap(({ name, connections, eventsPerSecond, lost }) =>
    lost === 0
      ? []
      : [
          `${TITLES[name]}: ${lost} events or connections lost, ${connections} agents, ${eventsPerSecond} events/s`,
        ],
  );
  const ends = handOvers.flatMap(({ signal, pauseMs }) =>
    pauseMs === undefined ? [`after ${signal} nobody took over`] : [],
  );
  return [...losses, ...ends];
}
