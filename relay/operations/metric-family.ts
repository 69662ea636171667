/** The relay's own metrics: their names, and what each says. */
import { Counter, Gauge, Histogram, type Registry } from 'prom-client';

const LAG_BUCKETS_S = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 15, 60];

export type MetricFamily = ReturnType<typeof createMetricFamily>;

export function createMetricFamily(registry: Registry) {
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
    leader: gauge(
      'earshot_leader',
      '1 where this relay stays with the platform and writes the log',
      'stream',
    ),
    depositions: counter(
      'earshot_depositions_total',
      'Times this relay had to leave the platform to another',
      'stream',
      'why',
    ),
    streamBegins: counter(
      'earshot_stream_begins_total',
      'Times the log began anew for all agents here: it was lost, or went on unread',
      'stream',
    ),
    busReconnects: counter(
      'earshot_bus_reconnects_total',
      'Times the connection to what the relays share was lost and made again',
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
