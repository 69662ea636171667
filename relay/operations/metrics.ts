/** What `/metrics` shows. Labels are bounded: names of streams, and words and codes from lists; never an agent or a call. */
import { collectDefaultMetrics, Gauge, Registry } from 'prom-client';
import { CLOSE } from '../../utils/protocol/close-codes.ts';
import { upstreamStates } from '../../utils/protocol/frames.ts';
import { createMetricFamily, type MetricFamily } from './metric-family.ts';
import type { Observer, StreamObserver } from './observer.ts';
import type { RelayStatus, StreamStatus } from './readiness.ts';

/** Codes of WebSocket itself that are told apart; a client may send any other it likes. */
const STANDARD_CODES = [1000, 1002, 1003, 1005, 1007, 1009, 1011];
const knownCodes = new Set<number>([...STANDARD_CODES, ...Object.values(CLOSE)]);

export type Metrics = ReturnType<typeof createMetrics>;

/** `defaults`: with what prom-client tells of the process. */
export function createMetrics({ defaults = true }: { defaults?: boolean } = {}) {
  const registry = new Registry();
  if (defaults) collectDefaultMetrics({ register: registry });
  const family = createMetricFamily(registry);
  // It would stand at 0, a moment long ago.
  family.certificateExpiry.remove();
  let readStatus: (() => Pick<RelayStatus, 'bus' | 'streams'>) | undefined;

  const gaugeOnDemand = (name: string, help: string, read: (stream: StreamStatus) => number) =>
    new Gauge({
      name,
      help,
      labelNames: ['stream'],
      registers: [registry],
      collect() {
        for (const stream of readStatus?.().streams ?? []) this.labels(stream.name).set(read(stream));
      },
    });
  gaugeOnDemand(
    'earshot_slowest_client_bytes',
    'Bytes not yet taken by the connection that is furthest behind',
    ({ bytesBehind }) => bytesBehind,
  );
  gaugeOnDemand(
    'earshot_log_lag_entries',
    'Entries that the log has and this relay has not read',
    ({ logLag }) => logLag,
  );
  gaugeOnDemand(
    'earshot_log_pending_entries',
    'Entries this relay has for the log that are not known to be in it',
    ({ pending }) => pending,
  );

  new Gauge({
    name: 'earshot_bus_up',
    help: '1 while what the relays share answers',
    registers: [registry],
    collect() {
      if (readStatus !== undefined) this.set(readStatus().bus === 'here' ? 1 : 0);
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
    busReconnected: () => family.busReconnects.inc(),
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
    readFrom(read: () => Pick<RelayStatus, 'bus' | 'streams'>): void {
      readStatus = read;
    },
  };
}

/**
 * Most of it runs for every event or every frame, so the children of this stream are looked up once, and what is sent
 * to each agent is summed up here until somebody looks: `settle`.
 */
function observeStream(stream: string, family: MetricFamily): StreamObserver & { settle: () => void } {
  let unsettled = { events: 0, bytes: 0 };
  const connections = family.connections.labels(stream);
  const eventsReceived = family.eventsReceived.labels(stream);
  const bytesReceived = family.bytesReceived.labels(stream);
  const eventsSent = family.eventsSent.labels(stream);
  const bytesSent = family.bytesSent.labels(stream);
  const lag = family.lag.labels(stream);
  const interimsSkipped = family.interimsSkipped.labels(stream);
  const upstreamFailures = family.upstreamFailures.labels(stream);
  const leader = family.leader.labels(stream);
  const streamBegins = family.streamBegins.labels(stream);
  const showState = (current: string) => {
    for (const state of upstreamStates)
      family.upstreamState.labels(stream, state).set(state === current ? 1 : 0);
  };

  connections.set(0);
  leader.set(0);
  showState('connecting');
  // Counters that stand at 0 before anything happens can be alerted on when something does.
  for (const plain of [
    eventsReceived,
    bytesReceived,
    eventsSent,
    bytesSent,
    interimsSkipped,
    upstreamFailures,
    streamBegins,
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
    leads: (isLeading) => leader.set(isLeading ? 1 : 0),
    deposed: (why) => family.depositions.labels(stream, why).inc(),
    streamBegan: () => streamBegins.inc(),
  };
}
