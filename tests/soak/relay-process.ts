/** The relay as a process of its own, so that it can crash, and so that its memory is its own. */
import { spawn } from 'node:child_process';
import { appendFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { keptLog } from '../secrecy/kept-logs.ts';

export type RelayProcess = {
  url: string;
  port: number;
  pid: number;
  /** How it ended by itself; undefined while it runs. */
  ended(): string | undefined;
  /** SIGTERM; resolves with the exit code, once it is gone. */
  stop(): Promise<number | null>;
  /** Ends it without a word. */
  kill(): void;
};

const MAIN = resolve(import.meta.dirname, '../../relay/main.ts');

/** Its log is appended to `logPath`. Rejects if it ends before it listens. */
export async function startRelayProcess(configPath: string, logPath: string): Promise<RelayProcess> {
  const log = keptLog((text) => appendFileSync(logPath, text));
  const child = spawn(process.execPath, [MAIN, '--config', configPath], {
    env: { PATH: process.env['PATH'] },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  child.stderr.setEncoding('utf8').on('data', log.write);
  let end: string | undefined;
  const gone = new Promise<number | null>((done) => {
    child.once('close', (code, signal) => {
      end = signal === null ? `exit code ${code}` : `signal ${signal}`;
      done(code);
    });
  });
  const url = await new Promise<string>((ready, reject) => {
    let printed = '';
    child.stdout.setEncoding('utf8').on('data', (part: string) => {
      printed += part;
      const found = /^ready (ws:\S+)\n/.exec(printed)?.[1];
      if (found !== undefined) ready(found);
    });
    void gone.then(() => reject(new Error(`the relay did not start (${end}): see ${logPath}`)));
  });
  return {
    url,
    port: Number(new URL(url).port),
    pid: child.pid ?? 0,
    ended: () => end,
    stop() {
      child.kill('SIGTERM');
      return gone;
    },
    kill: () => void child.kill('SIGKILL'),
  };
}
