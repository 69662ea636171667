/** What one connect needs, with the files as they are now. */
import { readFile } from 'node:fs/promises';
import { isIP } from 'node:net';
import { type ConnectionOptions, checkServerIdentity, getCACertificates } from 'node:tls';
import { credsAuthenticator, type NodeConnectionOptions } from '@nats-io/transport-node';
import { UnreadableFile } from './away-words.ts';
import type { NatsOptions } from './nats-options.ts';

/** A server that does not take us in this time is left for the next. */
const CONNECT_TIMEOUT_MS = 3_000;
/** After the third ping without an answer the connection is given up: a frozen server is noticed within 6 s. */
const PING_MS = 2_000;
const UNANSWERED_PINGS = 2;

/** Rejects with `UnreadableFile`. The connection made with them is not remade by the library: its files are read again. */
export async function readConnectOptions(options: NatsOptions): Promise<NodeConnectionOptions> {
  const { servers, credentialsFile, user, passwordFile } = options;
  const connect: NodeConnectionOptions = {
    servers: [...servers],
    name: 'earshot-relay',
    timeout: CONNECT_TIMEOUT_MS,
    reconnect: false,
    pingInterval: PING_MS,
    maxPingOut: UNANSWERED_PINGS,
    // A stack for each request would cost more than the request.
    noAsyncTraces: true,
  };
  const tls = await readTls(options);
  if (tls !== undefined) connect.tls = tls;
  if (credentialsFile !== undefined)
    connect.authenticator = credsAuthenticator(await read('the credentials file of NATS', credentialsFile));
  if (user !== undefined) connect.user = user;
  if (passwordFile !== undefined)
    connect.pass = (await read('the file of the NATS password', passwordFile)).toString('utf8').trim();
  return connect;
}

/** Asked for where a server's address says `tls://`, or where anything of it is configured. */
async function readTls({ servers, tls }: NatsOptions): Promise<NodeConnectionOptions['tls'] | undefined> {
  if (tls === undefined && !servers.some((server) => server.startsWith('tls://'))) return undefined;
  const { caFile, certFile, keyFile } = tls ?? {};
  const readIf = (what: string, path: string | undefined) =>
    path === undefined ? undefined : read(what, path);
  const [ca, cert, key] = await Promise.all([
    readIf('the file of NATS’s certificate authority', caFile),
    readIf('the file of our certificate for NATS', certFile),
    readIf('the file of our key for NATS', keyFile),
  ]);
  return {
    ...(ca === undefined ? {} : { ca: [...getCACertificates('default'), ca.toString('utf8')].join('\n') }),
    ...(cert === undefined ? {} : { cert: cert.toString('utf8') }),
    ...(key === undefined ? {} : { key: key.toString('utf8') }),
    ...checkIdentityFor(servers),
  };
}

/**
 * The library names no host where it connects to an IP address, and Node takes that for `localhost`. The certificate must
 * then be for one of the addresses that are configured.
 */
function checkIdentityFor(servers: readonly string[]): Pick<ConnectionOptions, 'checkServerIdentity'> {
  const hosts = servers.map((server) => new URL(server).hostname.replace(/^\[|\]$/g, ''));
  const unnamed = hosts.filter((host) => isIP(host) !== 0 || host === 'localhost');
  return {
    checkServerIdentity(host, certificate) {
      const candidates = host === 'localhost' ? unnamed : [host];
      const problems = candidates.map((candidate) => checkServerIdentity(candidate, certificate));
      return problems.includes(undefined) ? undefined : problems[0];
    },
  };
}

async function read(what: string, path: string): Promise<Buffer> {
  try {
    return await readFile(path);
  } catch (error) {
    throw new UnreadableFile(
      what,
      path,
      error instanceof Error && 'code' in error ? String(error.code) : 'unknown',
    );
  }
}
