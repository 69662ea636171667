/** An identity provider made up: its keys, tokens signed with them, and its key set as an address gives it. */
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, type JWK, SignJWT } from 'jose';
import { onTestFinished } from 'vitest';

const ISSUER = 'https://login.example';
const AUDIENCE = 'earshot';

export type SigningKey = Awaited<ReturnType<typeof createSigningKey>>;

export async function createSigningKey(kid = 'key-1', alg = 'ES256') {
  const { privateKey, publicKey } = await generateKeyPair(alg);
  const jwk: JWK = { ...(await exportJWK(publicKey)), kid, alg };
  return { kid, alg, jwk, privateKey };
}

/** Good for an hour unless `claims` say otherwise; a claim that is undefined is left out. */
export function signClaims(
  { kid, alg, privateKey }: SigningKey,
  claims: Record<string, unknown> = {},
): Promise<string> {
  const exp = Math.floor(Date.now() / 1_000) + 3_600;
  return new SignJWT({ iss: ISSUER, aud: AUDIENCE, sub: 'carol', exp, ...claims })
    .setProtectedHeader({ alg, kid })
    .sign(privateKey);
}

/** The configuration's `identity`, with the keys from `jwks`. */
export function identityOf(jwks: string, more: object = {}) {
  const calls = [
    { claim: 'roles', has: 'lead', calls: 'all' },
    { claim: 'numbers', field: 'dest_number' },
  ];
  return { issuer: ISSUER, audience: AUDIENCE, jwks, calls, ...more };
}

/** Serves the key set. While it is `silent`, who asked waits. */
export async function startKeyServer(...keys: SigningKey[]) {
  let served = keys;
  let mode: 'well' | 'broken' | 'silent' = 'well';
  let asked = 0;
  const waiting: ServerResponse[] = [];
  const server = createServer((_request, response) => {
    asked += 1;
    if (mode === 'silent') waiting.push(response);
    else answer(response);
  });
  function answer(response: ServerResponse): void {
    response.writeHead(mode === 'well' ? 200 : 500, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ keys: served.map(({ jwk }) => jwk) }));
  }
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/keys`,
    asked: () => asked,
    serve(...changed: SigningKey[]): void {
      served = changed;
    },
    be(how: typeof mode): void {
      mode = how;
      if (mode !== 'silent') for (const response of waiting.splice(0)) answer(response);
    },
  };
}
