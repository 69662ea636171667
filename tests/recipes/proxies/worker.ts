/** The Worker's recipe under Cloudflare's own runtime, which is told by a file what wrangler would tell it. */
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { copyRecipe } from '../copy-recipe.ts';
import type { PassThroughRecipe } from './recipe.ts';

const platform = `${process.platform}-${process.arch === 'x64' ? '64' : process.arch}`;
/** The runtime itself: the package's own command is a script that would leave it behind when ended. */
export const WORKERD = join(
  import.meta.dirname,
  `../node_modules/@cloudflare/workerd-${platform}/bin/workerd`,
);

export const worker: PassThroughRecipe = {
  name: 'worker',
  preparePassThrough({ folder, port, certificate, platformPort, authorityFile, platformToken, agentLine }) {
    copyRecipe(folder, 'worker/worker.js');
    copyFileSync(certificate.certFile, join(folder, 'cert.pem'));
    copyFileSync(certificate.keyFile, join(folder, 'key.pem'));
    copyFileSync(authorityFile, join(folder, 'authority.pem'));
    const wrangler = readFileSync(copyRecipe(folder, 'worker/wrangler.toml'), 'utf8');
    const config = join(folder, 'workerd.capnp');
    writeFileSync(
      config,
      `using Workerd = import "/workerd/workerd.capnp";
       const config :Workerd.Config = (
         services = [
           ( name = "earshot", worker = (
             modules = [( name = "${readText(wrangler, 'main')}", esModule = embed "worker.js" )],
             compatibilityDate = "${readText(wrangler, 'compatibility_date')}",
             globalOutbound = "internet",
             bindings = [
               ( name = "PLATFORM_URL", text = "${readText(wrangler, 'PLATFORM_URL')}" ),
               ( name = "PLATFORM_TOKEN", fromEnvironment = "PLATFORM_TOKEN" ),
               ( name = "AGENTS", fromEnvironment = "AGENTS" ),
             ],
           )),
           # All of the internet is the simulator, which must show a certificate for the platform's name.
           ( name = "internet", external = ( address = "127.0.0.1:${platformPort}", https = (
             options = (), certificateHost = "${new URL(readText(wrangler, 'PLATFORM_URL')).hostname}",
             tlsOptions = ( trustedCertificates = [ embed "authority.pem" ] ),
           ))),
         ],
         sockets = [( name = "agents", service = "earshot", address = "127.0.0.1:${port}", https = (
           options = (),
           tlsOptions = ( keypair = ( privateKey = embed "key.pem", certificateChain = embed "cert.pem" ) ),
         ))],
       );`,
    );
    const env = { PLATFORM_TOKEN: platformToken, AGENTS: `[${agentLine}]` };
    return { file: WORKERD, args: ['serve', config], env };
  },
};

function readText(toml: string, key: string): string {
  const text = new RegExp(`^${key} = "(.*)"$`, 'm').exec(toml)?.[1];
  if (text === undefined) throw new Error(`wrangler.toml has no ${key}`);
  return text;
}
