/**
 * Relays at a steady load that is far from what they can do: how long an event is under way, and what it costs every
 * process on its road.
 */
import type { Crew } from './crew.ts';
import { type LatencyCounts, percentileMs } from './latencies.ts';
import type { SubjectName } from './messages.ts';
import { countersOf, type NatsCounters } from './nats-process.ts';
import { cpuUs, residentBytes } from './process-figures.ts';
import type { Subject } from './subjects.ts';
import { receiversOf, takeTurn } from './turn.ts';

export type SteadyLoad = {
  eventsPerSecond: number;
  connections: number;
  rounds: number;
  warmUpMs: number;
  forMs: number;
};

/** Over all rounds. */
export type SteadyFigures = {
  name: SubjectName;
  connections: number;
  eventsPerSecond: number;
  p50Ms: number;
  p99Ms: number;
  /** µs of the relay that has the agents. */
  cpuUsPerEvent: number;
  lost: number;
  onNats: NatsShare | undefined;
};
/** What else was spent on an event, where NATS is on its road. */
type NatsShare = {
  leaderCpuUsPerEvent: number;
  natsCpuUsPerEvent: number;
  natsInBytesPerEvent: number;
  natsOutBytesPerEvent: number;
  natsResidentBytes: number;
  /** Of what NATS holds: an entry with all that goes with it. */
  heldBytesPerEntry: number;
};

type Look = {
  relayCpuUs: number;
  leaderCpuUs: number;
  natsCpuUs: number;
  counters: NatsCounters | undefined;
};

/** The subjects take turns; agents are connected. */
export async function measureSteadily(
  crew: Crew,
  subjects: readonly Subject[],
  load: SteadyLoad,
): Promise<SteadyFigures[]> {
  const spent = subjects.map((subject) => ({ subject, sum: nothingSpent() }));
  for (let round = 0; round < load.rounds; round += 1) {
    for (const { subject, sum } of spent) await spendTurn(crew, subject, load, sum);
  }
  return spent.map(({ subject, sum }) => conclude(subject, load, sum));
}

type Spent = ReturnType<typeof nothingSpent>;

function nothingSpent() {
  return {
    events: 0,
    lost: 0,
    relayCpuUs: 0,
    leaderCpuUs: 0,
    natsCpuUs: 0,
    natsInBytes: 0,
    natsOutBytes: 0,
    held: { bytes: 0, messages: 0 },
    delays: [] as LatencyCounts,
  };
}

async function spendTurn(crew: Crew, subject: Subject, load: SteadyLoad, sum: Spent): Promise<void> {
  const looks: Look[] = [];
  const receivers = receiversOf(subject, load.connections);
  const begin = () => crew.pace(subject.name, load.eventsPerSecond);
  const { events, delays, lost } = await takeTurn(crew, subject, receivers, load, begin, async () => {
    looks.push(await lookAt(subject));
  });
  const [from, to] = looks;
  if (from === undefined || to === undefined) throw new Error('a turn was not looked at');
  sum.events += events;
  sum.lost += lost;
  sum.delays.push(...delays);
  sum.relayCpuUs += to.relayCpuUs - from.relayCpuUs;
  sum.leaderCpuUs += to.leaderCpuUs - from.leaderCpuUs;
  sum.natsCpuUs += to.natsCpuUs - from.natsCpuUs;
  if (from.counters === undefined || to.counters === undefined) return;
  sum.natsInBytes += to.counters.inBytes - from.counters.inBytes;
  sum.natsOutBytes += to.counters.outBytes - from.counters.outBytes;
  sum.held = { bytes: to.counters.heldBytes, messages: to.counters.heldMessages };
}

async function lookAt({ pid, onNats }: Subject): Promise<Look> {
  const counters = onNats === undefined ? undefined : await countersOf(onNats.nats);
  return {
    relayCpuUs: cpuUs(pid),
    leaderCpuUs: onNats === undefined ? 0 : cpuUs(onNats.leaderPid),
    natsCpuUs: onNats === undefined ? 0 : cpuUs(onNats.nats.pid),
    counters,
  };
}

function conclude({ name, onNats }: Subject, load: SteadyLoad, sum: Spent): SteadyFigures {
  const { connections, eventsPerSecond } = load;
  return {
    name,
    connections,
    eventsPerSecond,
    p50Ms: percentileMs(sum.delays, 0.5),
    p99Ms: percentileMs(sum.delays, 0.99),
    cpuUsPerEvent: sum.relayCpuUs / sum.events,
    lost: sum.lost,
    onNats: onNats && {
      leaderCpuUsPerEvent: sum.leaderCpuUs / sum.events,
      natsCpuUsPerEvent: sum.natsCpuUs / sum.events,
      natsInBytesPerEvent: sum.natsInBytes / sum.events,
      natsOutBytesPerEvent: sum.natsOutBytes / sum.events,
      natsResidentBytes: residentBytes(onNats.nats.pid),
      heldBytesPerEntry: sum.held.bytes / sum.held.messages,
    },
  };
}
