/** Three relays on the same NATS: who of them leads, and what may be between each of them and NATS. */
import { join } from 'node:path';
import { startTcpProxy, type TcpProxy } from '../chaos/tcp-proxy.ts';
import { type ClusterRelay, prepareClusterRelay } from './cluster-relay.ts';
import { until } from './until.ts';

export const RELAY_NAMES = ['a', 'b', 'c'] as const;
/** A lease runs out, or NATS chooses a leader, on a machine that is busy. */
const PATIENCE_MS = 60_000;

export type NatsPlace = {
  urls: readonly string[];
  replicas: 1 | 3;
  /** Where given, each relay reaches this port, through a proxy of its own, and nothing else. */
  proxiedPort?: number;
};
type RelaySetOptions = {
  folder: string;
  platformUrl: string;
  nats: NatsPlace;
  agents: readonly object[];
};

/** What was started is handed to `undo` at once. Resolves when all listen. */
export async function startRelaySet(options: RelaySetOptions, undo: (action: () => unknown) => void) {
  const { folder, platformUrl, nats } = options;
  const proxies = new Map<string, TcpProxy>();
  const all: ClusterRelay[] = [];
  for (const name of RELAY_NAMES) {
    let natsUrls = nats.urls;
    if (nats.proxiedPort !== undefined) {
      const proxy = await startTcpProxy(nats.proxiedPort, {});
      undo(proxy.stop);
      proxies.set(name, proxy);
      natsUrls = [`nats://127.0.0.1:${proxy.port}`];
    }
    const place = { folder: join(folder, name), platformUrl, natsUrls, replicas: nats.replicas };
    const relay = await prepareClusterRelay({ name, ...place });
    undo(relay.end);
    relay.writeConfig(options.agents);
    all.push(relay);
  }
  await Promise.all(all.map((relay) => relay.start()));

  async function leaders(): Promise<ClusterRelay[]> {
    const leading = await Promise.all(all.map((relay) => relay.isLeading()));
    return all.filter((_, index) => leading[index]);
  }

  /** As their metrics say; once exactly one does. */
  function leader(): Promise<ClusterRelay> {
    return until('exactly one relay leads', PATIENCE_MS, async () => {
      const [first, ...others] = await leaders();
      return others.length === 0 ? first : undefined;
    });
  }

  return {
    all: all as readonly ClusterRelay[],
    leader,
    /** Once another than this one leads, whatever this one believes. */
    otherLeader: (than: ClusterRelay): Promise<ClusterRelay> =>
      until('another relay leads', PATIENCE_MS, async () =>
        (await leaders()).find(({ name }) => name !== than.name),
      ),
    /** One that does not lead. */
    async follower(): Promise<ClusterRelay> {
      const { name } = await leader();
      const found = all.find((relay) => relay.name !== name);
      if (found === undefined) throw new Error('there is no other relay');
      return found;
    },
    /** Between this one and NATS. */
    proxyOf({ name }: ClusterRelay): TcpProxy {
      const proxy = proxies.get(name);
      if (proxy === undefined) throw new Error(`relay ${name} has no proxy`);
      return proxy;
    },
    /** Throws if one has ended that was not told to. */
    requireAlive(): void {
      for (const { name, endedByItself } of all) {
        const end = endedByItself();
        if (end !== undefined) throw new Error(`relay ${name} ended by itself: ${end}`);
      }
    },
    writeAgents(agents: readonly object[]): void {
      for (const relay of all) relay.writeConfig(agents);
    },
    /** All of them run, and reach NATS. */
    async mend(): Promise<void> {
      for (const proxy of proxies.values()) {
        proxy.unblock();
        proxy.flow();
      }
      for (const relay of all) {
        if (relay.isRunning()) relay.thaw();
        else await relay.start();
      }
    },
  };
}
