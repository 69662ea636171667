/** A certificate and its key, as they stand in files, checked before anything depends on them. */
import { createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createSecureContext } from 'node:tls';

export type TlsFiles = { certFile: string; keyFile: string };
/** PEM; `cert` may hold the chain after the certificate itself. */
export type TlsPair = { cert: string; key: string; expiresAtMs: number };
/** `problem` names the field, never what stands in the file. */
export type TlsResult = { ok: true; pair: TlsPair } | { ok: false; problem: string };

/** Paths must be absolute or relative to the working directory. That it has expired is no problem here. */
export async function readTlsPair(files: TlsFiles): Promise<TlsResult> {
  const cert = await read(files.certFile);
  if (cert.text === undefined) return { ok: false, problem: `certFile: cannot be read (${cert.reason})` };
  const key = await read(files.keyFile);
  if (key.text === undefined) return { ok: false, problem: `keyFile: cannot be read (${key.reason})` };
  return checkTlsPair(cert.text, key.text);
}

export function checkTlsPair(cert: string, key: string): TlsResult {
  const certificate = attempt(() => new X509Certificate(cert));
  if (certificate === undefined) return { ok: false, problem: 'certFile: expected a certificate as PEM' };
  const privateKey = attempt<KeyObject>(() => createPrivateKey(key));
  if (privateKey === undefined) {
    return { ok: false, problem: 'keyFile: expected a private key as PEM, without a passphrase' };
  }
  if (!certificate.checkPrivateKey(privateKey)) {
    return { ok: false, problem: 'keyFile: expected the key of the certificate, found another one' };
  }
  if (attempt(() => createSecureContext({ cert, key })) === undefined) {
    return { ok: false, problem: 'certFile: this certificate and key cannot be used for TLS' };
  }
  return { ok: true, pair: { cert, key, expiresAtMs: certificate.validToDate.getTime() } };
}

async function read(path: string): Promise<{ text: string } | { text?: undefined; reason: string }> {
  try {
    return { text: await readFile(path, 'utf8') };
  } catch (error) {
    return { reason: error instanceof Error && 'code' in error ? String(error.code) : 'unknown' };
  }
}

/** These functions throw for what they cannot use, each in words of its own library. */
function attempt<Result>(action: () => Result): Result | undefined {
  try {
    return action();
  } catch {
    return undefined;
  }
}
