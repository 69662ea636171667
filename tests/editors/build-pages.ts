/** Installs the editors and bundles a page for each, when that was not done yet or is out of date. */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'vite';
import { editorNames } from './registry.ts';

const HERE = import.meta.dirname;
const PAGES = join(HERE, 'pages');
const INSTALLED = join(HERE, 'node_modules');
const BUILT = join(INSTALLED, '.pages');
const INSTALL_MS = 240_000;

/** Packages that a page loads as files, by the path the server gives them. */
export const served = { '/pages/': BUILT, '/ckeditor4/': join(INSTALLED, 'ckeditor4') };

export async function buildPages(say: (line: string) => void): Promise<void> {
  const installedMs = modifiedMs(join(INSTALLED, '.package-lock.json'));
  if (installedMs < modifiedMs(join(HERE, 'package-lock.json'))) {
    say('installing the editors');
    install();
  }
  const builtMs = Math.min(...editorNames.map((name) => modifiedMs(join(BUILT, `${name}.js`))));
  const sources = readdirSync(PAGES).map((file) => modifiedMs(join(PAGES, file)));
  if (builtMs > Math.max(installedMs, ...sources)) return;
  say('bundling the pages');
  await build({
    root: PAGES,
    base: '/pages/',
    configFile: false,
    logLevel: 'error',
    // Draft.js asks for Node's.
    define: { global: 'globalThis' },
    build: {
      outDir: BUILT,
      emptyOutDir: true,
      chunkSizeWarningLimit: Number.POSITIVE_INFINITY,
      rolldownOptions: {
        input: Object.fromEntries(editorNames.map((name) => [name, join(PAGES, `${name}.ts`)])),
        output: { entryFileNames: '[name].js' },
      },
    },
  });
}

function install(): void {
  const { status, stderr, error } = spawnSync(
    'npm',
    ['ci', '--prefix', HERE, '--ignore-scripts', '--no-audit', '--no-fund'],
    { encoding: 'utf8', shell: process.platform === 'win32', timeout: INSTALL_MS },
  );
  if (status === 0) return;
  throw new Error(
    `The editors could not be installed by npm ci in tests/editors.\n${error?.message ?? stderr}`,
  );
}

/** 0 for what is not there. */
function modifiedMs(path: string): number {
  return existsSync(path) ? statSync(path).mtimeMs : 0;
}
