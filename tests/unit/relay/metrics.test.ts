import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pino } from 'pino';
import { describe, expect, onTestFinished, test } from 'vitest';
import { createMetrics } from '../../../relay/operations/metrics.ts';
import { createOperationsServer } from '../../../relay/operations/operations-server.ts';
import {
  describeReadiness,
  type RelayStatus,
  type StreamStatus,
} from '../../../relay/operations/readiness.ts';

const SILENT = pino({ level: 'silent' });
const stream = (name: string, changed: Partial<StreamStatus> = {}): StreamStatus => ({
  name,
  state: 'up',
  sinceMs: 0,
  bytesBehind: 0,
  leads: false,
  logLag: 0,
  pending: 0,
  ...changed,
});
const relay = (changed: Partial<RelayStatus> = {}): RelayStatus => ({
  isDraining: false,
  bus: 'here',
  streams: [],
  ...changed,
});

/** The lines of the relay's own metrics that are not 0. */
async function shown({ text }: ReturnType<typeof createMetrics>): Promise<string[]> {
  return (await text()).split('\n').filter((line) => line.startsWith('earshot_') && !line.endsWith(' 0'));
}

describe('metrics', () => {
  test('count what a stream is told of, under its name', async () => {
    const metrics = createMetrics({ defaults: false });
    const main = metrics.observer.ofStream('main');
    main.frameReceived(100);
    main.frameReceived(50);
    main.frameDropped('too-large');
    main.gap('upstream-away');
    main.upstreamFailed();
    main.interimsSkipped(3);
    main.resumeAnswered(true);
    main.resumeAnswered(false);
    main.clientConnected();
    main.clientConnected();
    main.clientLeft(4408);
    main.platformTokenExpires(1_800_000_000_000);
    metrics.observer.refused('unknown');
    metrics.observer.certificateExpires(1_900_000_000_000);
    main.leads(true);
    main.deposed('taken');
    main.streamBegan();
    metrics.observer.busReconnected();
    metrics.readFrom(() => relay({ streams: [stream('main', { bytesBehind: 77, logLag: 5, pending: 6 })] }));
    expect(await shown(metrics)).toEqual([
      'earshot_connections{stream="main"} 1',
      'earshot_events_received_total{stream="main"} 2',
      'earshot_received_bytes_total{stream="main"} 150',
      'earshot_frames_dropped_total{stream="main",reason="too-large"} 1',
      'earshot_interims_skipped_total{stream="main"} 3',
      'earshot_gaps_total{stream="main",reason="upstream-away"} 1',
      'earshot_resumes_total{stream="main",recovered="true"} 1',
      'earshot_resumes_total{stream="main",recovered="false"} 1',
      'earshot_closes_total{stream="main",code="4408"} 1',
      'earshot_refusals_total{code="unknown"} 1',
      'earshot_upstream_state{stream="main",state="connecting"} 1',
      'earshot_upstream_failures_total{stream="main"} 1',
      'earshot_platform_token_expiry_timestamp_seconds{stream="main"} 1800000000',
      'earshot_certificate_expiry_timestamp_seconds 1900000000',
      'earshot_leader{stream="main"} 1',
      'earshot_depositions_total{stream="main",why="taken"} 1',
      'earshot_stream_begins_total{stream="main"} 1',
      'earshot_bus_reconnects_total 1',
      'earshot_slowest_client_bytes{stream="main"} 77',
      'earshot_log_lag_entries{stream="main"} 5',
      'earshot_log_pending_entries{stream="main"} 6',
      'earshot_bus_up 1',
    ]);
  });

  test('show who leads, and whether the bus is there, as it is now', async () => {
    const metrics = createMetrics({ defaults: false });
    const main = metrics.observer.ofStream('main');
    main.leads(true);
    main.leads(false);
    let { bus } = relay({ bus: 'away' });
    metrics.readFrom(() => relay({ bus }));
    const text = await metrics.text();
    expect(text).toContain('earshot_leader{stream="main"} 0');
    expect(text).toContain('earshot_bus_up 0');
    bus = 'here';
    expect(await metrics.text()).toContain('earshot_bus_up 1');
  });

  test('measure the lag in seconds, and a clock that went back as none', async () => {
    const metrics = createMetrics({ defaults: false });
    const main = metrics.observer.ofStream('main');
    main.eventsSent(2, 300, 4);
    main.eventsSent(1, 100, -5);
    expect(await shown(metrics)).toEqual(
      expect.arrayContaining([
        'earshot_events_sent_total{stream="main"} 3',
        'earshot_sent_bytes_total{stream="main"} 400',
        'earshot_delivery_lag_seconds_bucket{le="0.001",stream="main"} 1',
        'earshot_delivery_lag_seconds_bucket{le="0.005",stream="main"} 2',
        'earshot_delivery_lag_seconds_count{stream="main"} 2',
      ]),
    );
  });

  test('show one state of the upstream at a time', async () => {
    const metrics = createMetrics({ defaults: false });
    const main = metrics.observer.ofStream('main');
    for (const state of ['up', 'down', 'unauthorized'] as const) {
      main.upstreamState(state);
      const lines = await shown(metrics);
      expect(lines.filter((line) => line.startsWith('earshot_upstream_state'))).toEqual([
        `earshot_upstream_state{stream="main",state="${state}"} 1`,
      ]);
    }
  });

  test('are bounded whatever codes clients close with', async () => {
    const metrics = createMetrics({ defaults: false });
    const main = metrics.observer.ofStream('main');
    for (let code = 3_000; code < 5_000; code += 1) main.clientLeft(code);
    const closes = (await shown(metrics)).filter((line) => line.startsWith('earshot_closes_total'));
    expect(closes).toContain('earshot_closes_total{stream="main",code="other"} 1995');
    expect(closes).toHaveLength(6);
  });

  test('of a token that no longer says when it expires, and of no certificate, show nothing', async () => {
    const metrics = createMetrics({ defaults: false });
    const main = metrics.observer.ofStream('main');
    main.platformTokenExpires(1_800_000_000_000);
    main.platformTokenExpires(undefined);
    expect(await metrics.text()).not.toMatch(/^earshot_\w+_expiry_timestamp_seconds[{ ]/m);
  });

  test('are one set for each relay of a process', async () => {
    const [first, second] = [createMetrics(), createMetrics()];
    first.observer.ofStream('main').frameReceived(1);
    expect(await shown(second)).toEqual([]);
  });

  test('all have a panel in the dashboard, and every metric in it exists', async () => {
    const path = join(import.meta.dirname, '../../../relay/deploy/grafana-dashboard.json');
    const json = await readFile(path, 'utf8');
    const expressions = [...json.matchAll(/"expr": "((?:[^"\\]|\\.)*)"/g)].map(([, text = '']) => text);
    const names = createMetrics().names();
    const used = expressions
      .flatMap((text) => text.match(/\b(?:earshot|process|nodejs)_\w+/g) ?? [])
      .map((name) => name.replace(/_bucket$/, ''));
    expect(used.filter((name) => !names.includes(name))).toEqual([]);
    expect(names.filter((name) => name.startsWith('earshot_') && !used.includes(name))).toEqual([]);
  });
});

describe('readiness', () => {
  const cases: [string, RelayStatus, boolean][] = [
    ['one stream is up', relay({ streams: [stream('a'), stream('b', { state: 'down' })] }), true],
    ['none is up', relay({ streams: [stream('a', { state: 'unauthorized' })] }), false],
    ['none has connected yet', relay({ streams: [stream('a', { state: 'connecting' })] }), false],
    ['it drains', relay({ isDraining: true, streams: [stream('a')] }), false],
    ['the bus is away', relay({ bus: 'away', streams: [stream('a')] }), false],
  ];

  test.each(cases)('%s', (_name, status, isReady) => {
    expect(describeReadiness(status).isReady).toBe(isReady);
  });

  test('says which stream is in which state since when, who leads it, and whether the bus is away', () => {
    const { body } = describeReadiness(
      relay({ bus: 'away', streams: [stream('a', { state: 'down', sinceMs: 1_000, leads: true })] }),
    );
    expect(JSON.parse(body)).toEqual({
      ready: false,
      draining: false,
      bus: 'away',
      streams: [{ stream: 'a', upstream: 'down', since: '1970-01-01T00:00:01.000Z', leads: true }],
    });
  });
});

describe('the operations address', () => {
  async function start(status: RelayStatus) {
    const server = createOperationsServer({ metrics: createMetrics(), status: () => status, log: SILENT });
    const { port } = await server.listen('127.0.0.1', 0);
    onTestFinished(() => server.close());
    return (path: string, init?: RequestInit) => fetch(`http://127.0.0.1:${port}${path}`, init);
  }

  test('answers metrics with those of the process', async () => {
    const ask = await start(relay());
    const answer = await ask('/metrics');
    expect([answer.status, answer.headers.get('content-type')]).toEqual([
      200,
      expect.stringMatching(/^text\/plain; version=0\.0\.4/),
    ]);
    expect(await answer.text()).toMatch(/^process_resident_memory_bytes \d+$/m);
  });

  test.each([
    ['/healthz', {}, 200],
    ['/readyz', {}, 503],
    ['/readyz?full', {}, 503],
    ['/v1/session', {}, 404],
    ['/metrics', { method: 'POST' }, 404],
  ])('%s %o is answered with %i', async (path, init, status) => {
    const ask = await start(relay({ streams: [stream('a', { state: 'down' })] }));
    expect((await ask(path, init)).status).toBe(status);
  });
});
