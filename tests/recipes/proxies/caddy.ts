/** The recipes for Caddy. */
import { copyRecipe } from '../copy-recipe.ts';
import type { Command } from '../run-proxy.ts';
import { type InFrontSetup, type Recipe, TOKEN_PLACE } from './recipe.ts';

export const caddy: Recipe = {
  name: 'caddy',
  ownCopy: 'caddy/autosave.json',
  preparePassThrough(setup) {
    const { folder, platformPort, authorityFile, platformToken, agentLine } = setup;
    copyRecipe(folder, 'caddy/platform-token.caddy', { [TOKEN_PLACE]: platformToken });
    copyRecipe(folder, 'caddy/agents.caddy', {}, `${agentLine}\n`);
    const recipe = copyRecipe(folder, 'caddy/pass-through.Caddyfile', {
      ...placesOf(setup),
      'import /etc/earshot/platform-token.caddy': `import ${folder}/platform-token.caddy`,
      'import /etc/earshot/agents.caddy': `import ${folder}/agents.caddy`,
      'reverse_proxy app.connexcs.com:443': `reverse_proxy 127.0.0.1:${platformPort}`,
    });
    return run(setup, recipe, { SSL_CERT_FILE: authorityFile });
  },
  prepareInFront(setup) {
    const recipe = copyRecipe(setup.folder, 'caddy/in-front.Caddyfile', {
      ...placesOf(setup),
      'reverse_proxy 127.0.0.1:9200': `reverse_proxy 127.0.0.1:${setup.relayPort}`,
    });
    return run(setup, recipe, { CADDY_ADMIN: `unix/${setup.folder}/admin.sock` });
  },
};

function placesOf({ port, certificate }: Omit<InFrontSetup, 'relayPort'>) {
  return {
    'relay.example.com {': `localhost:${port} {\n\tbind 127.0.0.1`,
    '/etc/earshot/tls/cert.pem': certificate.certFile,
    '/etc/earshot/tls/key.pem': certificate.keyFile,
  };
}

/** The system's authorities, and where it keeps what it remembers, are told by environment. */
function run({ folder }: { folder: string }, recipe: string, env: Record<string, string>): Command {
  return {
    file: 'caddy',
    args: ['run', '--adapter', 'caddyfile', '--config', recipe],
    env: { ...env, XDG_CONFIG_HOME: folder, XDG_DATA_HOME: folder },
  };
}
