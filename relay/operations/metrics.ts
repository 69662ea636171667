/** What `/metrics` shows. Labels are bounded: names of streams, and words and codes from lists; never an agent or a call. */
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import { CLOSE } from '../../utils/protocol/close-codes.ts';
import { upstreamStates } from '../../utils/protocol/frames.ts';
import type { Observer, StreamObserver } from './observer.ts';
import type { StreamStatus } from './readiness.ts';

/** Codes of WebSocket itself that are told apart; a client may send any other it likes. */
const STANDARD_CODES = [1000, 1002, 1003, 1005, 1007, 1009, 1011];
const knownCodes = new Set<number>([...STANDARD_CODES, ...Object.values(CLOSE)]);

const LAG_BUCKETS_S = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 15, 60];

export type Metrics = ReturnType<typeof createMetrics>;

/** `defaults`: with what prom-client tells of the process. */
export function createMetrics({ defaults = true }: { defaults?: boolean } = {}) {
  const registry = new Registry();
  if (defaults) collectDefaultMetrics({ register: registry });
  const family = createFamily(registry);
  // It would stand at 0, a moment long ago.
  family.certificateExpiry.remove();
  let readStreams: () => readonly StreamStatus[] = () => [];

  new Gauge({
    name: 'earshot_slowest_client_bytes',
    help: 'Bytes not yet taken by the connection that is furthest behind',
    labelNames: ['stream'],
    registers: [registry],
    collect() {
      for (const { name, bytesBehind } of readStreams()) this.labels(name).set(bytesBehind);
    },
  });

  const settlers: (() => void)[] = [];
  const observer: Observer = {
    ofStream(name) {
      const { settle, ...watched } = observeStream(name, family);
      settlers.push(settle);
      return watched;
    },
    refused: (code) => family.refusals.labels(code).inc(),
    certificateExpires: (atMs) => family.certificateExpiry.set(atMs / 1_000),
  };

  return {
    observer,
    contentType: registry.contentType,
    /** In Prometheus' text format. */
    text() {
      for (const settle of settlers) settle();
      return registry.metrics();
    },
    names: () => registry.getMetricsAsArray().map(({ name }) => name),
    /** What is asked for only when somebody looks. */
    readFrom(read: () => readonly StreamStatus[]): void {
      readStreams = read;
    },
  };
}

type Family = ReturnType<typeof createFamily>;

function createFamily(registry: Registry) {
  const registers = [registry];
  const counter = <Label extends string>(name: string, help: string, ...labelNames: Label[]) =>
    new Counter({ name, help, labelNames, registers });
  const gauge = <Label extends string>(name: string, help: string, ...labelNames: Label[]) =>
    new Gauge({ name, help, labelNames, registers });
  return {
    connections: gauge('earshot_connections', 'Agents connected', 'stream'),
    eventsReceived: counter('earshot_events_received_total', 'Frames from the platform', 'stream'),
    bytesReceived: counter('earshot_received_bytes_total', 'Bytes of those frames', 'stream'),
    dropped: counter(
      'earshot_frames_dropped_total',
      'Frames from the platform not passed on',
      'stream',
      'reason',
    ),
    eventsSent: counter('earshot_events_sent_total', 'Events handed to agents’ sockets', 'stream'),
    bytesSent: counter('earshot_sent_bytes_total', 'Bytes of the frames that carried them', 'stream'),
    interimsSkipped: counter(
      'earshot_interims_skipped_total',
      'Superseded interim lines left out for agents who are behind',
      'stream',
    ),
    gaps: counter('earshot_gaps_total', 'Holes agents were told of', 'stream', 'reason'),
    resumes: counter(
      'earshot_resumes_total',
      'Resumes, by whether all that was missed followed',
      'stream',
      'recovered',
    ),
    closes: counter(
      'earshot_closes_total',
      'Connections of agents that ended, by close code',
      'stream',
      'code',
    ),
    refusals: counter('earshot_refusals_total', 'Requests that were not let in', 'code'),
    upstreamState: gauge(
      'earshot_upstream_state',
      '1 for the state the platform’s side is in',
      'stream',
      'state',
    ),
    upstreamFailures: counter(
      'earshot_upstream_failures_total',
      'Connections to the platform that failed or were lost',
      'stream',
    ),
    tokenExpiry: gauge(
      'earshot_platform_token_expiry_timestamp_seconds',
      'When the platform’s token expires, where it says so',
      'stream',
    ),
    certificateExpiry: gauge(
      'earshot_certificate_expiry_timestamp_seconds',
      'When the certificate of the listening address expires, where there is one',
    ),
    lag: new Histogram({
      name: 'earshot_delivery_lag_seconds',
      help: 'From an event’s arrival to its hand-over to an agent’s socket, of the newest in each frame',
      labelNames: ['stream'],
      buckets: LAG_BUCKETS_S,
      registers,
    }),
  };
}

/**
 * Most of it runs for every event or every frame, so the children of this stream are looked up once, and what is sent
 * to each agent is summed up here until somebody looks: `settle`.
 */
function observeStream(stream: string, family: Family): StreamObserver & { settle: () => void } {
  let unsettled = { events: 0, bytes: 0 };
  const connections = family.connections.labels(stream);
  const eventsReceived = family.eventsReceived.labels(stream);
  const bytesReceived = family.bytesReceived.labels(stream);
  const eventsSent = family.eventsSent.labels(stream);
  const bytesSent = family.bytesSent.labels(stream);
  const lag = family.lag.labels(stream);
  const interimsSkipped = family.interimsSkipped.labels(stream);
  const upstreamFailures = family.upstreamFailures.labels(stream);
  const showState = (current: string) => {
    for (const state of upstreamStates)
      family.upstreamState.labels(stream, state).set(state === current ? 1 : 0);
  };

  connections.set(0);
  showState('connecting');
  // Counters that stand at 0 before anything happens can be alerted on when something does.
  for (const plain of [
    eventsReceived,
    bytesReceived,
    eventsSent,
    bytesSent,
    interimsSkipped,
    upstreamFailures,
  ]) {
    plain.inc(0);
  }

  return {
    settle() {
      eventsSent.inc(unsettled.events);
      bytesSent.inc(unsettled.bytes);
      unsettled = { events: 0, bytes: 0 };
    },
    frameReceived(bytes) {
      eventsReceived.inc();
      bytesReceived.inc(bytes);
    },
    frameDropped: (reason) => family.dropped.labels(stream, reason).inc(),
    gap: (reason) => family.gaps.labels(stream, reason).inc(),
    upstreamState: showState,
    upstreamFailed: () => upstreamFailures.inc(),
    platformTokenExpires(atMs) {
      if (atMs === undefined) family.tokenExpiry.remove(stream);
      else family.tokenExpiry.labels(stream).set(atMs / 1_000);
    },
    eventsSent(events, bytes, lagMs) {
      unsettled.events += events;
      unsettled.bytes += bytes;
      // The clock may be set back in between.
      if (lagMs !== undefined) lag.observe(Math.max(0, lagMs) / 1_000);
    },
    interimsSkipped: (events) => interimsSkipped.inc(events),
    resumeAnswered: (recovered) => family.resumes.labels(stream, String(recovered)).inc(),
    clientConnected: () => connections.inc(),
    clientLeft(code) {
      connections.dec();
      family.closes.labels(stream, knownCodes.has(code) ? String(code) : 'other').inc();
    },
  };
}
