/** `bus` in the configuration file: how NATS is reached by relays that share a log. */
import * as v from 'valibot';
import { isUsable, object, path, words } from './schema-parts.ts';

const SERVER =
  'an address such as tls://nats.example:4222, without user, password or path (nats:// only for a loopback host)';
const server = v.pipe(
  v.string(SERVER),
  v.check((text) => isUsable('tls:', 'nats:')(text) && hasHostAlone(text), SERVER),
);
const SERVERS = '1 to 20 addresses of NATS servers';
const REPLICAS = '1, 3 or 5';

const tls = v.pipe(
  object({
    /** Of the authority that signed the servers' certificates; the system's own are trusted anyway. */
    caFile: v.optional(path),
    certFile: v.optional(path),
    keyFile: v.optional(path),
  }),
  v.check(
    ({ certFile, keyFile }) => (certFile === undefined) === (keyFile === undefined),
    '"certFile" and "keyFile" together, or neither',
  ),
);

const nats = v.pipe(
  object({
    servers: v.pipe(v.array(server, SERVERS), v.minLength(1, SERVERS), v.maxLength(20, SERVERS)),
    tls: v.optional(tls),
    credentialsFile: v.optional(path),
    user: v.optional(words('a user name', 200)),
    passwordFile: v.optional(path),
    replicas: v.optional(
      v.union([v.literal(1, REPLICAS), v.literal(3, REPLICAS), v.literal(5, REPLICAS)], REPLICAS),
      1,
    ),
  }),
  v.check(
    ({ user, passwordFile }) => (user === undefined) === (passwordFile === undefined),
    '"user" and "passwordFile" together, or neither',
  ),
  v.check(
    ({ credentialsFile, user }) => credentialsFile === undefined || user === undefined,
    'either "credentialsFile" or "user" with "passwordFile"',
  ),
);

export const busEntry = object({ nats });

function hasHostAlone(text: string): boolean {
  const { pathname, search, hash, hostname } = new URL(text);
  return hostname !== '' && (pathname === '' || pathname === '/') && search === '' && hash === '';
}
