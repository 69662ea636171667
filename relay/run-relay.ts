/** The relay, wired: started by `main.ts`, by the demo and by tests, any number of times in a process. */
import { randomBytes } from 'node:crypto';
import type { Logger } from 'pino';
import type { FieldMap } from '../utils/transcript/field-map.ts';
import { createAdmission } from './admission.ts';
import type { Agent } from './agents.ts';
import { createAgentsInForce } from './agents-in-force.ts';
import { createClients } from './clients.ts';
import { systemClock } from './clock.ts';
import type { RelayConfig } from './config.ts';
import { createFrameCutter } from './event-frames.ts';
import { LIMITS, type Limits, MAX_PLATFORM_FRAME_BYTES } from './limits.ts';
import { encodePlatformData } from './platform-frame.ts';
import { createPlatformTokenReader } from './platform-token.ts';
import { createRefusalLimit } from './refusal-limit.ts';
import { createRelayServer } from './server.ts';
import { createStream } from './stream.ts';
import { createUpstream } from './upstream.ts';
import { openUpstreamSocket } from './upstream-socket.ts';

/** `limits`: those that differ from `LIMITS`. */
export type RelayDependencies = { log: Logger; limits?: Partial<Limits> };
export type RunningRelay = {
  /** Where agents connect. */
  url: string;
  host: string;
  port: number;
  /**
   * Replaces all agents at once. Connections whose token is not among them are sent away with 4401 now, the others
   * go on under their new entry. `origins` (left out: as they were) bind those who connect from now on.
   */
  setAgents(agents: readonly Agent[], origins?: readonly string[] | 'any'): void;
  /** How events are to be read: told to those who connect from now on. */
  setFieldMap(fieldMap: FieldMap | undefined): void;
  /** Sends agents away with 1012 and closes, in a little over two seconds at most. */
  stop(): Promise<void>;
};

/**
 * Listens, then connects to the platform and stays with it whatever happens there.
 * `tokenFile` in `config` must be absolute or relative to the working directory. Rejects only if it cannot listen.
 */
export async function startRelay(config: RelayConfig, deps: RelayDependencies): Promise<RunningRelay> {
  const { log } = deps;
  const limits: Limits = { ...LIMITS, ...deps.limits };
  const clock = systemClock;
  const random = Math.random;
  let isDraining = false;
  let origins: readonly string[] | undefined = config.origins;
  let { fieldMap } = config;

  const stream = createStream(randomBytes(12).toString('base64url'), config.window);
  const upstream = createUpstream({
    url: config.upstream.url,
    readToken: createPlatformTokenReader(config.upstream.token),
    open: openUpstreamSocket,
    clock,
    random,
    onFrame(text, atMs) {
      const event = stream.append(encodePlatformData(text), atMs);
      clients.grown(event.bytes);
    },
    onGap(gap) {
      log.warn(gap, 'gap');
      stream.appendGap(gap, gap.to);
      clients.grown(0);
    },
    onState(frame) {
      log.info({ state: frame.state, detail: frame.detail }, 'upstream');
      clients.tellUpstream(frame);
    },
    onDropped(bytes) {
      log.warn({ bytes, limitBytes: MAX_PLATFORM_FRAME_BYTES }, 'platform frame dropped: too large');
    },
  });
  const agentsInForce = createAgentsInForce(config.agents, clock);
  const clients = createClients({
    stream,
    cutSlice: createFrameCutter(stream, limits),
    window: config.window,
    agents: agentsInForce,
    upstreamFrame: () => upstream.frame(),
    fieldMap: () => fieldMap,
    clock,
    limits,
    afterTurn: setImmediate,
    random,
  });
  const admission = createAdmission({
    authenticate: agentsInForce.authenticate,
    countRefusal: createRefusalLimit(clock, limits),
    origins: () => origins,
    isDraining: () => isDraining,
    connections: clients.size,
    random,
    limits,
    onRefused: (reason) => log.warn({ reason }, 'token refused'),
  });
  const server = createRelayServer({
    admission,
    upstreamState: () => upstream.frame().state,
    clients,
    limits,
    log,
  });

  const { address: host, port, family } = await server.listen(config.listen.host, config.listen.port);
  upstream.start();
  const trimming = setInterval(() => stream.trim(clock.now()), limits.trimMs);
  // Asked again and again rather than timed: neither a step of the clock nor a sleep of the machine delays it.
  const tokenChecks = setInterval(clients.recheckTokens, limits.tokenCheckMs);

  return {
    url: `ws://${family === 'IPv6' ? `[${host}]` : host}:${port}/v1/stream`,
    host,
    port,
    setAgents(agents, newOrigins) {
      agentsInForce.replace(agents);
      if (newOrigins !== undefined) origins = newOrigins === 'any' ? undefined : newOrigins;
      log.info({ agents: agents.length, origins: origins?.length ?? 'any' }, 'agents replaced');
      clients.recheckTokens();
    },
    setFieldMap(changed) {
      fieldMap = changed;
    },
    async stop() {
      if (isDraining) return;
      isDraining = true;
      clearInterval(trimming);
      clearInterval(tokenChecks);
      upstream.stop();
      await server.close();
    },
  };
}
