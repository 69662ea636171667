/** The recipes for nginx, included as Debian's nginx.conf includes them. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { copyRecipe } from '../copy-recipe.ts';
import type { Command } from '../run-proxy.ts';
import { type BalancerSetup, type InFrontSetup, type Recipe, TOKEN_PLACE } from './recipe.ts';

export const nginx: Recipe = {
  name: 'nginx',
  preparePassThrough(setup) {
    const { folder, platformPort, authorityFile, platformToken, agentLine } = setup;
    copyRecipe(folder, 'nginx/platform-token.conf', { [TOKEN_PLACE]: platformToken });
    copyRecipe(folder, 'nginx/agents.map', {}, `${agentLine}\n`);
    return run(
      folder,
      copyRecipe(folder, 'nginx/pass-through.conf', {
        ...placesOf(setup),
        '/etc/earshot/platform-token.conf;': `${folder}/platform-token.conf;`,
        '/etc/earshot/agents.map;': `${folder}/agents.map;`,
        '$earshot_platform app.connexcs.com:443': `$earshot_platform 127.0.0.1:${platformPort}`,
        '/etc/ssl/certs/ca-certificates.crt': authorityFile,
      }),
    );
  },
  prepareInFront(setup) {
    return run(
      setup.folder,
      copyRecipe(setup.folder, 'nginx/in-front.conf', {
        ...placesOf(setup),
        'http://127.0.0.1:9200': `http://127.0.0.1:${setup.relayPort}`,
      }),
    );
  },
};

/** In front of several relays, which show a certificate of `authorityFile`. */
export function prepareNginxBalancer(setup: BalancerSetup): Command {
  const servers = setup.relayPorts.map((port, index) => [
    `server 10.0.0.1${index + 1}:9200 `,
    `server 127.0.0.1:${port} `,
  ]);
  return run(
    setup.folder,
    copyRecipe(setup.folder, '../deploy/balancer/nginx-relays.conf', {
      ...placesOf(setup),
      ...Object.fromEntries(servers),
      '/etc/earshot/tls/ca.pem': setup.authorityFile,
    }),
  );
}

function placesOf({ folder, port, certificate }: Omit<InFrontSetup, 'relayPort'>) {
  return {
    'listen 443': `listen 127.0.0.1:${port}`,
    'relay.example.com': 'localhost',
    '/etc/earshot/tls/cert.pem': certificate.certFile,
    '/etc/earshot/tls/key.pem': certificate.keyFile,
    '/var/log/nginx/': `${folder}/`,
  };
}

function run(folder: string, recipe: string): Command {
  const main = join(folder, 'nginx.conf');
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
    .map((name) => `${name}_temp_path ${folder}/${name};`)
    .join(' ');
  writeFileSync(
    main,
    `daemon off; worker_processes 1; pid ${folder}/pid; error_log stderr info; events {}
     http { ${temporary} access_log off; include ${recipe}; }`,
  );
  return { file: 'nginx', args: ['-e', 'stderr', '-p', folder, '-c', main] };
}
