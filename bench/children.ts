/** Processes of the bench: started, listened to, ended with it whatever happens. */
import { type ChildProcess, fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';

const PATIENCE_MS = 15_000;
const EXIT_FAILED = 1;
const children = new Set<ChildProcess>();

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(EXIT_FAILED));
process.once('exit', () => {
  for (const child of children) child.kill('SIGKILL');
});

/** Resolves once all of them are gone. */
export async function endChildren(): Promise<void> {
  await Promise.all(
    [...children].map(async (child) => {
      const gone = once(child, 'exit');
      child.kill('SIGKILL');
      await gone;
    }),
  );
}

function keep(child: ChildProcess): ChildProcess {
  children.add(child);
  child.once('exit', () => children.delete(child));
  return child;
}

/** A module under `bench/` with an IPC channel; `onMessage` gets what it says. */
export function forkModule(file: string, onMessage: (raw: unknown) => void): ChildProcess {
  const child = keep(fork(resolve(import.meta.dirname, file)));
  child.on('message', onMessage);
  return child;
}

/**
 * A server, once it has said `ready` on stdout: its process id and the rest of that line. What it says on stderr is
 * shown if it does not get that far.
 */
export async function startServer(
  command: string,
  args: readonly string[],
): Promise<{ pid: number; ready: string }> {
  const child = keep(spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'] }));
  let said = '';
  let complained = '';
  child.stderr?.on('data', (text: Buffer) => {
    complained = (complained + text.toString()).slice(-2_000);
  });
  const ready = await new Promise<string>((fulfil, reject) => {
    const fail = () => reject(new Error(`${command} ${args.join(' ')} did not start: ${complained}`));
    setTimeout(fail, PATIENCE_MS).unref();
    child.once('error', fail);
    child.once('exit', fail);
    child.stdout?.on('data', (text: Buffer) => {
      said += text.toString();
      const line = /^ready (.*)\n/m.exec(said)?.[1];
      if (line !== undefined) fulfil(line);
    });
  });
  if (child.pid === undefined) throw new Error(`${command} has no process`);
  return { pid: child.pid, ready };
}

/** A server that says nothing when it is ready: it is there once `isThere` resolves to true. */
export async function startSilentServer(
  command: string,
  args: readonly string[],
  isThere: () => Promise<boolean>,
): Promise<number> {
  const child = keep(spawn(command, args, { stdio: 'ignore' }));
  const giveUpMs = Date.now() + PATIENCE_MS;
  while (!(await isThere())) {
    if (child.exitCode !== null || Date.now() > giveUpMs) throw new Error(`${command} did not start`);
    await new Promise((wait) => setTimeout(wait, 50));
  }
  if (child.pid === undefined) throw new Error(`${command} has no process`);
  return child.pid;
}
