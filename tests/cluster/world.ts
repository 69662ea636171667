/** Relays on NATS, a platform before them, a balancer and a crew of agents behind them. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Account, createAudit, createWriters } from './audit.ts';
import { startBalancer } from './balancer.ts';
import { type ClusterAgent, createClusterAgent } from './cluster-agent.ts';
import { type ClusterRelay, platformTokenOf } from './cluster-relay.ts';
import { createCrew, describeCrew } from './crew.ts';
import { startNumberedPlatform } from './numbered-platform.ts';
import { type NatsPlace, RELAY_NAMES, startRelaySet } from './relay-set.ts';
import { until } from './until.ts';

/** A machine that is busy, and agents that wait before they try again. */
const SETTLE_MS = 60_000;
/** A last line that fell into a gap is followed by another. */
const SAY_AGAIN_MS = 2_000;

export type Cluster = Awaited<ReturnType<typeof startCluster>>;

/** Resolves when every relay is ready, every agent is connected, and the platform speaks. */
export async function startCluster(options: { agents: number; nats: NatsPlace }) {
  const undoing: (() => unknown)[] = [];
  const undo = (action: () => unknown) => void undoing.push(action);
  async function stop(): Promise<void> {
    for (const action of undoing.splice(0).reverse()) await action();
  }
  try {
    return { ...(await build(options, undo)), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function build(
  { agents: size, nats }: { agents: number; nats: NatsPlace },
  undo: (action: () => unknown) => void,
) {
  const folder = mkdtempSync(join(tmpdir(), 'earshot-cluster-'));
  undo(() => rmSync(folder, { recursive: true, force: true }));
  const relayOf = (token: string) => RELAY_NAMES.find((name) => platformTokenOf(name) === token);
  const platform = await startNumberedPlatform(relayOf);
  undo(platform.stop);
  const crew = createCrew(size);
  const place = { folder, platformUrl: platform.url, nats, agents: describeCrew(crew) };
  const relays = await startRelaySet(place, undo);
  const balancer = startBalancer(relays.all);
  undo(balancer.stop);
  const writers = createWriters();
  const audit = createAudit(platform.lines, writers);
  const agents = crew.map((member) => createClusterAgent(member, { balancer, onLine: writers.saw }));
  undo(() => {
    for (const agent of agents) agent.stop();
  });
  /** Those whose tokens are good. */
  let present: readonly ClusterAgent[] = agents;

  async function untilReady(): Promise<void> {
    const lacking = () => relays.all.flatMap(({ name }) => (balancer.isReady(name) ? [] : [name]));
    await until(
      () => `every relay is ready, but for ${lacking()}`,
      SETTLE_MS,
      () => lacking().length === 0,
    );
  }

  async function untilConnected(): Promise<void> {
    await until(
      () => `every agent is connected: ${describeStates(present)}`,
      SETTLE_MS,
      () => present.every((agent) => agent.state() === 'connected'),
    );
  }

  async function untilAllHaveLast(): Promise<void> {
    let saidMs = performance.now();
    let last = platform.sayToEveryone();
    const lacking = () => present.filter((agent) => agent.newest() < last.n);
    await until(
      () => `everybody has the last line: ${describeLacking(lacking())}`,
      SETTLE_MS,
      () => {
        relays.requireAlive();
        if (lacking().length === 0) return true;
        if (performance.now() - saidMs < SAY_AGAIN_MS) return false;
        last = platform.sayToEveryone();
        saidMs = performance.now();
        return false;
      },
    );
  }

  await untilReady();
  for (const agent of agents) agent.start();
  await untilConnected();
  platform.speak();

  return {
    platform,
    relays,
    untilReady,
    agents: (): readonly ClusterAgent[] => present,
    agentsAt: ({ name }: ClusterRelay) => present.filter((agent) => agent.relay() === name),
    /** Every relay runs and is ready, and has its share of the agents: those of others break their lines. */
    async mend(): Promise<void> {
      relays.requireAlive();
      await relays.mend();
      await untilReady();
      await untilConnected();
      const share = Math.ceil(present.length / relays.all.length);
      for (const { name } of relays.all) {
        const here = present.filter((agent) => agent.relay() === name);
        for (const agent of here.slice(share)) agent.reset();
      }
      await untilConnected();
    },
    /** Their tokens are gone from every relay's configuration, and they are asked for nothing any more. */
    revoke(revoked: readonly ClusterAgent[]): void {
      present = present.filter((agent) => !revoked.includes(agent));
      relays.writeAgents(describeCrew(present.map(({ member }) => member)));
    },
    /** The platform pauses until everybody has its last line; what was told since the last time is gone through. */
    async account(): Promise<Account> {
      platform.pause();
      await untilAllHaveLast();
      const account = audit.close(present);
      platform.speak();
      return account;
    },
    async untilAloneWithPlatform({ name }: ClusterRelay): Promise<void> {
      await until(
        () => `relay ${name} alone is with the platform: ${platform.standing()} are`,
        SETTLE_MS,
        () => platform.standing().join() === name,
      );
    },
  };
}

function describeStates(agents: readonly ClusterAgent[]): string {
  const states = new Map<string, number>();
  for (const agent of agents) states.set(agent.state(), (states.get(agent.state()) ?? 0) + 1);
  return [...states].map(([state, count]) => `${count} ${state}`).join(', ');
}

function describeLacking(lacking: readonly ClusterAgent[]): string {
  const some = lacking.slice(0, 5).map((agent) => {
    const { member, relay, state, newest } = agent;
    return `${member.name} at relay ${relay() ?? 'none'} (${state()}) has ${newest()}`;
  });
  return `${lacking.length} have not, such as ${some.join('; ')}`;
}
