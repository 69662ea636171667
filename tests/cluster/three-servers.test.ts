/** Three relays on a cluster of three NATS servers, of which one is lost and comes back, or all are. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type NatsCluster, startNatsCluster } from '../nats-server.ts';
import { findLeadingServer, untilReplicated } from './nats-streams.ts';
import { begin, conclude } from './scenario.ts';
import { type Cluster, startCluster } from './world.ts';

const AGENTS = 60;
/** NATS chooses a new leader in 4 to 10 s; if the lease ran out meanwhile, another relay takes over after that. */
const ELECTION_MS = 25_000;
/** The servers agree again in 4 to 10 s; a log that lost all is then begun anew. */
const ALL_LOST_MS = 60_000;

let nats: NatsCluster;
let cluster: Cluster;

beforeAll(async () => {
  nats = await startNatsCluster();
  cluster = await startCluster({ agents: AGENTS, nats: { urls: nats.urls, replicas: 3 } });
}, 150_000);

afterAll(async () => {
  await cluster?.stop();
  await nats?.stop();
});

beforeEach(async () => {
  await untilReplicated(nats);
  await begin(cluster);
}, 180_000);

const epochs = () => new Set(cluster.agents().map((agent) => agent.epoch()));

describe('three relays on three NATS servers', () => {
  test('the server that leads the log is killed, and comes back: the relays go on in the same log', async () => {
    const before = epochs();
    const server = await findLeadingServer(nats);
    await server.kill();
    await conclude(cluster, 'the server that leads the log is killed', ELECTION_MS);
    await server.restart();
    await untilReplicated(nats);
    await conclude(cluster, 'the server is back', ELECTION_MS);
    expect(epochs()).toEqual(before);
  });

  test('a server that does not lead the log is killed, and comes back', async () => {
    const before = epochs();
    const leading = await findLeadingServer(nats);
    const server = nats.servers.find(({ name }) => name !== leading.name);
    await server?.kill();
    await conclude(cluster, 'a server that does not lead the log is killed', ELECTION_MS);
    await server?.restart();
    await untilReplicated(nats);
    await conclude(cluster, 'the server is back', ELECTION_MS);
    expect(epochs()).toEqual(before);
  });

  test('all servers are killed at once, and come back: the relays go on in another log', async () => {
    const before = epochs();
    await Promise.all(nats.servers.map((server) => server.kill()));
    await Promise.all(nats.servers.map((server) => server.restart()));
    await conclude(cluster, 'all servers are killed at once', ALL_LOST_MS);
    expect(epochs()).not.toEqual(before);
  });
});
