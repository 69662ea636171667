/**
 * `npm run pack:relay`: the relay as a package, which `npx earshot-relay` runs without this repository. Node strips no
 * types under `node_modules`, so its code is bundled to JavaScript; what it depends on stays outside.
 */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { build } from 'vite';
import { describeRelayPackage, PROGRAM } from './relay-manifest.ts';

const ROOT = join(import.meta.dirname, '..');
const OUTPUT = join(ROOT, '.output');
const FOLDER = join(OUTPUT, 'earshot-relay');

/** Where each lies in the package is where it lies here, so that what links to it or names it is right in both. */
const COPIED = [
  'LICENSE',
  'docs/relay.md',
  'docs/relay-performance.md',
  'docs/scale.md',
  'relay/deploy/balancer',
  'relay/deploy/nats',
  'relay/deploy/earshot-relay.service',
  'relay/deploy/grafana-dashboard.json',
  'relay/deploy/relay.example.json',
  'relay/recipes',
];

/** Resolves with the names of the packages that the code imports. */
async function bundle(): Promise<string[]> {
  const result = await build({
    root: ROOT,
    configFile: false,
    publicDir: false,
    logLevel: 'warn',
    build: {
      ssr: 'relay/package/earshot-relay.ts',
      outDir: join(FOLDER, dirname(PROGRAM)),
      target: 'es2023',
      rolldownOptions: { output: { entryFileNames: '[name].js', chunkFileNames: '[name].js' } },
    },
  });
  if (!('output' in result)) throw new Error('The bundle is not one.');
  const chunks = result.output.filter((file) => file.type === 'chunk');
  const own = new Set(chunks.map(({ fileName }) => fileName));
  const imported = chunks
    .flatMap((chunk) => [...chunk.imports, ...chunk.dynamicImports])
    .filter((name) => !own.has(name) && !isBuiltin(name));
  return [...new Set(imported.map(packageOf))];
}

function packageOf(imported: string): string {
  return imported
    .split('/')
    .slice(0, imported.startsWith('@') ? 2 : 1)
    .join('/');
}

function readJson(file: string): unknown {
  return JSON.parse(readFileSync(join(ROOT, file), 'utf8'));
}

function writeJson(file: string, value: unknown): void {
  writeFileSync(join(FOLDER, file), `${JSON.stringify(value, null, 2)}\n`);
}

/** Says where the file is. */
function pack(): void {
  const { status, stdout } = spawnSync('npm', ['pack', '--silent', '--pack-destination', OUTPUT], {
    cwd: FOLDER,
    stdio: ['ignore', 'pipe', 'inherit'],
    encoding: 'utf8',
    shell: process.platform === 'win32',
  });
  if (status !== 0) throw new Error('npm pack failed.');
  console.log(relative(ROOT, join(OUTPUT, stdout.trim())));
}

rmSync(FOLDER, { recursive: true, force: true });
mkdirSync(FOLDER, { recursive: true });
const { manifest, shrinkwrap } = describeRelayPackage(
  readJson('package.json'),
  readJson('package-lock.json'),
  await bundle(),
);
writeJson('package.json', manifest);
writeJson('npm-shrinkwrap.json', shrinkwrap);
cpSync(join(ROOT, 'relay/package/README.md'), join(FOLDER, 'README.md'));
for (const path of COPIED) cpSync(join(ROOT, path), join(FOLDER, path), { recursive: true });
pack();
