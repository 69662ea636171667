/** Starts what is measured, each as the process it is in real life, each on a free port of this machine. */
import { existsSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join, resolve } from 'node:path';
import { freePort } from '../../tests/free-port.ts';
import { startServer, startSilentServer } from '../children.ts';
import { destNumber, numbersOf } from './bench-event.ts';
import type { SubjectName } from './messages.ts';
import { type Nats, startNats } from './nats-process.ts';
import { type BenchAgent, makeAgents, startRelay } from './relay-process.ts';

const AGENTS = 100;
/** Relays that follow another, agents being those of the last. */
const FOLLOWERS = { nats: 0, follower: 1, followers: 4 } as const;
const NGINX = '/usr/sbin/nginx';

export type Subject = {
  name: SubjectName;
  pid: number;
  port: number;
  /** One for each of the relay's agents; none where no token is asked for. */
  tokens: string[];
  /** Where it stands on NATS: that one, and the relay that leads, which may be itself. */
  onNats?: { nats: Nats; leaderPid: number };
};

/** `folder`: for configurations; `platformPort`: of the bench's platform. */
export type Surroundings = { folder: string; platformPort: number };

export const canStartNginx = (): boolean => existsSync(NGINX);

export async function startSubject(
  name: SubjectName,
  connections: number,
  surroundings: Surroundings,
): Promise<Subject> {
  switch (name) {
    case 'bare':
      return startBare(surroundings);
    case 'relay':
      return startAlone(name, seesAll(), surroundings);
    case 'rules':
      return startAlone(name, makeAgents(AGENTS, rulesOn(numbersOf)), surroundings);
    case 'own': {
      const agents = makeAgents(
        connections,
        rulesOn((agent) => [destNumber(agent)]),
      );
      return startAlone(name, agents, surroundings);
    }
    case 'nats':
    case 'follower':
    case 'followers':
      return startOnNats(name, surroundings);
    case 'nginx':
      return startNginx(surroundings);
  }
}

const seesAll = () => makeAgents(AGENTS, () => 'all');
const rulesOn = (numbersFor: (agent: number) => string[]) => (agent: number) => [
  { field: 'dest_number', in: numbersFor(agent) },
];

async function startBare({ platformPort }: Surroundings): Promise<Subject> {
  const main = resolve(import.meta.dirname, 'bare-broadcast.ts');
  const { pid, ready } = await startServer(process.execPath, [main, `ws://127.0.0.1:${platformPort}/bare`]);
  return { name: 'bare', pid, port: Number(ready), tokens: [] };
}

async function startAlone(
  name: SubjectName,
  agents: readonly BenchAgent[],
  { folder, platformPort }: Surroundings,
): Promise<Subject> {
  const setup = { folder, feed: name, platformPort, agents, natsPort: undefined };
  return { name, ...(await startRelay(setup)), tokens: agents.map(({ token }) => token) };
}

/** With a NATS of its own; the relay that started first leads. */
async function startOnNats(
  name: keyof typeof FOLLOWERS,
  { folder, platformPort }: Surroundings,
): Promise<Subject> {
  const nats = await startNats(folder);
  const agents = seesAll();
  const setup = { folder, feed: name, platformPort, agents, natsPort: nats.port };
  const leader = await startRelay(setup);
  let relay = leader;
  for (let follower = 0; follower < FOLLOWERS[name]; follower += 1) relay = await startRelay(setup);
  const tokens = agents.map(({ token }) => token);
  return { name, ...relay, tokens, onNats: { nats, leaderPid: leader.pid } };
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
