/** One relay of several: a process of its own on ports that stay, with its configuration, its token and its log. */
import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { freePort } from '../free-port.ts';
import { type RelayProcess, startRelayProcess } from '../soak/relay-process.ts';

type ClusterRelayOptions = {
  name: string;
  /** Its own, made here. */
  folder: string;
  platformUrl: string;
  natsUrls: readonly string[];
  replicas: 1 | 3;
};

export type ClusterRelay = Awaited<ReturnType<typeof prepareClusterRelay>>;

const ANSWER_WITHIN_MS = 2_000;

/** The platform takes it, and knows by it which relay is there. */
export const platformTokenOf = (relay: string): string => `platform-token-${relay}`;

export async function prepareClusterRelay(options: ClusterRelayOptions) {
  const { name, folder } = options;
  mkdirSync(folder, { recursive: true });
  const [port, operationsPort] = [await freePort(), await freePort()];
  const configPath = join(folder, 'relay.json');
  const logPath = join(folder, 'relay.log');
  let running: RelayProcess | undefined;
  /** It was told to end. */
  let isToEnd = false;
  writeFileSync(join(folder, 'platform.token'), `${platformTokenOf(name)}\n`);

  function requireRunning(): RelayProcess {
    if (running === undefined) throw new Error(`relay ${name} does not run`);
    return running;
  }

  /** Of its `/metrics`; undefined where it does not answer or has no such line. */
  async function readMetric(line: string): Promise<number | undefined> {
    try {
      const signal = AbortSignal.timeout(ANSWER_WITHIN_MS);
      const text = await (await fetch(`http://127.0.0.1:${operationsPort}/metrics`, { signal })).text();
      const found = text.split('\n').find((one) => one.startsWith(`${line} `));
      return found === undefined ? undefined : Number(found.slice(line.length));
    } catch {
      return undefined;
    }
  }

  return {
    name,
    port,
    logPath,
    /** A whole file takes the place of the other; a relay that runs takes its agents over. */
    writeConfig(agents: readonly object[]): void {
      const config = {
        listen: { host: '127.0.0.1', port },
        operations: { host: '127.0.0.1', port: operationsPort },
        upstream: { url: options.platformUrl, tokenFile: 'platform.token' },
        bus: { nats: { servers: options.natsUrls, replicas: options.replicas } },
        agents,
        limits: { connectionsPerAddress: 10_000 },
      };
      writeFileSync(`${configPath}.new`, JSON.stringify(config));
      renameSync(`${configPath}.new`, configPath);
    },
    async start(): Promise<void> {
      isToEnd = false;
      running = await startRelayProcess(configPath, logPath);
    },
    isRunning: () => running !== undefined && running.ended() === undefined,
    /** How, if nobody told it to. */
    endedByItself: () => (isToEnd ? undefined : running?.ended()),
    /** SIGTERM; resolves when it is gone. */
    stop(): Promise<number | null> {
      isToEnd = true;
      return requireRunning().stop();
    },
    kill(): void {
      isToEnd = true;
      requireRunning().kill();
    },
    /** SIGSTOP: it neither runs nor closes anything. */
    freeze: () => void process.kill(requireRunning().pid, 'SIGSTOP'),
    thaw: () => void process.kill(requireRunning().pid, 'SIGCONT'),
    isLeading: async () => (await readMetric('earshot_leader{stream="main"}')) === 1,
    readMetric,
    /** Without a word, where it runs; resolves when it is gone. */
    async end(): Promise<void> {
      if (running === undefined || running.ended() !== undefined) return;
      isToEnd = true;
      running.kill();
      await running.stop();
    },
  };
}
