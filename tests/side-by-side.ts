/**
 * Runs scripts of package.json at the same time: `node tests/side-by-side.ts e2e test:firefox`. Each mostly waits for its
 * browser, so two take little longer than one. Every line says whose it is; exits with 1 where one of them failed.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

async function run(script: string): Promise<number> {
  const child = spawn('npm', ['run', script], {
    stdio: ['ignore', 'pipe', 'pipe'],
    shell: process.platform === 'win32',
  });
  for (const stream of [child.stdout, child.stderr])
    createInterface(stream).on('line', (line) => console.log(`${script} │ ${line}`));
  const [code] = await once(child, 'close');
  console.log(`${script} │ ended with ${code}`);
  return code === 0 ? 0 : 1;
}

const scripts = process.argv.slice(2);
if (scripts.length === 0) throw new Error('Which scripts? Name those of package.json: e2e test:firefox');
const codes = await Promise.all(scripts.map(run));
process.exitCode = Math.max(...codes);
