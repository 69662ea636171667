/** One script of the platform and everyone who listens to it: its upstream, its stream, its clients. */
import { randomBytes } from 'node:crypto';
import type { Logger } from 'pino';
import type { FieldMap } from '../utils/transcript/field-map.ts';
import type { AgentsInForce } from './access/agents-in-force.ts';
import { createClients } from './clients/clients.ts';
import type { Clock } from './clock.ts';
import type { StreamConfig } from './config/config.ts';
import { type Limits, MAX_PLATFORM_FRAME_BYTES } from './limits.ts';
import type { StreamObserver } from './operations/observer.ts';
import type { StreamStatus } from './operations/readiness.ts';
import { createEventFlow } from './stream/event-flow.ts';
import { createStream } from './stream/stream.ts';
import { createPlatformTokenReader } from './upstream/platform-token.ts';
import { watchPlatformToken } from './upstream/platform-token-watch.ts';
import { createUpstream } from './upstream/upstream.ts';
import { openUpstreamSocket } from './upstream/upstream-socket.ts';

export type ChannelDependencies = {
  agents: AgentsInForce;
  clock: Clock;
  random: () => number;
  limits: Limits;
  log: Logger;
  observer: StreamObserver;
};

export type Channel = ReturnType<typeof createChannel>;

export function createChannel(config: StreamConfig, deps: ChannelDependencies) {
  const { agents, clock, random, limits, observer } = deps;
  const log = deps.log.child({ stream: config.name });
  let { fieldMap } = config;
  let tokenWatch: ReturnType<typeof watchToken> | undefined;

  const stream = createStream(randomBytes(12).toString('base64url'), config.window);
  const flow = createEventFlow(stream, {
    clock,
    limits,
    windowMs: config.window.ms,
    fieldMap: () => fieldMap,
    onAppended: (bytes) => clients.grown(bytes),
  });
  const upstream = createUpstream({
    url: config.url,
    readToken: createPlatformTokenReader(config.token),
    open: openUpstreamSocket,
    clock,
    random,
    onFrame(text, atMs) {
      observer.frameReceived(Buffer.byteLength(text));
      flow.ingest(text, atMs);
    },
    onGap(gap) {
      log.warn(gap, 'gap');
      observer.gap(gap.reason);
      stream.appendGap(gap, gap.to);
      clients.grown(0);
    },
    onState(frame) {
      log.info({ state: frame.state, detail: frame.detail }, 'upstream');
      observer.upstreamState(frame.state);
      clients.tellUpstream(frame);
    },
    onDropped(bytes) {
      observer.frameReceived(bytes);
      observer.frameDropped('too-large');
      log.warn({ bytes, limitBytes: MAX_PLATFORM_FRAME_BYTES }, 'platform frame dropped: too large');
    },
    onFailed: () => observer.upstreamFailed(),
  });
  observer.upstreamState(upstream.frame().state);
  const clients = createClients({
    stream,
    flow,
    window: config.window,
    agents,
    upstreamFrame: () => upstream.frame(),
    fieldMap: () => fieldMap,
    clock,
    limits,
    observer,
    afterTurn: setImmediate,
    random,
  });

  function watchToken() {
    return watchPlatformToken(config.token, clock, {
      onChange() {
        const use = upstream.frame().state === 'up' ? 'from the next connect on' : 'at once';
        log.info({ use }, 'platform token changed');
        upstream.tokenChanged();
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
    clients,
    upstreamFrame: () => upstream.frame(),
    status(): StreamStatus {
      const { state, since } = upstream.frame();
      return { name: config.name, state, sinceMs: since, bytesBehind: clients.bytesBehind() };
    },
    start(): void {
      tokenWatch = watchToken();
      upstream.start();
    },
    /** Lets go of what is older than the window. */
    trim: flow.trim,
    /** How events are to be read: told to those who connect from now on. */
    setFieldMap(changed: FieldMap | undefined): void {
      fieldMap = changed;
    },
    /** Leaves the platform. Clients stay. */
    leavePlatform(): void {
      tokenWatch?.stop();
      upstream.stop();
    },
  };
}
