/** The relay's package as somebody has it who has nothing else: packed, installed from the file, run by npx. */
import { execFile, spawn } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { delimiter, dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { onTestFinished } from 'vitest';
import { keptLog } from '../secrecy/kept-logs.ts';

export const ROOT = resolve(import.meta.dirname, '../..');
/** Of the Node that runs the tests. */
export const OWN_NODE = dirname(process.execPath);

const INSTALL = ['install', '--no-audit', '--no-fund', '--prefer-offline'];
const run = promisify(execFile);

/** A shell that finds the Node of this folder first, and knows nothing of an `npm run` that we may be a part of. */
function shellWith(nodeFolder: string): NodeJS.ProcessEnv {
  const foreign =
    /^(npm_(package|lifecycle|command|execpath|node_execpath|config_local_prefix)|INIT_CWD$|NODE$)/;
  const kept = Object.entries(process.env).filter(([name]) => !foreign.test(name));
  const path = `${nodeFolder}${delimiter}${process.env['PATH']}`;
  return { ...Object.fromEntries(kept), PATH: path };
}

/** `npm run pack:relay`. Resolves with the file's path. */
export async function packRelay(): Promise<string> {
  const { stdout } = await run('npm', ['run', '--silent', 'pack:relay'], {
    cwd: ROOT,
    env: shellWith(OWN_NODE),
  });
  return join(ROOT, stdout.trim());
}

/** Into a folder that is made for it. */
export async function install(spec: string, folder: string): Promise<void> {
  await mkdir(folder);
  await writeFile(join(folder, 'package.json'), '{ "private": true, "allowScripts": { "node": true } }');
  await run('npm', [...INSTALL, spec], { cwd: folder, env: shellWith(OWN_NODE) });
}

export type Ended = { code: number | null; stdout: string; stderr: string };

/** What is typed in the folder that the package is installed in, in a shell with the Node of `nodeFolder`. */
export function relayIn(folder: string, nodeFolder: string) {
  const files = join(folder, 'node_modules/earshot-relay');

  /** Its group is ended with the test. */
  function start(program: string, args: readonly string[]) {
    const child = spawn(program, args, {
      cwd: folder,
      env: shellWith(nodeFolder),
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
    });
    const { pid } = child;
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
    const log = keptLog((text) => (stderr += text));
    child.stderr.setEncoding('utf8').on('data', log.write);
    const ended = new Promise<Ended>((done, failed) => {
      child.once('error', failed);
      child.once('close', (code) => done({ code, stdout, stderr }));
    });
    onTestFinished(() => {
      if (child.exitCode === null && pid !== undefined) process.kill(-pid, 'SIGKILL');
    });
    return { stdout: () => stdout, stderr: () => stderr, terminate: () => child.kill('SIGTERM'), ended };
  }

  return {
    files,
    readText: (file: string) => readFile(join(files, file), 'utf8'),
    /** The program that npx finds, by itself: npx hands no SIGTERM on. */
    start: (...args: readonly string[]) => start(join(folder, 'node_modules/.bin/earshot-relay'), args),
    /** `npx earshot-relay …`. */
    run: (...args: readonly string[]): Promise<Ended> => start('npx', ['earshot-relay', ...args]).ended,
    write: (file: string, text: string) => writeFile(join(folder, file), text),
  };
}
