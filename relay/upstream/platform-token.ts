/** The platform's token, from wherever the configuration says, at each connect: a renewed file needs no restart. */
import { readFile } from 'node:fs/promises';
import type { PlatformTokenSource } from '../config/config.ts';
import { readTokenExpiry } from './token-expiry.ts';

/**
 * `expiresAtMs`: where the token says so; `problem`: plain words without the path or the content, fit for agents' eyes.
 */
export type PlatformToken =
  | { ok: true; token: string; expiresAtMs?: number | undefined }
  | { ok: false; problem: string };
export type ReadPlatformToken = () => Promise<PlatformToken>;

/** A file's path must be absolute or relative to the working directory. */
export function createPlatformTokenReader(source: PlatformTokenSource): ReadPlatformToken {
  switch (source.from) {
    case 'environment':
      return async () => checkPlatformToken(source.token);
    case 'file':
      return async () => {
        try {
          return checkPlatformToken(await readFile(source.path, 'utf8'));
        } catch (error) {
          const code = error instanceof Error && 'code' in error ? ` (${String(error.code)})` : '';
          return { ok: false, problem: `The relay cannot read its platform token file${code}` };
        }
      };
    default:
      return source satisfies never;
  }
}

/** `text`: as it stands in the file; space around the token does not count. */
export function checkPlatformToken(text: string): PlatformToken {
  const token = text.trim();
  if (token === '') return { ok: false, problem: 'The relay’s platform token is empty' };
  // Anything else could not stand in a header.
  if (!/^[\x21-\x7e]+$/.test(token)) {
    return { ok: false, problem: 'The relay’s platform token is not one line of plain characters' };
  }
  return { ok: true, token, expiresAtMs: readTokenExpiry(token) };
}
