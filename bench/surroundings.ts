/** On what a run was made: machine and commit. */
import { execFileSync } from 'node:child_process';
import { cpus } from 'node:os';
import { findBrowser } from '../demo/launcher/find-browser.ts';
import type { Report } from './report.ts';

/** `usesBrowser`: whether it matters which. Without git the commit is `unknown`. */
export function describeSurroundings(usesBrowser: boolean): Pick<Report, 'commit' | 'dirty' | 'machine'> {
  const commit = said('git', ['rev-parse', '--short', 'HEAD']) ?? 'unknown';
  const changes = said('git', ['status', '--porcelain']) ?? '';
  const processors = cpus();
  return {
    commit,
    dirty: changes !== '',
    machine: {
      node: process.version,
      browser: usesBrowser ? browserVersion() : undefined,
      cores: processors.length,
      cpu: processors[0]?.model.trim() ?? 'unknown',
    },
  };
}

/** `Chromium 156.0.1.2`; Debian's adds on what it was built. */
function browserVersion(): string | undefined {
  return said(findBrowser(process.env, console.log), ['--version'])?.split(' built on')[0];
}

/** What a command writes, trimmed; undefined where it fails. */
function said(command: string, args: readonly string[]): string | undefined {
  try {
    return execFileSync(command, args, {
      cwd: import.meta.dirname,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim();
  } catch {
    return undefined;
  }
}
