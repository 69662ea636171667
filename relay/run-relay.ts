/** The relay, wired: started by `main.ts`, by the demo and by tests, any number of times in a process. */
import type { Logger } from 'pino';
import { createAdmission } from './admission.ts';
import { createAgentsInForce } from './agents-in-force.ts';
import { createChannel } from './channel.ts';
import { systemClock } from './clock.ts';
import type { RelayConfig } from './config.ts';
import { LIMITS, type Limits } from './limits.ts';
import { type Observer, silentObserver } from './observer.ts';
import { createRefusalLimit } from './refusal-limit.ts';
import { createRelayServer } from './server.ts';

/** `limits`: those that differ from `LIMITS` and from the configuration's. */
export type RelayDependencies = { log: Logger; limits?: Partial<Limits>; observer?: Observer };
/** What a running relay takes over; everything else waits for a restart. */
export type ReloadableConfig = Pick<RelayConfig, 'agents' | 'identity' | 'origins' | 'streams'>;
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
  /** Sends agents away with 1012 and closes, in a few seconds at most. */
  stop(): Promise<void>;
};

/**
 * Listens, then connects to the platform and stays with it whatever happens there.
 * Files named in `config` must be absolute or relative to the working directory. Rejects only if it cannot listen.
 */
export async function startRelay(config: RelayConfig, deps: RelayDependencies): Promise<RunningRelay> {
  const { log, observer = silentObserver } = deps;
  const limits: Limits = { ...LIMITS, ...config.limits, ...deps.limits };
  const clock = systemClock;
  const random = Math.random;
  let isDraining = false;
  let { origins } = config;

  const agents = createAgentsInForce(config, clock);
  const channels = new Map(
    config.streams.map((stream) => {
      const watched = observer.ofStream(stream.name);
      return [stream.name, createChannel(stream, { agents, clock, random, limits, log, observer: watched })];
    }),
  );
  const everyChannel = () => [...channels.values()];
  const recheckTokens = () => {
    for (const { clients } of everyChannel()) clients.recheckTokens();
  };

  const admission = createAdmission({
    authenticate: agents.authenticate,
    countRefusal: createRefusalLimit(clock, limits),
    origins: () => origins,
    isDraining: () => isDraining,
    connections: () => everyChannel().reduce((sum, { clients }) => sum + clients.size(), 0),
    random,
    limits,
    onRefused(reason) {
      observer.refused(reason);
      log.warn({ reason }, 'token refused');
    },
  });
  const server = createRelayServer({
    admission,
    channelOf: (agent) => channels.get(agent.stream),
    limits,
    log,
  });

  const { address: host, port, family } = await server.listen(config.listen.host, config.listen.port);
  for (const channel of everyChannel()) channel.start();
  const trimming = setInterval(() => {
    for (const channel of everyChannel()) channel.trim();
  }, limits.trimMs);
  // Asked again and again rather than timed: neither a step of the clock nor a sleep of the machine delays it.
  const tokenChecks = setInterval(recheckTokens, limits.tokenCheckMs);

  return {
    url: `ws://${family === 'IPv6' ? `[${host}]` : host}:${port}/v1/stream`,
    host,
    port,
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
      clearInterval(trimming);
      clearInterval(tokenChecks);
      for (const channel of everyChannel()) channel.leavePlatform();
      await Promise.all(everyChannel().map(({ clients }) => clients.dismiss()));
      await server.close();
    },
  };
}
