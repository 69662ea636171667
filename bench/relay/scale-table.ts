/** The model's figures as they stand in docs/scale.md: the inputs, and a table of three sizes. */
import { type Assumed, type Measured, type Plan, planFor, relaysOf } from './scale-model.ts';

const KIB = 1024;
const MIB = 1024 * KIB;
const SIZES = [1_000, 10_000, 100_000];

/** From the run that docs/scale.md tells of. */
export const MEASURED: Measured = {
  eventBytes: 280,
  followUs: 59,
  leadUs: 69,
  lookUs: 1.1,
  seeUs: 0.06,
  deliveryUs: 15,
  connectUs: 550,
  connectionBytes: 28 * KIB,
  windowEventBytes: 3_500,
  relayBaseBytes: 100 * MIB,
  logEntriesPerSecond: 32_000,
  natsInBytes: 340,
  natsOutBytes: 340,
  natsHeldBytes: 435,
  natsInUs: 38,
  natsOutUs: 6,
};

export const ASSUMED: Assumed = {
  shareOnCall: 0.5,
  eventsPerCallPerSecond: 2.2,
  listenersPerCall: 1.1,
  frameBytes: 80,
  looksPerSecond: 10,
  windowSeconds: 60,
  busiest: 0.6,
  connectionsPerRelay: 10_000,
};

/** Where the script in Script Forge leaves interim lines out. */
export const FINALS_ONLY: Assumed = { ...ASSUMED, eventsPerCallPerSecond: 0.34 };

/** Lines of Markdown: what the model is given. */
export function inputTable(): string[] {
  const m = MEASURED;
  const a = ASSUMED;
  const rows = [
    ['agents on a call at the busiest time', 'u', `${a.shareOnCall * 100} %`, 'assumed'],
    ['events of a call, both speakers', 'r', `${a.eventsPerCallPerSecond} a second`, 'assumed'],
    ['agents who hear a call', 'L', String(a.listenersPerCall), 'assumed'],
    ['an event', 'b', `${m.eventBytes} B`, 'assumed'],
    ['around it in a frame of its own', 'f', `${a.frameBytes} B`, 'counted'],
    ['rounds of all agents a second', 'k', String(a.looksPerSecond), 'assumed'],
    ['the busiest a core is to be', 'p', `${a.busiest * 100} %`, 'assumed'],
    ['how far back a resume reaches', 'w', `${a.windowSeconds} s`, 'assumed'],
    ['following an event', 'c_follow', `${m.followUs} µs`, 'measured'],
    ['leading, following included', 'c_lead', `${m.leadUs} µs`, 'measured'],
    ['looking after one agent once', 'c_look', `${m.lookUs} µs`, 'measured'],
    ['judging one event for one agent', 'c_see', `${m.seeUs} µs`, 'worked out'],
    ['writing to one agent', 'c_write', `${m.deliveryUs} µs`, 'measured'],
    ['letting an agent in', 'c_connect', `${m.connectUs} µs`, 'measured'],
    ['NATS, an event', 'c_in', `${m.natsInUs} µs`, 'measured'],
    ['NATS, an event for each relay', 'c_out', `${m.natsOutUs} µs`, 'measured'],
    ['into NATS, an event', 'b_in', `${m.natsInBytes} B`, 'measured'],
    ['out of NATS, an event for each relay', 'b_out', `${m.natsOutBytes} B`, 'measured'],
    ['held by NATS, an event', 'b_held', `${m.natsHeldBytes} B`, 'measured'],
    ['most a script takes', 'e_max', `${whole(m.logEntriesPerSecond)} a second`, 'measured'],
    ['a relay, bare', 'm_0', mib(m.relayBaseBytes), 'measured'],
    ['an event of the window, in a relay', 'm_e', `${whole(m.windowEventBytes)} B`, 'measured'],
    ['a connection', 'm_c', `${whole(m.connectionBytes / KIB)} KiB`, 'measured'],
  ];
  return [
    '| input | sign | value | |',
    '| --- | --- | --- | --- |',
    ...rows.map((row) => `| ${row.join(' | ')} |`),
  ];
}

/** Lines of Markdown: what comes out. */
export function planTable(assumed: Assumed): string[] {
  const plans = SIZES.map((agents) => planFor(agents, MEASURED, assumed));
  const row = (title: string, say: (plan: Plan) => string) => `| ${[title, ...plans.map(say)].join(' | ')} |`;
  return [
    row('agents', ({ agents }) => whole(agents)),
    `| --- | ${plans.map(() => '---:').join(' | ')} |`,
    row('events a second', ({ eventsPerSecond }) => whole(eventsPerSecond)),
    row('deliveries a second', ({ deliveriesPerSecond }) => whole(deliveriesPerSecond)),
    row('scripts', ({ scripts }) => whole(scripts)),
    row('relays of each script, one to spare', ({ relaysPerScript }) => whole(relaysPerScript)),
    row('relays in all', (plan) => whole(relaysOf(plan))),
    row('agents of a relay, one being away', ({ agentsPerRelay }) => whole(agentsPerRelay)),
    row('cores of a relay that leads', ({ leaderCores }) => leaderCores.toFixed(2)),
    row('cores of a relay that follows', ({ followerCores }) => followerCores.toFixed(2)),
    row('memory of a relay', ({ relayMemoryBytes }) => mib(relayMemoryBytes)),
    row('`window.events`', ({ windowEvents }) => whole(windowEvents)),
    row('cores of NATS', ({ natsCores }) => natsCores.toFixed(2)),
    row('memory of NATS, of each copy', ({ natsMemoryBytes }) => mib(natsMemoryBytes)),
    row('from the platform, a second', ({ platformBytes }) => mib(platformBytes)),
    row('into NATS, a second', ({ natsInBytes }) => mib(natsInBytes)),
    row('out of NATS, a second', ({ natsOutBytes }) => mib(natsOutBytes)),
    row('to the agents of a relay, a second', ({ agentBytesPerRelay }) => mib(agentBytesPerRelay)),
    row(
      'all agents of a lost relay served again',
      ({ reconnectSeconds }) => `${reconnectSeconds.toFixed(1)} s`,
    ),
  ];
}

function whole(count: number): string {
  return Math.round(count).toLocaleString('en');
}

function mib(bytes: number): string {
  return bytes < 10 * MIB ? `${(bytes / MIB).toFixed(1)} MiB` : `${whole(bytes / MIB)} MiB`;
}
