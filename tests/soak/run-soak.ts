/** A soak from start to end: a relay process, a platform, agents, the stalled, the noisy, and what came of it. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { createRandom } from '../chaos/random.ts';
import { createFakePlatform } from '../unit/relay/fake-platform.ts';
import { judgeMemory, type MemoryVerdict, type Sample } from './memory.ts';
import { startNoise } from './noise.ts';
import { probeHealth, readCpuSeconds, sampleMemory } from './probes.ts';
import { createReference } from './reference.ts';
import { createRelayFiles } from './relay-files.ts';
import { type RelayProcess, startRelayProcess } from './relay-process.ts';
import { createHistory, createMembers, NOISY, REFERENCE, STALLED } from './roster.ts';
import { createSoakAgent, type SoakAgent } from './soak-agent.ts';
import { MARK } from './soak-call.ts';
import type { SoakWorld } from './soak-world.ts';
import { startStalledReaders } from './stalled-readers.ts';
import { createStreamRecord } from './stream-record.ts';
import { createTally } from './tally.ts';
import { startTraffic } from './traffic.ts';
import { changeRules, dropPlatform, renewToken } from './troubles.ts';

export type SoakOptions = { durationMs: number; stalled: number; seed: number };
export type SoakResult = {
  breaches: string[];
  tally: Record<string, number>;
  memory: MemoryVerdict;
};

const FIRST_TOKEN = 'platform-token-1';
const SETTLE_MS = 30_000;
const STOP_MS = 20_000;

export async function runSoak({ durationMs, stalled, seed }: SoakOptions): Promise<SoakResult> {
  const random = createRandom(seed);
  const { tally, counts } = createTally();
  const breaches = createBreaches();
  const members = createMembers();
  const folder = mkdtempSync(join(tmpdir(), 'earshot-soak-'));
  const platform = await createFakePlatform();
  const files = createRelayFiles(folder, platform.url, [REFERENCE, STALLED, NOISY, ...members]);
  const undo: (() => void)[] = [];
  const samples: Sample[] = [];
  try {
    files.writeToken(FIRST_TOKEN);
    files.writeConfig(0);
    const relay = await startRelayProcess(files.configPath, files.logPath);
    undo.push(relay.kill);
    const traffic = startTraffic(random, platform.say);
    undo.push(traffic.stop);
    const world: SoakWorld = {
      port: relay.port,
      random,
      history: createHistory(performance.now()),
      record: createStreamRecord(traffic.numberOf),
      numberOf: traffic.numberOf,
      tally,
      breach: breaches.add,
    };
    const reference = createReference(world);
    const agents = members.map((member) => createSoakAgent(member, true, world));
    undo.push(...agents.map((agent) => agent.stop), reference.agent.stop);
    reference.agent.start();
    for (const agent of agents) agent.start();

    const troubles = [
      startStalledReaders(stalled, world).stop,
      startNoise(world).stop,
      changeRules(world, files),
      dropPlatform(world, platform.cut),
      renewToken(world, files, platform.tokens),
      sampleMemory(relay, samples),
      probeHealth(world),
    ];
    undo.push(...troubles);
    await endOf(relay, durationMs);
    if (relay.ended() === undefined) {
      tally.max("the relay's CPU, s", readCpuSeconds(relay.pid));
      for (const stop of [...troubles, traffic.stop]) stop();
      await untilConnected(platform.connections);
      traffic.sayOne();
      await settle([reference.agent, ...agents], world);
      reference.judge(traffic.sent());
      for (const agent of agents) {
        judgeAgent(agent, world);
        agent.comeNoMore();
      }
      reference.agent.comeNoMore();
      await stopRelay(relay, world);
    } else breaches.add(`the relay ended by itself: ${relay.ended()}`);
    tally.count('events of the platform', traffic.sent());
    judgeLog(readFileSync(files.logPath, 'utf8'), world);
  } finally {
    for (const action of undo.reverse()) action();
    await platform.stop();
    rmSync(folder, { recursive: true });
  }
  const memory = judgeMemory(samples);
  if (memory.isFlat === false) breaches.add('the memory is not flat');
  return { breaches: breaches.all(), tally: counts(), memory };
}

/** The first of each kind in words, the others as a number. */
function createBreaches() {
  const MOST = 50;
  const first: string[] = [];
  let count = 0;
  return {
    add(what: string): void {
      count += 1;
      if (first.length < MOST) first.push(what);
    },
    all: () => (count > MOST ? [...first, `and ${count - MOST} more`] : first),
  };
}

async function endOf(relay: RelayProcess, durationMs: number): Promise<void> {
  const end = performance.now() + durationMs;
  while (performance.now() < end && relay.ended() === undefined) await delay(200);
}

/** A cut a moment ago may not have been noticed yet. */
async function untilConnected(connections: () => number): Promise<void> {
  const startedMs = performance.now();
  await delay(500);
  while (connections() === 0 && performance.now() - startedMs < SETTLE_MS) await delay(50);
}

/** Everybody stays, and is given time to have all there is. */
async function settle(agents: readonly SoakAgent[], { record, tally }: SoakWorld): Promise<void> {
  const startedMs = performance.now();
  for (const agent of agents) agent.stay();
  await delay(2_000);
  const isThere = () => agents.every((agent) => !agent.isAwaited() || agent.newest() >= record.head());
  while (!isThere() && performance.now() - startedMs < SETTLE_MS) await delay(100);
  tally.max('settled after, ms', performance.now() - startedMs);
}

function judgeAgent(agent: SoakAgent, { breach }: SoakWorld): void {
  const missing = agent.missing();
  if (missing.length > 0) breach(`${agent.name} misses ${missing.length} events, such as ${missing[0]}`);
}

async function stopRelay(relay: RelayProcess, { breach, tally }: SoakWorld): Promise<void> {
  const askedMs = performance.now();
  const code = await Promise.race([relay.stop(), delay(STOP_MS, 'too late' as const, { ref: false })]);
  tally.max('stopped after, ms', performance.now() - askedMs);
  if (code !== 0) breach(`SIGTERM was answered with ${code}`);
}

/** What it must not hold, and how often the relay closed with which code. */
function judgeLog(log: string, { tally, breach }: SoakWorld): void {
  for (const secret of [MARK, 'esh_soak', 'platform-token', 'Uncaught', 'Unhandled']) {
    if (log.includes(secret)) breach(`the log holds "${secret}"`);
  }
  for (const [, code] of log.matchAll(/"code":(\d{4}),.*"msg":"client left"/g)) {
    tally.count(`clients of the relay that left with ${code}`);
  }
}
