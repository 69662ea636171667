/** Starts what is measured, each as the process it is in real life, each on a free port of this machine. */
import { randomBytes } from 'node:crypto';
import { existsSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join, resolve } from 'node:path';
import { hashToken } from '../../relay/access/authenticate.ts';
import { freePort } from '../../tests/free-port.ts';
import { numbersOf } from './bench-event.ts';
import { startServer, startSilentServer } from './children.ts';
import type { SubjectName } from './messages.ts';

const AGENTS = 100;
const NGINX = '/usr/sbin/nginx';
const relayMain = resolve(import.meta.dirname, '../../relay/main.ts');

export type Subject = {
  name: SubjectName;
  pid: number;
  port: number;
  /** One for each of the relay's agents; none where no token is asked for. */
  tokens: string[];
};

/** `folder`: for configurations; `platformPort`: of the bench's platform. */
export type Surroundings = { folder: string; platformPort: number };

export const canStartNginx = (): boolean => existsSync(NGINX);

export async function startSubject(name: SubjectName, surroundings: Surroundings): Promise<Subject> {
  switch (name) {
    case 'bare':
      return startBare(surroundings);
    case 'relay':
      return startRelay(name, surroundings, () => 'all');
    case 'rules':
      return startRelay(name, surroundings, (agent) => [{ field: 'dest_number', in: numbersOf(agent) }]);
    case 'nginx':
      return startNginx(surroundings);
  }
}

async function startBare({ platformPort }: Surroundings): Promise<Subject> {
  const main = resolve(import.meta.dirname, 'bare-broadcast.ts');
  const { pid, ready } = await startServer(process.execPath, [main, `ws://127.0.0.1:${platformPort}/bare`]);
  return { name: 'bare', pid, port: Number(ready), tokens: [] };
}

/** The relay with its defaults, but for bounds on connections: all of them come from one address here. */
async function startRelay(
  name: 'relay' | 'rules',
  { folder, platformPort }: Surroundings,
  callsOf: (agent: number) => unknown,
): Promise<Subject> {
  const tokens = Array.from({ length: AGENTS }, () => `esh_${randomBytes(24).toString('base64url')}`);
  const many = 100_000;
  const file = join(folder, `${name}.json`);
  const config = {
    listen: { host: '127.0.0.1', port: 0 },
    upstream: { url: `ws://127.0.0.1:${platformPort}/${name}` },
    agents: tokens.map((token, agent) => ({
      name: `agent ${agent}`,
      tokenSha256: hashToken(token),
      calls: callsOf(agent),
    })),
    limits: { connections: many, connectionsPerAgent: many, connectionsPerAddress: many },
  };
  writeFileSync(file, JSON.stringify(config));
  const { pid, ready } = await startServer(process.execPath, [relayMain, '--config', file], {
    EARSHOT_PLATFORM_TOKEN: 'bench',
  });
  return { name, pid, port: Number(new URL(ready).port), tokens };
}

async function startNginx({ folder, platformPort }: Surroundings): Promise<Subject> {
  const port = await freePort();
  const file = join(folder, 'nginx.conf');
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'];
  writeFileSync(
    file,
    `daemon off;
master_process off;
pid ${folder}/nginx.pid;
error_log ${folder}/nginx.log crit;
worker_rlimit_nofile 65536;
events { worker_connections 32768; }
http {
  access_log off;
  ${temporary.map((kind) => `${kind}_temp_path ${folder}/${kind};`).join('\n  ')}
  server {
    listen 127.0.0.1:${port} backlog=4096;
    location / {
      proxy_pass http://127.0.0.1:${platformPort};
      proxy_http_version 1.1;
      proxy_set_header Upgrade $http_upgrade;
      proxy_set_header Connection upgrade;
      proxy_read_timeout 1h;
    }
  }
}
`,
  );
  const pid = await startSilentServer(NGINX, ['-c', file, '-e', `${folder}/nginx.log`], () => answers(port));
  return { name: 'nginx', pid, port, tokens: [] };
}

function answers(port: number): Promise<boolean> {
  return new Promise((fulfil) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.destroy();
      fulfil(true);
    });
    socket.once('error', () => fulfil(false));
  });
}
