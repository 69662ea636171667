/** A copy of the extension built for Chromium, with a key, and so with an id that is known before a browser has seen it. */
import { createHash, generateKeyPairSync } from 'node:crypto';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { extensionPaths } from './tested-browser.ts';

export type KeyedExtension = { path: string; id: string; remove(): void };

export function makeKeyedExtension(): KeyedExtension {
  const path = mkdtempSync(join(tmpdir(), 'earshot-keyed-'));
  cpSync(extensionPaths.chromium, path, { recursive: true });
  const { publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const key = publicKey.export({ type: 'spki', format: 'der' });
  const manifestPath = join(path, 'manifest.json');
  const manifest = JSON.parse(readFileSync(manifestPath, 'utf8'));
  writeFileSync(manifestPath, JSON.stringify({ ...manifest, key: key.toString('base64') }));
  return { path, id: idOf(key), remove: () => rmSync(path, { recursive: true, force: true }) };
}

/** The first 16 bytes of the key's SHA-256, in the letters a to p instead of hexadecimal digits. */
function idOf(key: Buffer): string {
  const hex = createHash('sha256').update(key).digest('hex').slice(0, 32);
  return [...hex].map((digit) => String.fromCharCode(97 + Number.parseInt(digit, 16))).join('');
}
