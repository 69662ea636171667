/** A proxy as a process of its own, in the foreground: everything it says is kept. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

export type Command = { file: string; args: readonly string[]; env?: Readonly<Record<string, string>> };
export type ProxyProcess = {
  /** Its standard output and standard error so far. */
  output(): string;
  /** Resolves once it is gone. */
  stop(): Promise<void>;
};

/** nginx and HAProxy lie where only root looks. */
export const searchEnv = { ...process.env, PATH: `${process.env['PATH']}:/usr/sbin` };

const START_MS = 15_000;
const STOP_MS = 5_000;
const POLL_MS = 20;

/** Linux's own way not to outlive whoever started it, however that ends: a test run that is killed undoes nothing. */
const MORTAL = ['--pdeathsig', 'TERM', '--'] as const;

/** Resolves once `port` of 127.0.0.1 is listened on; rejects with what the proxy said if it ends before. */
export async function runProxy({ file, args, env }: Command, port: number): Promise<ProxyProcess> {
  const child = spawn('setpriv', [...MORTAL, file, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...searchEnv, ...env },
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  }
  let failure: string | undefined;
  child.once('error', (error) => {
    failure = error.message;
  });
  const gone = new Promise<void>((resolve) => child.once('close', () => resolve()));
  void gone.then(() => {
    failure ??= 'it ended';
  });

  async function stop(): Promise<void> {
    child.kill('SIGTERM');
    const timer = setTimeout(() => child.kill('SIGKILL'), STOP_MS);
    await gone;
    clearTimeout(timer);
  }

  const giveUpMs = performance.now() + START_MS;
  while (!(await isListening(port))) {
    if (performance.now() > giveUpMs) failure ??= 'it does not listen';
    if (failure !== undefined) {
      await stop();
      throw new Error(`${file} did not start: ${failure}\n${output}`);
    }
    await sleep(POLL_MS);
  }
  return { output: () => output, stop };
}

async function isListening(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1');
  try {
    await once(socket, 'connect');
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}
