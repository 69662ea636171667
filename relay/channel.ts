/**
 * One script of the platform: its log, which this relay follows, the agents whom it tells of it, and this relay's part in
 * the connection to the platform.
 */
import type { Logger } from 'pino';
import type { FieldMap } from '../utils/transcript/field-map.ts';
import type { AgentsInForce } from './access/agents-in-force.ts';
import { type Audience, createAudience } from './audience.ts';
import type { Bus, LogEntry, LogStart } from './bus/bus.ts';
import type { Clock } from './clock.ts';
import type { StreamConfig } from './config/config.ts';
import { createPlatformPart } from './leading/platform-part.ts';
import type { Limits } from './limits.ts';
import type { StreamObserver } from './operations/observer.ts';
import type { StreamStatus } from './operations/readiness.ts';

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
  let audience: Audience | undefined;
  /** Those of the log's earlier beginnings who are still being sent away, too. */
  const audiences = new Set<Audience>();
  let hasCaughtUp = false;
  const part = createPlatformPart({
    config,
    script,
    bus,
    relay: deps.relay,
    clock,
    random,
    limits,
    log,
    observer,
    fieldMap: () => fieldMap,
    onPlatform(platform) {
      for (const { clients } of audiences) clients.tellUpstream(platform);
    },
  });

  /** What follows does not continue what came before: whoever listens resumes, and is told what is missing. */
  function begin(start: LogStart): void {
    const before = audience;
    audience = createAudience(start, {
      window: config.window,
      agents,
      upstreamFrame: part.platform,
      isBehind: () => script.lag() > 0,
      fieldMap: () => fieldMap,
      clock,
      limits,
      observer,
      random,
    });
    audiences.add(audience);
    hasCaughtUp = false;
    part.began(start);
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
    part.read(entry);
    audience?.take(seq, entry);
  }

  return {
    name: config.name,
    /** Who listens; undefined until the log has been read, so that nobody is told less than there is. */
    clients(): Audience['clients'] | undefined {
      hasCaughtUp ||= audience !== undefined && script.lag() === 0;
      return hasCaughtUp ? audience?.clients : undefined;
    },
    upstreamFrame: part.platform,
    status(): StreamStatus {
      const { state, since } = part.platform();
      return {
        name: config.name,
        state,
        sinceMs: since,
        bytesBehind: audience?.clients.bytesBehind() ?? 0,
        leads: part.leads(),
        logLag: script.lag(),
        pending: part.pending(),
      };
    },
    start(): void {
      script.follow({ begin, entry: take });
      part.start();
    },
    /** The bus is away, or here again. */
    busChanged: part.busChanged,
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
      await part.stop();
      await script.close();
    },
  };
}
