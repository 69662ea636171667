/** The relay, wired: started by `main.ts`, by the demo and by tests, any number of times in a process. */
import { randomBytes } from 'node:crypto';
import { hostname } from 'node:os';
import type { Logger } from 'pino';
import { createAdmission } from './access/admission.ts';
import { createAgentsInForce } from './access/agents-in-force.ts';
import { createAddressReader } from './access/client-address.ts';
import { createConnectionLimit } from './access/connection-limit.ts';
import { openIdentityKeys } from './access/identity-keys.ts';
import { createRefusalLimit } from './access/refusal-limit.ts';
import type { Bus } from './bus/bus.ts';
import { createMemoryBus } from './bus/memory-bus.ts';
import { createNatsBus } from './bus/nats/nats-bus.ts';
import { watchBus } from './bus/watch-bus.ts';
import { createChannel } from './channel.ts';
import { systemClock } from './clock.ts';
import type { RelayConfig } from './config/config.ts';
import { LIMITS, type Limits } from './limits.ts';
import { type Observer, silentObserver } from './operations/observer.ts';
import type { RelayStatus } from './operations/readiness.ts';
import { createRelayServer } from './server/server.ts';
import { readTlsPair, type TlsFiles, type TlsPair } from './server/tls-pair.ts';
import { watchTlsPair } from './server/tls-watch.ts';

/** `limits`: those that differ from `LIMITS` and from the configuration's. */
export type RelayDependencies = { log: Logger; limits?: Partial<Limits>; observer?: Observer };
/** What a running relay takes over; everything else waits for a restart. */
type ReloadableConfig = Pick<RelayConfig, 'agents' | 'identity' | 'origins' | 'streams'>;
export type RunningRelay = {
  /** Where agents connect. */
  url: string;
  host: string;
  port: number;
  /**
   * Brings agents, identity provider, origins and each stream's field map into force at once. Connections whose token
   * is no longer good are sent away with 4401 now, the others go on under what holds for them. Origins and field maps
   * are for those who connect from now on.
   */
  apply(config: ReloadableConfig): void;
  status(): RelayStatus;
  /**
   * Drains: lets nobody in, sends agents away with 1012 in slices (see `drain*` in the limits), stays with the platform
   * until the last has been told, then closes.
   */
  stop(): Promise<void>;
};

/**
 * Listens, then connects to the platform and stays with it whatever happens there.
 * Files named in `config` must be absolute or relative to the working directory. Rejects only if it cannot listen,
 * which takes a usable certificate where TLS is wanted.
 */
export async function startRelay(config: RelayConfig, deps: RelayDependencies): Promise<RunningRelay> {
  const { log, observer = silentObserver } = deps;
  const limits: Limits = { ...LIMITS, ...config.limits, ...deps.limits };
  const tls = config.listen.tls && (await requireTlsPair(config.listen.tls));
  const clock = systemClock;
  const random = Math.random;
  let isDraining = false;
  let { origins } = config;

  const bus: Bus = config.bus
    ? createNatsBus(config.bus.nats, { clock, random, limits, log, observer })
    : createMemoryBus({ clock, limits });
  const relay = `${hostname()} ${randomBytes(6).toString('base64url')}`;
  const agents = createAgentsInForce(config, clock, (source) => openIdentityKeys(source, { clock, log }));
  const channels = new Map(
    config.streams.map((stream) => {
      const watched = observer.ofStream(stream.name);
      const shared = { bus, relay, agents, clock, random, limits, log };
      return [stream.name, createChannel(stream, { ...shared, observer: watched })];
    }),
  );
  const everyChannel = () => [...channels.values()];
  const status = (): RelayStatus => ({
    isDraining,
    bus: bus.status().state,
    streams: everyChannel().map((channel) => channel.status()),
  });
  const recheckTokens = () => {
    for (const channel of everyChannel()) channel.recheckTokens();
  };
  const busWatch = watchBus(bus, {
    clock,
    limits,
    onChange() {
      for (const channel of everyChannel()) channel.busChanged();
    },
    onLongAway() {
      log.warn('the other relays are out of reach: agents are sent to where they may be served');
      for (const channel of everyChannel())
        void channel.sendAway('this relay has lost touch with the others');
    },
  });

  const admission = createAdmission({
    authenticate: agents.authenticate,
    refusals: createRefusalLimit(clock, limits),
    connections: createConnectionLimit(limits),
    origins: () => origins,
    isDraining: () => isDraining,
    isStarting: (agent) => channels.get(agent.stream)?.clients() === undefined,
    random,
    limits,
    onRefused(reason, why) {
      observer.refused(reason);
      // Of keys that are missing the log has told already.
      if (reason === 'identity') return;
      const isFull = reason === 'crowded' || reason === 'overloaded';
      log.warn({ reason, why }, isFull ? 'connection refused' : 'token refused');
    },
  });
  const server = createRelayServer({
    admission,
    readAddress: createAddressReader(config.listen.trustedProxies),
    channelOf: (agent) => channels.get(agent.stream),
    status,
    limits,
    log,
    tls,
  });

  const {
    address: host,
    port,
    family,
  } = await server.listen(config.listen.host, config.listen.port).catch(async (error: unknown) => {
    agents.stop();
    busWatch.stop();
    await Promise.all(everyChannel().map((channel) => channel.leavePlatform()));
    await bus.close();
    throw error;
  });
  const tlsWatch =
    config.listen.tls &&
    tls &&
    watchTlsPair(config.listen.tls, tls, {
      clock,
      log,
      onPair(pair) {
        server.setTls(pair);
        observer.certificateExpires(pair.expiresAtMs);
      },
    });
  for (const channel of everyChannel()) channel.start();
  const trimming = setInterval(() => {
    for (const channel of everyChannel()) channel.trim();
  }, limits.trimMs);
  // Asked again and again rather than timed: neither a step of the clock nor a sleep of the machine delays it.
  const tokenChecks = setInterval(recheckTokens, limits.tokenCheckMs);

  return {
    url: `${tls ? 'wss' : 'ws'}://${family === 'IPv6' ? `[${host}]` : host}:${port}/v1/stream`,
    host,
    port,
    status,
    apply(changed) {
      agents.replace(changed);
      ({ origins } = changed);
      for (const { name, fieldMap } of changed.streams) channels.get(name)?.setFieldMap(fieldMap);
      log.info(
        { agents: changed.agents.length, origins: origins?.length ?? 'any' },
        'configuration in force',
      );
      recheckTokens();
    },
    async stop() {
      if (isDraining) return;
      isDraining = true;
      await Promise.all(everyChannel().map((channel) => channel.dismiss('the relay is restarting')));
      clearInterval(trimming);
      clearInterval(tokenChecks);
      tlsWatch?.stop();
      agents.stop();
      busWatch.stop();
      await Promise.all(everyChannel().map((channel) => channel.leavePlatform()));
      await bus.close();
      await server.close();
    },
  };
}

async function requireTlsPair(files: TlsFiles): Promise<TlsPair> {
  const result = await readTlsPair(files);
  if (!result.ok) throw new Error(`listen.tls.${result.problem}`);
  return result.pair;
}
