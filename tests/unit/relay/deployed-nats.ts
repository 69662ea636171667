/** The NATS files that are handed to operators, laid out in a folder of their own and run as they are but for places. */
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { onTestFinished } from 'vitest';
import { freePort } from '../../free-port.ts';

const run = promisify(execFile);
const FILES = resolve(import.meta.dirname, '../../../relay/deploy/nats');

export type DeployedNats = {
  /** By what their certificates are for. */
  servers: readonly string[];
  caFile: string;
  passwordFile: string;
  kill(index: number): Promise<void>;
  /** All that the servers have written into their folders. */
  written(): Promise<string>;
};

/** `count`: 1 for the single server's file, 3 for the cluster's; `host`: what they are called. Resolves once they listen. */
export async function deployNats(count: 1 | 3, host = 'localhost'): Promise<DeployedNats> {
  const folder = await mkdtemp(join(tmpdir(), 'earshot-nats-files-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const password = 'password-of-the-relays';
  await run('sh', [join(FILES, 'make-certificates.sh'), host], { cwd: folder });
  await writeFile(join(folder, 'relay-password.conf'), `RELAY_PASSWORD: "${password}"\n`);
  await writeFile(join(folder, 'nats.password'), `${password}\n`);
  await writeFile(join(folder, 'relay-user.conf'), await readFile(join(FILES, 'relay-user.conf')));
  const ports = await Promise.all(Array.from({ length: count }, freePort));
  const routePorts = await Promise.all(Array.from({ length: count }, freePort));
  const text = await readFile(join(FILES, count === 1 ? 'nats-server.conf' : 'nats-cluster.conf'), 'utf8');

  const children = await Promise.all(
    ports.map(async (port, index) => {
      const places: [string | RegExp, string][] = [
        ['server_name: nats-1', `server_name: nats-${index + 1}`],
        [/\/etc\/nats\/tls\/nats-1\.example\.com/g, join(folder, host)],
        ['"0.0.0.0:4222"', `"127.0.0.1:${port}"`],
        ['"127.0.0.1:8222"', `"127.0.0.1:${await freePort()}"`],
        ['"/var/lib/nats"', `"${join(folder, `store-${index + 1}`)}"`],
      ];
      if (count === 3) {
        places.push(['/etc/nats/tls/ca.pem', join(folder, 'ca.pem')]);
        places.push(['"0.0.0.0:6222"', `"127.0.0.1:${routePorts[index]}"`]);
        routePorts.forEach((route, other) => {
          places.push([`nats-${other + 1}.example.com:6222`, `${host}:${route}`]);
        });
      }
      const path = join(folder, `server-${index + 1}.conf`);
      await writeFile(path, replaceAll(text, places));
      return start(path);
    }),
  );

  return {
    servers: ports.map((port) => `tls://${host}:${port}`),
    caFile: join(folder, 'ca.pem'),
    passwordFile: join(folder, 'nats.password'),
    kill: (index) => kill(children[index]),
    async written() {
      const entries = await readdir(folder, { recursive: true, withFileTypes: true });
      const files = entries.filter(
        (entry) => entry.isFile() && entry.parentPath.startsWith(join(folder, 'store-')),
      );
      const texts = await Promise.all(
        files.map(({ parentPath, name }) => readFile(join(parentPath, name), 'latin1').catch(() => '')),
      );
      return [...files.map(({ name }) => name), ...texts].join('\n');
    },
  };
}

/** Throws for what is not there: the file has changed, and this has to follow. */
function replaceAll(text: string, places: readonly [string | RegExp, string][]): string {
  return places.reduce((changed, [from, to]) => {
    if (typeof from === 'string' ? !changed.includes(from) : changed.search(from) < 0)
      throw new Error(`no ${from} in it`);
    return changed.replace(from, to);
  }, text);
}

async function start(path: string): Promise<ChildProcess> {
  const child = spawn('nats-server', ['-c', path], { stdio: ['ignore', 'ignore', 'pipe'] });
  const killAtExit = () => void child.kill('SIGKILL');
  process.on('exit', killAtExit);
  onTestFinished(async () => {
    await kill(child);
    process.off('exit', killAtExit);
  });
  let said = '';
  await new Promise<void>((listens, fails) => {
    child.once('error', fails);
    child.once('exit', () => fails(new Error(`nats-server ended:\n${said}`)));
    child.stderr?.on('data', (chunk: Buffer) => {
      said = `${said}${chunk}`.slice(-8_192);
      if (said.includes('Server is ready')) listens();
    });
  });
  return child;
}

async function kill(child: ChildProcess | undefined): Promise<void> {
  if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill('SIGKILL');
  await gone;
}
