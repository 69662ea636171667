/** What a changed configuration changes in a relay that runs; the rest waits for a restart. */
import { isDeepStrictEqual } from 'node:util';
import type { Logger } from 'pino';
import type { RunningRelay } from '../run-relay.ts';
import type { ConfigResult, RelayConfig, StreamConfig } from './config.ts';

const NEEDS_RESTART = ['listen', 'operations', 'limits', 'bus'] as const satisfies (keyof RelayConfig)[];

export type ReloadDependencies = {
  /** What the relay was started with. */
  started: RelayConfig;
  relay: Pick<RunningRelay, 'apply'>;
  log: Logger;
};

/** Takes over what can be. One with problems changes nothing: they are logged, a line each, as at the start. */
export function applyReload(result: ConfigResult, { started, relay, log }: ReloadDependencies): void {
  if (!result.ok) {
    log.error({ problems: result.problems }, 'configuration not usable: everything stays as it was');
    return;
  }
  const { config } = result;
  const fields: string[] = NEEDS_RESTART.filter((field) => !isDeepStrictEqual(config[field], started[field]));
  if (!isDeepStrictEqual(fixedOf(config.streams), fixedOf(started.streams))) fields.push('streams');
  if (fields.length > 0) log.warn({ fields }, 'configuration changed: needs a restart');
  relay.apply(config);
}

/** All of a stream but its field map. */
function fixedOf(streams: readonly StreamConfig[]): object[] {
  return streams.map(({ name, url, token, window }) => ({ name, url, token, window }));
}
