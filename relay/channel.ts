/**
 * One script of the platform, as this relay has a part in it: the log, which it follows; the agents it tells of it; and,
 * while it leads, the connection to the platform.
 */
import type { Logger } from 'pino';
import type { UpstreamFrame } from '../utils/protocol/frames.ts';
import type { FieldMap } from '../utils/transcript/field-map.ts';
import type { AgentsInForce } from './access/agents-in-force.ts';
import { type Audience, createAudience } from './audience.ts';
import type { Bus, LeaseNote, LogEntry, LogStart, Term } from './bus/bus.ts';
import type { Clock } from './clock.ts';
import type { StreamConfig } from './config/config.ts';
import { type KnownUpSigns, lastKnownUp } from './leading/known-up.ts';
import { createLead, type Lead } from './leading/lead.ts';
import { createLeadership, type WhyDeposed } from './leading/leadership.ts';
import { describePlatformSide } from './leading/platform-side.ts';
import type { Limits } from './limits.ts';
import type { StreamObserver } from './operations/observer.ts';
import type { StreamStatus } from './operations/readiness.ts';
import { watchPlatformToken } from './upstream/platform-token-watch.ts';

export type ChannelDependencies = {
  bus: Bus;
  /** Of this process; no two relays have the same. */
  relay: string;
  agents: AgentsInForce;
  clock: Clock;
  random: () => number;
  limits: Limits;
  log: Logger;
  observer: StreamObserver;
};

export type Channel = ReturnType<typeof createChannel>;

export function createChannel(config: StreamConfig, deps: ChannelDependencies) {
  const { bus, agents, clock, random, limits, observer } = deps;
  const log = deps.log.child({ stream: config.name });
  const script = bus.open(config);
  let { fieldMap } = config;
  let tokenWatch: ReturnType<typeof watchToken> | undefined;
  let audience: Audience | undefined;
  /** Those of the log's earlier beginnings who are still being sent away, too. */
  const audiences = new Set<Audience>();
  let hasCaughtUp = false;
  let lead: Lead | undefined;
  let holder: { note: LeaseNote } | undefined;
  let vacantSinceMs = clock.now();
  const knownUp: KnownUpSigns = {
    notedMs: undefined,
    newest: undefined,
    lostAtMs: undefined,
    ownMs: undefined,
  };
  let platform = readPlatformSide();

  const leadership = createLeadership({
    log: script,
    clock,
    random,
    limits,
    note: () => ({
      relay: deps.relay,
      upstream: ownSide(),
      knownUpMs: lead?.knownUpMs() ?? lastKnownUp(knownUp),
    }),
    onLead: beginLead,
    onDeposed(why) {
      leave(why);
      log.warn({ why }, 'leads no more');
    },
    onHolder(note) {
      if (note === undefined && holder !== undefined) vacantSinceMs = clock.now();
      holder = note && { note };
      knownUp.notedMs = note?.knownUpMs ?? knownUp.notedMs;
      showPlatform();
    },
  });

  function ownSide(): LeaseNote['upstream'] {
    const { state, since, detail } = lead?.frame() ?? { state: 'connecting', since: clock.now() };
    return { state, since, detail };
  }

  function readPlatformSide(): UpstreamFrame {
    return describePlatformSide({ own: lead?.frame(), holder, bus: bus.status(), vacantSinceMs });
  }

  /** What agents are told of the platform's side may have changed. */
  function showPlatform(): void {
    const before = platform;
    platform = readPlatformSide();
    const { state, since, detail } = platform;
    if (state === before.state && since === before.since && detail === before.detail) return;
    log.info({ state, detail }, 'upstream');
    if (state !== before.state) observer.upstreamState(state);
    for (const { clients } of audiences) clients.tellUpstream(platform);
  }

  function beginLead(term: Term): void {
    log.info({ epoch: term.epoch, head: term.head }, 'leads');
    observer.leads(true);
    lead = createLead(term, {
      config,
      clock,
      random,
      limits,
      log,
      observer,
      fieldMap: () => fieldMap,
      knownUpMs: lastKnownUp(knownUp),
      onState() {
        leadership.noteChanged();
        showPlatform();
      },
      onEnded: (why) => leadership.depose(why),
    });
    lead.start();
    showPlatform();
  }

  function leave(why: WhyDeposed): void {
    knownUp.ownMs = lead?.knownUpMs() ?? knownUp.ownMs;
    lead?.leave();
    lead = undefined;
    observer.leads(false);
    observer.deposed(why);
    showPlatform();
  }

  /** What follows does not continue what came before: whoever listens resumes, and is told what is missing. */
  function begin(start: LogStart): void {
    const before = audience;
    audience = createAudience(start, {
      window: config.window,
      agents,
      upstreamFrame: () => platform,
      isBehind: () => script.lag() > 0,
      fieldMap: () => fieldMap,
      clock,
      limits,
      observer,
      random,
    });
    audiences.add(audience);
    hasCaughtUp = false;
    knownUp.lostAtMs = start.lostAtMs ?? knownUp.lostAtMs;
    if (before === undefined) return;
    log.warn(start, 'the log begins anew');
    observer.streamBegan();
    void before.clients.dismiss('the stream begins anew').then(() => audiences.delete(before));
  }

  function take(seq: number, entry: LogEntry): void {
    if (entry.kind === 'gap') {
      log.warn(entry.gap, 'gap');
      observer.gap(entry.gap.reason);
    }
    knownUp.newest = entry;
    audience?.take(seq, entry);
  }

  function watchToken() {
    return watchPlatformToken(config.token, clock, {
      onChange() {
        const use = lead?.frame().state === 'up' ? 'from the next connect on' : 'at once';
        log.info({ use }, 'platform token changed');
        lead?.tokenChanged();
      },
      onUnreadable: (reason) => log.warn({ reason }, 'platform token file cannot be read'),
      onExpiry: (atMs) => observer.platformTokenExpires(atMs),
      onExpiring(atMs, leftMs) {
        const expires = new Date(atMs).toISOString();
        if (leftMs > 0) {
          log.warn({ expires, minutesLeft: Math.ceil(leftMs / 60_000) }, 'platform token expires soon');
        } else log.error({ expires }, 'platform token has expired');
      },
    });
  }

  return {
    name: config.name,
    /** Who listens; undefined until the log has been read, so that nobody is told less than there is. */
    clients(): Audience['clients'] | undefined {
      hasCaughtUp ||= audience !== undefined && script.lag() === 0;
      return hasCaughtUp ? audience?.clients : undefined;
    },
    upstreamFrame: () => platform,
    status: (): StreamStatus => ({
      name: config.name,
      state: platform.state,
      sinceMs: platform.since,
      bytesBehind: audience?.clients.bytesBehind() ?? 0,
      leads: lead !== undefined,
      logLag: script.lag(),
      pending: lead?.pending() ?? 0,
    }),
    start(): void {
      observer.upstreamState(platform.state);
      observer.leads(false);
      tokenWatch = watchToken();
      script.follow({ begin, entry: take });
      leadership.start();
    },
    /** The bus is away, or here again. */
    busChanged: showPlatform,
    /** Lets go of what is older than the window. */
    trim(): void {
      for (const one of audiences) one.trim();
    },
    /** How events are to be read: told to those who connect from now on. */
    setFieldMap(changed: FieldMap | undefined): void {
      fieldMap = changed;
    },
    /** Sends those away whose token is no longer good. */
    recheckTokens(): void {
      for (const { clients } of audiences) clients.recheckTokens();
    },
    /** Sends those away who listen now: another relay may serve them. Whoever comes again is let in. */
    sendAway: (message: string): Promise<void> => audience?.clients.sendAway(message) ?? Promise.resolve(),
    /** Sends everybody away, and resolves when the last has gone. */
    async dismiss(message: string): Promise<void> {
      await Promise.all([...audiences].map(({ clients }) => clients.dismiss(message)));
    },
    /** Leaves the platform, to another relay where there is one. Clients stay. */
    async leavePlatform(): Promise<void> {
      tokenWatch?.stop();
      await lead?.finish();
      await leadership.stop();
      await script.close();
    },
  };
}
