/** The relay as the process it is in real life, so that signals are real. Its address stays over all its lives. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { freePort } from '../free-port.ts';
import { keptLog } from '../secrecy/kept-logs.ts';
import { waitUntil } from './patience.ts';

export type RelayOptions = {
  /** Config and log lie here. */
  folder: string;
  upstreamUrl: string;
  platformToken: string;
  agentToken: string;
  onStarted(): void;
  /** Called once its process is gone. */
  onDied(): void;
};

export type RelayProcess = {
  port: number;
  logPath: string;
  isUp(): boolean;
  /** Starts it where it is not up, and waits until it listens. `windowEvents`: as in its configuration. */
  start(windowEvents?: number): Promise<void>;
  /** SIGTERM, as a service manager restarts it. */
  stop(): Promise<void>;
  /** SIGKILL, as a machine that fails ends it. */
  kill(): Promise<void>;
  /** SIGSTOP: it neither runs nor closes anything. */
  freeze(): void;
  thaw(): void;
};

/** Its default; the largest reach, so that only the fault that wants it overruns the window. */
const WINDOW_EVENTS = 1_000_000;
const PATIENCE_MS = 15_000;
const main = resolve(import.meta.dirname, '../../relay/main.ts');

export async function prepareRelay(options: RelayOptions): Promise<RelayProcess> {
  const port = await freePort();
  const configPath = join(options.folder, 'relay.json');
  const logPath = join(options.folder, 'relay.log');
  const log = keptLog((text) => appendFileSync(logPath, text));
  let child: ChildProcess | undefined;

  function writeConfig(windowEvents: number): void {
    const config = {
      listen: { host: '127.0.0.1', port },
      upstream: { url: options.upstreamUrl },
      window: { events: windowEvents, ms: 24 * 60 * 60_000, bytes: 1024 ** 3 },
    };
    writeFileSync(configPath, JSON.stringify(config));
  }

  async function end(signal: NodeJS.Signals): Promise<void> {
    const ending = child;
    if (ending === undefined) return;
    const gone = once(ending, 'exit');
    ending.kill(signal);
    const timer = setTimeout(() => ending.kill('SIGKILL'), PATIENCE_MS);
    await gone;
    clearTimeout(timer);
  }

  return {
    port,
    logPath,
    isUp: () => child !== undefined,
    async start(windowEvents = WINDOW_EVENTS) {
      if (child !== undefined) return;
      writeConfig(windowEvents);
      const started = spawn(process.execPath, [main, '--config', configPath], {
        stdio: ['ignore', 'pipe', 'pipe'],
        env: {
          ...process.env,
          EARSHOT_PLATFORM_TOKEN: options.platformToken,
          EARSHOT_AGENT_TOKEN: options.agentToken,
        },
      });
      child = started;
      options.onStarted();
      started.stderr?.on('data', (text: Buffer) => log.write(String(text)));
      let isReady = false;
      started.stdout?.on('data', (text: Buffer) => {
        isReady ||= text.includes('ready ');
      });
      started.once('exit', () => {
        if (child !== started) return;
        child = undefined;
        options.onDied();
      });
      if (!(await waitUntil(() => isReady || child !== started, PATIENCE_MS)) || !isReady) {
        throw new Error(`the relay did not start; its log is ${logPath}`);
      }
    },
    stop: () => end('SIGTERM'),
    kill: () => end('SIGKILL'),
    freeze: () => void child?.kill('SIGSTOP'),
    thaw: () => void child?.kill('SIGCONT'),
  };
}
