/** What several relays share: each server of NATS by itself, then once all that a relay does with them. */
import { randomBytes } from 'node:crypto';
import { jetstreamManager } from '@nats-io/jetstream';
import { connect, errors, type NatsConnection } from '@nats-io/transport-node';
import type { Script } from '../bus/bus.ts';
import { describeConnectError, UnreadableFile } from '../bus/nats/away-words.ts';
import { readConnectOptions } from '../bus/nats/connect-options.ts';
import { nameScript } from '../bus/nats/names.ts';
import type { NatsOptions } from '../bus/nats/nats-options.ts';
import { MAX_PLATFORM_FRAME_BYTES } from '../limits.ts';
import type { Hop, OnHop } from './hop.ts';
import { tryBus } from './try-bus.ts';

const FILES = 'Check the files that "bus.nats" names, and that the relay may read them.';
const CREDENTIALS =
  'Check the user and password, or the credentials file, in "bus.nats" against the server’s.';
const CERTIFICATE =
  'Name the authority’s certificate in "bus.nats.tls.caFile", and the server as its own certificate does.';
const REACH = 'Check "bus.nats.servers", that nats-server runs there, and that no firewall is in between.';
const JETSTREAM =
  'Compare the servers’ configuration with relay/deploy/nats: JetStream, the user’s permissions, and for "replicas" as many servers of one cluster.';

const WINDOW = { events: 10, ms: 60_000, bytes: 65_536 };

export async function checkBus(options: NatsOptions, withinMs: number, onHop: OnHop): Promise<void> {
  const connections: NatsConnection[] = [];
  for (const server of options.servers) {
    try {
      const connection = await connect(await readConnectOptions({ ...options, servers: [server] }));
      connections.push(connection);
      onHop(describeServer(server, connection));
    } catch (error) {
      onHop(describeFailure(server, error));
    }
  }
  const [first] = connections;
  if (first !== undefined) onHop(await checkWork(options, withinMs, first));
  await Promise.all(connections.map((connection) => connection.close()));
}

function describeServer(server: string, { info }: NatsConnection): Hop {
  const text = `NATS at ${hostOf(server)} takes us (version ${info?.version})`;
  return (info?.max_payload ?? 0) > MAX_PLATFORM_FRAME_BYTES
    ? { hop: 'bus', tone: 'good', text: `${text}.` }
    : {
        hop: 'bus',
        tone: 'unknown',
        text: `${text}, but not the largest events: agents would be told of a gap.`,
        remedy: 'Set "max_payload: 8MB" in the server’s configuration.',
      };
}

function describeFailure(server: string, error: unknown): Hop {
  const { words } = describeConnectError(error);
  return {
    hop: 'bus',
    tone: 'poor',
    text: `NATS at ${hostOf(server)} cannot be used: ${words}.`,
    remedy: remedyOf(error, words),
  };
}

function remedyOf(error: unknown, words: string): string {
  if (error instanceof UnreadableFile) return FILES;
  if (error instanceof errors.AuthorizationError) return CREDENTIALS;
  return /certificate|TLS/.test(words) ? CERTIFICATE : REACH;
}

async function checkWork(options: NatsOptions, withinMs: number, connection: NatsConnection): Promise<Hop> {
  const nonce = randomBytes(9).toString('base64url');
  const script: Script = { name: `check-${nonce}`, url: 'check:', window: WINDOW };
  const failure = await tryBus(options, script, withinMs);
  await removeLog(connection, script);
  if (failure !== undefined) {
    return { hop: 'bus', tone: 'poor', text: `${failure.failed}: ${failure.why}.`, remedy: JETSTREAM };
  }
  const kept = options.replicas === 1 ? 'one server' : `${options.replicas} servers`;
  return { hop: 'bus', tone: 'good', text: `Relays can share a lease and a log there, kept on ${kept}.` };
}

/** Where it cannot be: it was not made, or holds one entry without meaning until the servers restart. */
async function removeLog(connection: NatsConnection, script: Script): Promise<void> {
  const { streams } = await jetstreamManager(connection, { checkAPI: false });
  const { stream, subjectPrefix } = nameScript(script);
  const names = await streams
    .names(`${subjectPrefix}>`)
    .next()
    .catch(() => [stream]);
  await Promise.all(names.map((name) => streams.delete(name).catch(() => false)));
}

function hostOf(server: string): string {
  return new URL(server).host;
}
