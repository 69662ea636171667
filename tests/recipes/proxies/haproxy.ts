/** The recipes for HAProxy, after a `global` section as Debian's has it: with a log. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { copyRecipe } from '../copy-recipe.ts';
import type { Command } from '../run-proxy.ts';
import { type BalancerSetup, type InFrontSetup, type Recipe, TOKEN_PLACE } from './recipe.ts';

export const haproxy: Recipe = {
  name: 'haproxy',
  preparePassThrough(setup) {
    const { folder, platformPort, authorityFile, platformToken, agentLine } = setup;
    copyRecipe(folder, 'haproxy/platform-token.map', { [TOKEN_PLACE]: platformToken });
    copyRecipe(folder, 'haproxy/agents.map', {}, `${agentLine}\n`);
    return run(
      folder,
      copyRecipe(folder, 'haproxy/pass-through.cfg', {
        ...placesOf(setup),
        'map_str(/etc/earshot/platform-token.map)': `map_str(${folder}/platform-token.map)`,
        'map_str(/etc/earshot/agents.map)': `map_str(${folder}/agents.map)`,
        'server platform app.connexcs.com:443': `server platform 127.0.0.1:${platformPort}`,
        '/etc/ssl/certs/ca-certificates.crt': authorityFile,
      }),
    );
  },
  prepareInFront(setup) {
    return run(
      setup.folder,
      copyRecipe(setup.folder, 'haproxy/in-front.cfg', {
        ...placesOf(setup),
        'server relay 127.0.0.1:9200': `server relay 127.0.0.1:${setup.relayPort}`,
      }),
    );
  },
};

/** In front of several relays, which show a certificate of `authorityFile`. */
export function prepareHaproxyBalancer(setup: BalancerSetup): Command {
  const servers = setup.relayPorts.map((port, index) => [
    `server relay-${index + 1} 10.0.0.1${index + 1}:9200`,
    `server relay-${index + 1} 127.0.0.1:${port}`,
  ]);
  return run(
    setup.folder,
    copyRecipe(setup.folder, '../deploy/balancer/haproxy-relays.cfg', {
      ...placesOf(setup),
      ...Object.fromEntries(servers),
      '/etc/earshot/tls/ca.pem': setup.authorityFile,
    }),
  );
}

function placesOf({ folder, port, certificate }: Omit<InFrontSetup, 'relayPort'>) {
  const both = join(folder, 'relay.pem');
  writeFileSync(both, readFileSync(certificate.certFile, 'utf8') + readFileSync(certificate.keyFile, 'utf8'));
  return { 'bind :443': `bind 127.0.0.1:${port}`, '/etc/earshot/tls/relay.pem': both };
}

function run(folder: string, recipe: string): Command {
  const global = join(folder, 'global.cfg');
  writeFileSync(global, 'global\n  log stdout format raw local0\n');
  return { file: 'haproxy', args: ['-db', '-f', global, '-f', recipe] };
}
