/**
 * How much a deployment takes, on paper: arithmetic over what the bench measured and what is assumed of calls. The tables
 * of docs/scale.md are its output, and a test holds them to it.
 *
 * A script's events all go through one relay that leads, one stream of NATS, and every relay of that script. What does
 * not fit that way is shared out among several scripts, each with relays of its own.
 */

/** Of the bench, on one core of its machine; µs are processor time. */
export type Measured = {
  eventBytes: number;
  /** A relay that follows, an event; and the one that leads, following included. */
  followUs: number;
  leadUs: number;
  /** One agent's place in the stream looked at, whether or not there is something for them. */
  lookUs: number;
  /** One event judged for one agent whose rules are no other's. */
  seeUs: number;
  /** One frame written to one agent. */
  deliveryUs: number;
  /** From the handshake to the first frame. */
  connectUs: number;
  connectionBytes: number;
  /** A relay's memory for one event of the window. */
  windowEventBytes: number;
  relayBaseBytes: number;
  /** Entries a second that one script's log takes when nothing else is done. */
  logEntriesPerSecond: number;
  natsInBytes: number;
  /** To each relay that follows. */
  natsOutBytes: number;
  natsHeldBytes: number;
  natsInUs: number;
  natsOutUs: number;
};

export type Assumed = {
  /** Of all agents, at the busiest time. */
  shareOnCall: number;
  /** Interim and final lines of both speakers. */
  eventsPerCallPerSecond: number;
  /** Agents who hear one call: its own, and now and then a supervisor. */
  listenersPerCall: number;
  /** Around an event in a frame of its own: the frame, its number, its time, WebSocket's head. */
  frameBytes: number;
  /** How often a second agents are looked after at least: the delay that is added is one of these at most. */
  looksPerSecond: number;
  /** How far back a resume can reach at the busiest time. */
  windowSeconds: number;
  /** Of a core, what is planned to be used. */
  busiest: number;
  connectionsPerRelay: number;
};

export type Plan = {
  agents: number;
  eventsPerSecond: number;
  deliveriesPerSecond: number;
  scripts: number;
  /** Of each script, one more than is needed. */
  relaysPerScript: number;
  agentsPerRelay: number;
  /** Cores, with one relay gone: of one that leads, and of one that only follows. */
  leaderCores: number;
  followerCores: number;
  natsCores: number;
  relayMemoryBytes: number;
  natsMemoryBytes: number;
  windowEvents: number;
  /** Bytes a second. */
  platformBytes: number;
  natsInBytes: number;
  natsOutBytes: number;
  agentBytesPerRelay: number;
  /** Until all agents of a relay that died are with the others again, on what is left of a core there. */
  reconnectSeconds: number;
};

const MOST_SCRIPTS = 200;
const US = 1e6;

/** The one with the fewest relays; of those, with the fewest scripts. */
export function planFor(agents: number, measured: Measured, assumed: Assumed): Plan {
  let best: Plan | undefined;
  for (let scripts = 1; scripts <= MOST_SCRIPTS; scripts += 1) {
    const plan = planWith(scripts, agents, measured, assumed);
    if (plan !== undefined && (best === undefined || relaysOf(plan) < relaysOf(best))) best = plan;
  }
  if (best === undefined)
    throw new Error(`${agents} agents cannot be shared out among ${MOST_SCRIPTS} scripts`);
  return best;
}

export const relaysOf = ({ scripts, relaysPerScript }: Plan): number => scripts * relaysPerScript;

/** Undefined where no number of relays is enough: each follows all events of its script. */
function planWith(scripts: number, agents: number, measured: Measured, assumed: Assumed): Plan | undefined {
  const { shareOnCall, eventsPerCallPerSecond, listenersPerCall, busiest } = assumed;
  const events = (agents * shareOnCall * eventsPerCallPerSecond) / scripts;
  if (events > measured.logEntriesPerSecond * busiest) return undefined;
  const agentCores = coresOfAgent(events, measured, assumed);
  const leaderCores = (events * measured.leadUs) / US;
  const agentsOfScript = agents / scripts;
  const most = Math.min(assumed.connectionsPerRelay, (busiest - leaderCores) / agentCores);
  if (most < 1) return undefined;
  const needed = Math.ceil(agentsOfScript / most);
  const relaysPerScript = needed + 1;
  // With one of them gone.
  const agentsPerRelay = agentsOfScript / needed;
  const windowEvents = events * assumed.windowSeconds;
  const deliveries = events * listenersPerCall;

  return {
    agents,
    eventsPerSecond: events * scripts,
    deliveriesPerSecond: deliveries * scripts,
    scripts,
    relaysPerScript,
    agentsPerRelay,
    leaderCores: leaderCores + agentsPerRelay * agentCores,
    followerCores: (events * measured.followUs) / US + agentsPerRelay * agentCores,
    natsCores: (events * scripts * (measured.natsInUs + relaysPerScript * measured.natsOutUs)) / US,
    relayMemoryBytes:
      measured.relayBaseBytes +
      windowEvents * measured.windowEventBytes +
      agentsPerRelay * measured.connectionBytes,
    natsMemoryBytes: windowEvents * scripts * measured.natsHeldBytes,
    windowEvents,
    platformBytes: events * scripts * measured.eventBytes,
    natsInBytes: events * scripts * measured.natsInBytes,
    natsOutBytes: events * scripts * relaysPerScript * measured.natsOutBytes,
    agentBytesPerRelay: (deliveries / needed) * (measured.eventBytes + assumed.frameBytes),
    reconnectSeconds: ((agentsOfScript / relaysPerScript / needed) * measured.connectUs) / US / (1 - busiest),
  };
}

/** Of one connected agent, on a call or not, in a script of so many events a second. */
function coresOfAgent(
  events: number,
  { lookUs, seeUs, deliveryUs }: Measured,
  { looksPerSecond, shareOnCall, eventsPerCallPerSecond, listenersPerCall }: Assumed,
): number {
  const deliveries = shareOnCall * eventsPerCallPerSecond * listenersPerCall;
  return (looksPerSecond * lookUs + events * seeUs + deliveries * deliveryUs) / US;
}
