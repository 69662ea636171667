/** Whether a load balancer should send agents here, and why not. Names streams and states, nothing else. */
import type { UpstreamState } from '../../utils/protocol/frames.ts';
import type { BusState } from '../bus/bus.ts';

/** How one stream stands. */
export type StreamStatus = {
  name: string;
  state: UpstreamState;
  /** Since when, ms since 1970. */
  sinceMs: number;
  /** What the connection furthest behind has not yet taken. */
  bytesBehind: number;
  /** Whether this relay stays with the platform and writes the log. */
  leads: boolean;
  /** Entries the log has and this relay has not read. */
  logLag: number;
  /** Entries this relay has for the log that are not known to be in it. */
  pending: number;
};

export type RelayStatus = { isDraining: boolean; bus: BusState; streams: readonly StreamStatus[] };

export type Readiness = {
  isReady: boolean;
  /** JSON. */
  body: string;
};

/**
 * Ready while nobody is being sent away, what the relays share is there, and the platform is there for at least one
 * stream.
 */
export function describeReadiness({ isDraining, bus, streams }: RelayStatus): Readiness {
  const isReady = !isDraining && bus === 'here' && streams.some(({ state }) => state === 'up');
  const described = streams.map(({ name, state, sinceMs, leads }) => ({
    stream: name,
    upstream: state,
    since: new Date(sinceMs).toISOString(),
    leads,
  }));
  return { isReady, body: JSON.stringify({ ready: isReady, draining: isDraining, bus, streams: described }) };
}
