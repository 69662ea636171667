/** `npm run relay -- token --agent Alice`: a fresh agent token, shown once, and what the configuration needs of it. */
import { hashToken } from './authenticate.ts';

/** `randomBytes`: 32 bytes from a cryptographic source. Returns the text for stdout. */
export function describeNewToken(name: string, randomBytes: Buffer): string {
  const token = `esh_${randomBytes.toString('base64url')}`;
  const entry = { name, tokenSha256: hashToken(token), calls: 'all' };
  return [
    `Token for ${name} (shown once; give it to them over a safe channel):`,
    `  ${token}`,
    'Entry for "agents" in the relay\'s configuration:',
    `  ${JSON.stringify(entry)}`,
    '',
  ].join('\n');
}
