/** The relay as a service: itself, what operators see of it, and the configuration file it follows while it runs. */
import type { Logger } from 'pino';
import type { Environment, RelayConfig } from './config/config.ts';
import { readConfigAt } from './config/config-file.ts';
import { applyReload } from './config/config-reload.ts';
import { watchFile } from './config/file-watch.ts';
import { createMetrics } from './operations/metrics.ts';
import { createOperationsServer } from './operations/operations-server.ts';
import { type RunningRelay, startRelay } from './run-relay.ts';

export type ServeDependencies = {
  log: Logger;
  env: Environment;
  /** The file that `config` was read from, and its content: followed from now on. */
  source: { path: string; text: string } | undefined;
};

export type Service = {
  url: string;
  /** Reads the configuration file now, changed or not. */
  reread: () => void;
  /** Drains. Answers operators until the end. */
  stop: () => Promise<void>;
};

/** Rejects if an address cannot be listened on. */
export async function serve(config: RelayConfig, { log, env, source }: ServeDependencies): Promise<Service> {
  const metrics = createMetrics();
  const relay = await startRelay(config, { log, observer: metrics.observer });
  metrics.readFrom(relay.status);
  const operations = createOperationsServer({ metrics, status: relay.status, log });
  if (config.operations !== undefined) {
    try {
      const { port } = await operations.listen(config.operations.host, config.operations.port);
      log.info({ host: config.operations.host, port }, 'operations listening');
    } catch (error) {
      await relay.stop();
      throw error;
    }
  }
  const watch = source && follow(source, config, { relay, log, env });

  return {
    url: relay.url,
    reread: () => watch?.readNow(),
    async stop() {
      watch?.stop();
      await relay.stop();
      await operations.close();
    },
  };
}

function follow(
  { path, text }: { path: string; text: string },
  started: RelayConfig,
  { relay, log, env }: { relay: RunningRelay; log: Logger; env: Environment },
) {
  return watchFile(path, text, {
    onText: (changed) => applyReload(readConfigAt(path, changed, env), { started, relay, log }),
    onUnreadable: (reason) =>
      log.error({ reason }, 'configuration cannot be read: everything stays as it was'),
  });
}
