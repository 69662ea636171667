/** Before the first test: the proxies must be here, and Cloudflare's runtime is installed where it is not. */
import { spawnSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { WORKERD } from './proxies/worker.ts';
import { searchEnv } from './run-proxy.ts';

const HERE = import.meta.dirname;
const INSTALL_MS = 240_000;

/** The argument makes each say its version and end; Debian has it in `from`. */
const programs = [
  { program: 'nginx', argument: '-v', from: 'nginx' },
  { program: 'caddy', argument: 'version', from: 'caddy' },
  { program: 'haproxy', argument: '-v', from: 'haproxy' },
  { program: 'openssl', argument: 'version', from: 'openssl' },
  { program: 'setpriv', argument: '--version', from: 'util-linux' },
] as const;

/** Throws one sentence that says what to install. */
export function setup(): void {
  const missing = programs.filter(({ program, argument }) => !runs(program, [argument]));
  if (missing.length > 0) {
    const names = missing.map(({ from }) => from).join(' ');
    throw new Error(
      `The recipes are tested with the real programs. Install what is missing: apt-get install ${names}`,
    );
  }
  if (
    modifiedMs(join(HERE, 'node_modules/.package-lock.json')) < modifiedMs(join(HERE, 'package-lock.json'))
  ) {
    install();
  }
  if (!runs(WORKERD, ['--version'])) {
    throw new Error(
      "Cloudflare's runtime does not run here. It needs x64 or arm64, and glibc 2.35 or newer.",
    );
  }
}

function install(): void {
  const { status, stderr, error } = spawnSync(
    'npm',
    ['ci', '--prefix', HERE, '--ignore-scripts', '--no-audit', '--no-fund'],
    { encoding: 'utf8', shell: process.platform === 'win32', timeout: INSTALL_MS },
  );
  if (status === 0) return;
  throw new Error(`workerd could not be installed by npm ci in tests/recipes.\n${error?.message ?? stderr}`);
}

function runs(program: string, args: readonly string[]): boolean {
  return spawnSync(program, args, { stdio: 'ignore', env: searchEnv }).status === 0;
}

/** 0 for what is not there. */
function modifiedMs(path: string): number {
  return existsSync(path) ? statSync(path).mtimeMs : 0;
}
