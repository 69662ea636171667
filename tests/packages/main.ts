/**
 * `npm run reproduce`: the packages once more from their own sources. Unpacks the sources' zip into an empty folder of
 * another name, installs from its lockfile, packs again in another time zone and language, and compares every file of
 * every package, then the packages themselves. Needs `npm run zip` before, and the registry. Ends with one line of
 * JSON.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { findDifferences } from './find-differences.ts';
import { readZip } from './read-zip.ts';

const root = resolve(import.meta.dirname, '../..');
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
const SOURCES = `earshot-${version}-sources.zip`;
const PACKAGES = [`earshot-${version}-chrome.zip`, `earshot-${version}-firefox.zip`, SOURCES];
/** Elsewhere on earth, and with other rules of sorting and of capitals. */
const ELSEWHERE = { TZ: 'Pacific/Kiritimati', LANG: 'tr_TR.UTF-8', LC_ALL: 'tr_TR.UTF-8' };

function readPackage(folder: string, name: string): Buffer {
  const path = join(folder, '.output', name);
  if (!existsSync(path)) throw new Error(`There is no ${path}: npm run zip makes it.`);
  return readFileSync(path);
}

function unpack(zip: Buffer, folder: string): void {
  for (const [name, content] of readZip(zip)) {
    const path = join(folder, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, content);
  }
}

/** Throws with all that the command said where it fails; resolves to its seconds. */
function run(folder: string, ...args: readonly string[]): number {
  const fromMs = performance.now();
  const { status, stdout, stderr } = spawnSync('npm', args, {
    cwd: folder,
    encoding: 'utf8',
    env: { ...process.env, ...ELSEWHERE },
    shell: process.platform === 'win32',
  });
  if (status !== 0) throw new Error(`npm ${args.join(' ')} failed:\n${stdout}${stderr}`);
  const seconds = Math.round((performance.now() - fromMs) / 1_000);
  console.log(`${String(seconds).padStart(4)} s  npm ${args.join(' ')}`);
  return seconds;
}

function compare(folder: string): { files: number; differences: string[] } {
  let files = 0;
  const differences = PACKAGES.flatMap((name) => {
    const [first, second] = [readPackage(root, name), readPackage(folder, name)];
    const contents = readZip(first);
    files += contents.size;
    const found = findDifferences(contents, readZip(second));
    if (found.length === 0 && !first.equals(second)) found.push('It holds the same and is packed otherwise.');
    return found.map((difference) => `${name}: ${difference}`);
  });
  return { files, differences };
}

const sources = readPackage(root, SOURCES);
const folder = mkdtempSync(join(tmpdir(), 'from-sources-'));
try {
  unpack(sources, folder);
  const seconds = run(folder, 'ci') + run(folder, 'run', 'zip');
  const { files, differences } = compare(folder);
  for (const difference of differences) console.error(difference);
  console.log(JSON.stringify({ packages: PACKAGES.length, files, differences: differences.length, seconds }));
  if (differences.length > 0) process.exitCode = 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
