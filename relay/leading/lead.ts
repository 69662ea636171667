/** One term as the leader: the connection to the platform, and all that comes from it written to the log. */
import type { Logger } from 'pino';
import type { UpstreamFrame } from '../../utils/protocol/frames.ts';
import type { FieldMap } from '../../utils/transcript/field-map.ts';
import type { Term } from '../bus/bus.ts';
import { atMost, type Clock } from '../clock.ts';
import type { StreamConfig } from '../config/config.ts';
import { type Limits, MAX_PLATFORM_FRAME_BYTES } from '../limits.ts';
import type { StreamObserver } from '../operations/observer.ts';
import { readPlatformEvents } from '../stream/platform-events.ts';
import { createPlatformTokenReader } from '../upstream/platform-token.ts';
import { createUpstream } from '../upstream/upstream.ts';
import { openUpstreamSocket } from '../upstream/upstream-socket.ts';
import type { WhyDeposed } from './leadership.ts';
import { createLogWriter } from './log-writer.ts';

export type LeadDependencies = {
  config: StreamConfig;
  clock: Clock;
  random: () => number;
  limits: Limits;
  log: Logger;
  observer: StreamObserver;
  /** As it is in force now. */
  fieldMap: () => FieldMap | undefined;
  /** The last moment by which all that the platform had sent is known to be in the log. */
  knownUpMs: number | undefined;
  /** The platform's side has changed. */
  onState: () => void;
  /** Nothing more can be written. */
  onEnded: (why: WhyDeposed) => void;
};

export type Lead = ReturnType<typeof createLead>;

export function createLead(term: Term, deps: LeadDependencies) {
  const { config, clock, random, limits, log, observer } = deps;
  const writer = createLogWriter({
    term,
    clock,
    limits,
    onRefused: () => deps.onEnded('refused'),
    onUnheard: () => deps.onEnded('away'),
    onOverfull: () => deps.onEnded('overfull'),
  });
  const upstream = createUpstream({
    url: config.url,
    readToken: createPlatformTokenReader(config.token),
    open: openUpstreamSocket,
    clock,
    random,
    knownUpMs: deps.knownUpMs,
    onFrame(text, atMs) {
      observer.frameReceived(Buffer.byteLength(text));
      for (const json of readPlatformEvents(text, deps.fieldMap())) {
        writer.append({ kind: 'event', atMs, json });
      }
    },
    onGap: (gap) => writer.append({ kind: 'gap', gap }),
    onState: deps.onState,
    onDropped(bytes) {
      observer.frameReceived(bytes);
      observer.frameDropped('too-large');
      log.warn({ bytes, limitBytes: MAX_PLATFORM_FRAME_BYTES }, 'platform frame dropped: too large');
    },
    onFailed: () => observer.upstreamFailed(),
  });

  return {
    start: upstream.start,
    frame: (): UpstreamFrame => upstream.frame(),
    tokenChanged: upstream.tokenChanged,
    /** Entries not yet known to be in the log. */
    pending: writer.pending,
    /** The last moment by which all that the platform had sent is in the log; undefined: it was never there. */
    knownUpMs: () => writer.settledMs(upstream.knownUpMs()),
    /** Leaves the platform; what is not written is not going to be. */
    leave(): void {
      upstream.stop();
      writer.stop();
    },
    /** Leaves the platform, and resolves once what came is written, or cannot be in time. */
    async finish(): Promise<void> {
      upstream.stop();
      await atMost(clock, limits.appendTimeoutMs, writer.drained());
      writer.stop();
    },
  };
}
