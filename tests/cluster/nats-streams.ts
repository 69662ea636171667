/** The streams of a cluster of NATS servers: who leads the relays' log, and whether every server has all of it. */
import { jetstreamManager, type StreamInfo } from '@nats-io/jetstream';
import { connect } from '@nats-io/transport-node';
import type { NatsCluster, NatsServer } from '../nats-server.ts';
import { until } from './until.ts';

const PATIENCE_MS = 60_000;

async function readStreams(urls: readonly string[]): Promise<StreamInfo[]> {
  const connection = await connect({ servers: [...urls], reconnect: false });
  try {
    const { streams } = await jetstreamManager(connection);
    return await streams.list().next();
  } finally {
    await connection.close();
  }
}

export async function findLeadingServer({ servers, urls }: NatsCluster): Promise<NatsServer> {
  const isLog = ({ config }: StreamInfo) => config.subjects.some((subject) => subject.startsWith('earshot.'));
  const log = (await readStreams(urls)).find(isLog);
  const server = servers.find(({ name }) => name === log?.cluster?.leader);
  if (server === undefined) throw new Error('no server leads the log');
  return server;
}

/** Until then the next server must not be taken down: what is in memory would be lost with it. */
export async function untilReplicated({ servers, urls }: NatsCluster): Promise<void> {
  await until('every server has all of every stream', PATIENCE_MS, async () => {
    try {
      const streams = await readStreams(urls);
      return streams.length > 0 && streams.every((stream) => isReplicated(stream, servers.length - 1));
    } catch {
      return false;
    }
  });
}

function isReplicated({ cluster }: StreamInfo, followers: number): boolean {
  const current = cluster?.replicas?.filter((replica) => replica.current && !replica.offline) ?? [];
  return cluster?.leader !== undefined && cluster.leader !== '' && current.length === followers;
}
