/**
 * `npm run relay -- token --agent Alice --address wss://relay.example.com`: a fresh agent token, shown once, what the
 * configuration needs of it, and the link that sets Alice's Earshot up.
 */
import { writeSetup } from '../utils/protocol/setup-link.ts';
import { hashToken } from './authenticate.ts';

/** Where the agent finds the relay; `name`: what it is called there. */
export type SetupFor = { address: string; name: string };

/** `randomBytes`: 32 bytes from a cryptographic source. Returns the text for stdout. */
export function describeNewToken(agent: string, randomBytes: Buffer, setup?: SetupFor): string {
  const token = `esh_${randomBytes.toString('base64url')}`;
  const entry = { name: agent, tokenSha256: hashToken(token), calls: 'all' };
  return [
    `Token for ${agent} (shown once; give it to them over a safe channel):`,
    `  ${token}`,
    ...describeSetup(token, setup),
    'Entry for "agents" in the relay\'s configuration:',
    `  ${JSON.stringify(entry)}`,
    '',
  ].join('\n');
}

function describeSetup(token: string, setup: SetupFor | undefined): string[] {
  if (setup === undefined) {
    return ['For a setup link that holds it too, add --address wss://relay.example.com.'];
  }
  return [
    'Or the setup link, which they paste into Earshot as it is. It holds the token: it is as secret.',
    `  ${writeSetup({ relay: setup.address, name: setup.name, plain: false, token })}`,
  ];
}
