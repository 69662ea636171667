/** Three relays on one NATS server, 300 agents, numbered lines: whatever ends, freezes or is cut off, nothing is lost untold. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { sleep } from '../chaos/patience.ts';
import { type NatsServer, startNatsServer } from '../nats-server.ts';
import type { ClusterAgent } from './cluster-agent.ts';
import { begin, conclude } from './scenario.ts';
import { until } from './until.ts';
import { type Cluster, startCluster } from './world.ts';

const AGENTS = 300;
const PATIENCE_MS = 60_000;
/** Longer than a lease lives without being renewed. */
const FROZEN_MS = 7_000;
const CUT_SHORT_MS = 3_000;
/** Shorter than it takes to notice that NATS has fallen silent. */
const BEHIND_MS = 500;
/** Longer than a relay lets agents wait for it to have read as far as they have. */
const WAITED_MS = 5_000;
/** A lease runs out, another relay takes it and connects: on a machine that is busy with all of this. */
const HAND_OVER_MS = 15_000;

let nats: NatsServer;
let cluster: Cluster;

beforeAll(async () => {
  nats = await startNatsServer();
  cluster = await startCluster({
    agents: AGENTS,
    nats: { urls: [nats.url], replicas: 1, proxiedPort: nats.port },
  });
}, 120_000);

afterAll(async () => {
  await cluster?.stop();
  await nats?.stop();
});

beforeEach(() => begin(cluster), 180_000);

function countsOf(agents: readonly ClusterAgent[]) {
  return agents.map((agent) => agent.counts());
}

/** Every one of these was taken up where it was, by another relay. */
function expectRecovered(agents: readonly ClusterAgent[], before: ReturnType<typeof countsOf>): void {
  agents.forEach((agent, index) => {
    const { recovered, notRecovered } = agent.counts();
    expect(recovered, agent.member.name).toBeGreaterThan(before[index]?.recovered ?? 0);
    expect(notRecovered, agent.member.name).toBe(before[index]?.notRecovered);
  });
}

describe('three relays on one NATS server', () => {
  test('the leader is killed: another leads, and takes up its agents where they were', async () => {
    const leader = await cluster.relays.leader();
    const its = cluster.agentsAt(leader);
    const others = cluster.agents().filter((agent) => !its.includes(agent));
    const [itsBefore, othersBefore] = [countsOf(its), countsOf(others)];
    leader.kill();
    await cluster.relays.otherLeader(leader);
    await conclude(cluster, 'the leader is killed', HAND_OVER_MS);
    expect(its.length).toBeGreaterThan(0);
    expectRecovered(its, itsBefore);
    expect(countsOf(others)).toEqual(othersBefore);
  });

  test('the leader is frozen for longer than its lease: it writes no more, and follows', async () => {
    const leader = await cluster.relays.leader();
    leader.freeze();
    await sleep(FROZEN_MS);
    await cluster.relays.otherLeader(leader);
    leader.thaw();
    await conclude(cluster, 'the leader is frozen', HAND_OVER_MS);
    expect((await cluster.relays.leader()).name).not.toBe(leader.name);
  });

  test('the leader is stopped: another need not wait for its lease to run out', async () => {
    const leader = await cluster.relays.leader();
    const its = cluster.agentsAt(leader);
    const before = countsOf(its);
    expect(await leader.stop()).toBe(0);
    await cluster.relays.otherLeader(leader);
    await conclude(cluster, 'the leader is stopped', 4_000);
    expectRecovered(its, before);
  });

  test('NATS is killed and started anew: the relays go on in a new log, and a gap is told', async () => {
    const epoch = cluster.agents()[0]?.epoch();
    await nats.restart();
    const { gaps } = await conclude(cluster, 'NATS is restarted', HAND_OVER_MS);
    expect(gaps.length).toBeGreaterThan(0);
    const epochs = new Set(cluster.agents().map((agent) => agent.epoch()));
    expect(epochs.size).toBe(1);
    expect(epochs.has(epoch)).toBe(false);
  });

  test('NATS is frozen for longer than a lease: it is told where something is missing, if it is', async () => {
    nats.pause();
    await sleep(FROZEN_MS);
    nats.resume();
    await conclude(cluster, 'NATS is frozen', HAND_OVER_MS);
  });

  test('a follower is cut off for a moment: nothing is lost', async () => {
    const follower = await cluster.relays.follower();
    const its = cluster.agentsAt(follower);
    const before = countsOf(its);
    cluster.relays.proxyOf(follower).block();
    await sleep(CUT_SHORT_MS);
    cluster.relays.proxyOf(follower).unblock();
    await conclude(cluster, 'a follower is cut off for a moment', 0);
    expect(countsOf(its)).toEqual(before);
  });

  test('a follower hears nothing of NATS for long: its agents move, and nothing is lost', async () => {
    const follower = await cluster.relays.follower();
    const its = cluster.agentsAt(follower);
    const before = countsOf(its);
    cluster.relays.proxyOf(follower).stall();
    await until(
      () => `its agents have left: ${cluster.agentsAt(follower).length} are there`,
      PATIENCE_MS,
      () => cluster.agentsAt(follower).length === 0,
    );
    await until('they are elsewhere', PATIENCE_MS, () => its.every((agent) => agent.relay() !== undefined));
    cluster.relays.proxyOf(follower).flow();
    await conclude(cluster, 'a follower is cut off for long', 0);
    expectRecovered(its, before);
  });

  test('agents come to a relay that is behind and does not know it yet: nothing comes twice', async () => {
    const leader = await cluster.relays.leader();
    const [behind, killed] = cluster.relays.all.filter(({ name }) => name !== leader.name);
    if (behind === undefined || killed === undefined) throw new Error('there are three relays');
    cluster.relays.proxyOf(behind).stall();
    await sleep(BEHIND_MS);
    killed.kill();
    await sleep(WAITED_MS);
    cluster.relays.proxyOf(behind).flow();
    const { gaps } = await conclude(cluster, 'agents come to a relay that is behind', 0);
    expect(gaps).toEqual([]);
  });

  test('the leader hears nothing of NATS: another leads, and it follows once it is back', async () => {
    const leader = await cluster.relays.leader();
    cluster.relays.proxyOf(leader).stall();
    await cluster.relays.otherLeader(leader);
    await until('it leads no more', PATIENCE_MS, async () => !(await leader.isLeading()));
    cluster.relays.proxyOf(leader).flow();
    await conclude(cluster, 'the leader is cut off', HAND_OVER_MS);
  });

  test('the leader is cut off for a moment: no two write, whoever leads then', async () => {
    const leader = await cluster.relays.leader();
    cluster.relays.proxyOf(leader).block();
    await sleep(CUT_SHORT_MS);
    cluster.relays.proxyOf(leader).unblock();
    await conclude(cluster, 'the leader is cut off for a moment', HAND_OVER_MS);
  });

  test('the platform drops the connection: every agent of every relay is told of the gap', async () => {
    cluster.platform.cut();
    const { gaps } = await conclude(cluster, 'the platform drops the connection', 5_000);
    expect(gaps.map(({ agents }) => agents)).toContain(AGENTS);
  });

  test('a relay after the other is restarted while lines are said', async () => {
    for (const relay of cluster.relays.all) {
      expect(await relay.stop()).toBe(0);
      await relay.start();
      await cluster.untilReady();
    }
    await conclude(cluster, 'a relay after the other is restarted', 12_000);
  });

  test('tokens that are revoked are refused by every relay at once', async () => {
    const revoked = cluster.relays.all.flatMap((relay) => cluster.agentsAt(relay).slice(0, 3));
    expect(revoked).toHaveLength(9);
    const startedMs = performance.now();
    cluster.revoke(revoked);
    await until(
      () => `they are gone: ${revoked.map((agent) => agent.state()).join(', ')}`,
      PATIENCE_MS,
      () => revoked.every((agent) => agent.state() === 'stopped token-refused'),
    );
    console.info(
      `revoked tokens were refused after ${((performance.now() - startedMs) / 1_000).toFixed(1)} s`,
    );
    for (const agent of revoked) expect(agent.closes()).toContain(4401);
    await conclude(cluster, 'tokens are revoked', 0);
  });
});
