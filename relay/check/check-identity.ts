/** The identity provider's public keys: without them none of its tokens can be checked. */
import { readFile } from 'node:fs/promises';
import * as v from 'valibot';
import type { IdentityConfig } from '../config/config.ts';
import type { Hop } from './hop.ts';

const keySet = v.object({ keys: v.pipe(v.array(v.object({ kty: v.string() })), v.minLength(1)) });

type Found = { text: string } | { problem: string };

export async function checkIdentity({ jwks }: IdentityConfig, withinMs: number): Promise<Hop> {
  const hop = 'identity';
  const isAddress = jwks.includes('://');
  const remedy = isAddress
    ? 'Check "identity.jwks": it is the "jwks_uri" in the provider’s /.well-known/openid-configuration.'
    : 'Check the file that "identity.jwks" names, and that the relay may read it.';
  const found = isAddress ? await fetchKeys(jwks, withinMs) : await readKeys(jwks);
  if ('problem' in found) {
    return {
      hop,
      tone: 'poor',
      text: `The identity provider’s keys cannot be had: ${found.problem}.`,
      remedy,
    };
  }
  const parsed = v.safeParse(v.pipe(v.string(), v.parseJson(), keySet), found.text);
  return parsed.success
    ? { hop, tone: 'good', text: `The identity provider’s keys are there: ${parsed.output.keys.length}.` }
    : { hop, tone: 'poor', text: 'What should be the identity provider’s keys is no set of keys.', remedy };
}

async function fetchKeys(address: string, withinMs: number): Promise<Found> {
  try {
    const response = await fetch(address, { signal: AbortSignal.timeout(withinMs) });
    return response.ok ? { text: await response.text() } : { problem: `it answered ${response.status}` };
  } catch (error) {
    return { problem: reasonOf(error instanceof Error ? (error.cause ?? error) : error) };
  }
}

async function readKeys(path: string): Promise<Found> {
  try {
    return { text: await readFile(path, 'utf8') };
  } catch (error) {
    return { problem: reasonOf(error) };
  }
}

/** The network's or the file system's code; an error's own words may hold an address. */
function reasonOf(error: unknown): string {
  if (error instanceof DOMException) return 'no answer in time';
  return error instanceof Error && 'code' in error ? String(error.code) : 'no usable answer';
}
