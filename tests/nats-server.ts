/** Real `nats-server` processes with JetStream, on free ports of 127.0.0.1. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { jetstreamManager } from '@nats-io/jetstream';
import { connect, type NodeConnectionOptions } from '@nats-io/transport-node';
import { freePort } from './free-port.ts';

export type NatsServerOptions = {
  /** A free one otherwise. */
  port?: number;
  /** Stays when the server is stopped; a folder of its own, which does not, otherwise. */
  storeDir?: string;
  /** Text added to the configuration file: TLS, users. */
  extraConfig?: string;
  /** How the wait for readiness connects, where `extraConfig` asks for something. */
  probe?: NodeConnectionOptions;
};

export type NatsServer = {
  readonly url: string;
  readonly port: number;
  /** As a cluster names its leaders. */
  readonly name: string;
  /** Undefined while it does not run. */
  readonly pid: number | undefined;
  /** SIGKILL: what was in memory is lost. Resolves when it is gone. */
  kill(): Promise<void>;
  /** SIGSTOP: connections stand, nothing answers. */
  pause(): void;
  resume(): void;
  /** Kills it where it runs, and starts it on the same port with the same store; one of a cluster need not be in it yet. */
  restart(): Promise<void>;
  /** For good; its folder is removed. Does nothing the second time. */
  stop(): Promise<void>;
};

export type NatsCluster = {
  servers: readonly NatsServer[];
  urls: readonly string[];
  /** Waits until a stream can be kept on every server. */
  untilReady(): Promise<void>;
  stop(): Promise<void>;
};

const HOST = '127.0.0.1';
/** Generous: the machine may be busy with other tests. */
const PATIENCE_MS = 45_000;
const ASKED_EVERY_MS = 50;
/** What a server says is kept to this length, to be shown if it does not start. */
const KEPT_OUTPUT = 8_192;

/** Resolves when JetStream answers. */
export async function startNatsServer(options: NatsServerOptions = {}): Promise<NatsServer> {
  const server = await prepare('alone', options, '');
  await server.restart().catch(stopThenThrow(server.stop));
  return server;
}

/** Resolves when a stream can be kept on all of them. `options.port` and `storeDir` are each server's own. */
export async function startNatsCluster(
  size = 3,
  options: Pick<NatsServerOptions, 'extraConfig' | 'probe'> = {},
): Promise<NatsCluster> {
  const routePorts = await Promise.all(Array.from({ length: size }, freePort));
  const routes = routePorts.map((port) => `nats://${HOST}:${port}`).join(', ');
  const servers = await Promise.all(
    routePorts.map((port, index) =>
      prepare(
        `n${index + 1}`,
        options,
        `cluster { name: "tests", listen: "${HOST}:${port}", routes: [${routes}] }`,
      ),
    ),
  );
  const urls = servers.map(({ url }) => url);
  const stop = async () => void (await Promise.all(servers.map((server) => server.stop())));
  const untilReady = () =>
    untilAnswered(() => keepStreamEverywhere(size, { ...options.probe, servers: urls }));
  await Promise.all(servers.map((server) => server.restart()))
    .then(untilReady)
    .catch(stopThenThrow(stop));
  return { servers, urls, untilReady, stop };
}

async function prepare(name: string, options: NatsServerOptions, clusterConfig: string): Promise<NatsServer> {
  const folder = await mkdtemp(join(tmpdir(), 'earshot-nats-'));
  const port = options.port ?? (await freePort());
  const url = `nats://${HOST}:${port}`;
  const configPath = join(folder, 'server.conf');
  let child: ChildProcess | undefined;
  let output = '';

  const killAtExit = () => void child?.kill('SIGKILL');
  process.on('exit', killAtExit);
  await writeFile(
    configPath,
    `listen: "${HOST}:${port}"
server_name: "${name}"
max_payload: 8MB
jetstream { store_dir: "${options.storeDir ?? folder}", max_memory_store: 1GB, max_file_store: 1GB }
${clusterConfig}
${options.extraConfig ?? ''}
`,
  );

  async function end(signal: NodeJS.Signals): Promise<void> {
    const ending = child;
    if (ending === undefined) return;
    const gone = once(ending, 'exit');
    ending.kill(signal);
    ending.kill('SIGCONT');
    const timer = setTimeout(() => ending.kill('SIGKILL'), PATIENCE_MS);
    await gone;
    clearTimeout(timer);
  }

  async function start(): Promise<void> {
    const started = spawn('nats-server', ['--config', configPath], { stdio: ['ignore', 'ignore', 'pipe'] });
    await new Promise((resolve, reject) => {
      started.once('spawn', resolve);
      started.once('error', (error: NodeJS.ErrnoException) =>
        reject(error.code === 'ENOENT' ? new Error('no nats-server here: apt install nats-server') : error),
      );
    });
    child = started;
    output = '';
    started.stderr?.on('data', (text: Buffer) => {
      output = (output + text).slice(-KEPT_OUTPUT);
    });
    started.once('exit', () => {
      if (child === started) child = undefined;
    });
    await untilAnswered(
      () => ask({ ...options.probe, servers: url }, clusterConfig === ''),
      () => child === started,
    ).catch((error: unknown) => {
      throw new Error(`nats-server did not start:\n${output}`, { cause: error });
    });
  }

  return {
    url,
    port,
    name,
    get pid() {
      return child?.pid;
    },
    kill: () => end('SIGKILL'),
    pause: () => void child?.kill('SIGSTOP'),
    resume: () => void child?.kill('SIGCONT'),
    async restart() {
      await end('SIGKILL');
      await start();
    },
    async stop() {
      await end('SIGTERM');
      process.off('exit', killAtExit);
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function stopThenThrow(stop: () => Promise<void>) {
  return async (error: unknown): Promise<never> => {
    await stop();
    throw error;
  };
}

/** Asks until it is answered. Rejects with the last failure when `mayAsk` says no, or patience ends. */
async function untilAnswered(question: () => Promise<void>, mayAsk = () => true): Promise<void> {
  const untilMs = performance.now() + PATIENCE_MS;
  for (;;) {
    try {
      return await question();
    } catch (error) {
      if (!mayAsk() || performance.now() > untilMs) throw error;
      await sleep(ASKED_EVERY_MS);
    }
  }
}

/** Rejects unless a connection stands and, if `withJetStream`, JetStream answers. */
async function ask(options: NodeConnectionOptions, withJetStream: boolean): Promise<void> {
  const connection = await connect({ ...options, reconnect: false, timeout: 2_000 });
  try {
    if (withJetStream) await (await jetstreamManager(connection)).getAccountInfo();
  } finally {
    await connection.close();
  }
}

async function keepStreamEverywhere(servers: number, options: NodeConnectionOptions): Promise<void> {
  const connection = await connect({ ...options, reconnect: false, timeout: 2_000 });
  try {
    const { streams } = await jetstreamManager(connection);
    await streams.add({ name: 'READY', subjects: ['ready'], storage: 'memory', num_replicas: servers });
    await streams.delete('READY');
  } finally {
    await connection.close();
  }
}
