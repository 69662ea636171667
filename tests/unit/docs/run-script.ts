/** Runs a script of package.json as npm would, on the Node that runs the tests. */
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import { onTestFinished } from 'vitest';
import { root } from './documents.ts';

const manifest = v.object({ scripts: v.record(v.string(), v.string()) });
export const { scripts } = v.parse(manifest, JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')));

type Running = {
  /** With its exit code; ended by us: null. */
  ended: Promise<{ code: number | null; out: string; err: string }>;
  /** Resolves with the rest of the first line on stdout that begins so. */
  untilSays(start: string): Promise<string>;
  end(signal: NodeJS.Signals): void;
};

/** The last command of a script, where it is one of Node's: what comes before only builds. */
export function runScript(name: string, args: readonly string[], env: Record<string, string> = {}): Running {
  const [program, ...own] = scripts[name]?.split(' && ').at(-1)?.split(' ') ?? [];
  if (program !== 'node') throw new Error(`${name} is no script of Node's`);
  const child = spawn(process.execPath, [...own, ...args], {
    cwd: root,
    env: { PATH: process.env['PATH'], ...env },
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  let out = '';
  let err = '';
  const listeners = new Set<() => void>();
  child.stdout.on('data', (chunk) => {
    out += chunk;
    for (const listener of listeners) listener();
  });
  child.stderr.on('data', (chunk) => (err += chunk));
  const ended = new Promise<{ code: number | null; out: string; err: string }>((resolve) =>
    child.on('close', (code) => resolve({ code, out, err })),
  );
  return {
    ended,
    untilSays: (start) =>
      new Promise((resolve, reject) => {
        const look = () => {
          const line = out.split('\n').find((one) => one.startsWith(start));
          if (line !== undefined) resolve(line.slice(start.length).trim());
        };
        listeners.add(look);
        void ended.then(() => reject(new Error(`it ended: ${err}`)));
        look();
      }),
    end: (signal) => void child.kill(signal),
  };
}
