/** What a changed configuration changes in a relay that runs: its agents, origins and field map. The rest waits for a restart. */
import { isDeepStrictEqual } from 'node:util';
import type { Logger } from 'pino';
import type { ConfigResult, RelayConfig } from './config.ts';
import type { RunningRelay } from './run-relay.ts';

const NEEDS_RESTART = ['listen', 'upstream', 'window'] as const satisfies (keyof RelayConfig)[];

export type ReloadDependencies = {
  /** What the relay was started with. */
  started: RelayConfig;
  relay: Pick<RunningRelay, 'setAgents' | 'setFieldMap'>;
  log: Logger;
};

/** Takes over what can be. One with problems changes nothing: they are logged, a line each, as at the start. */
export function applyReload(result: ConfigResult, { started, relay, log }: ReloadDependencies): void {
  if (!result.ok) {
    log.error({ problems: result.problems }, 'configuration not usable: everything stays as it was');
    return;
  }
  const { config } = result;
  const fields = NEEDS_RESTART.filter((field) => !isDeepStrictEqual(config[field], started[field]));
  if (fields.length > 0) log.warn({ fields }, 'configuration changed: needs a restart');
  relay.setAgents(config.agents, config.origins ?? 'any');
  relay.setFieldMap(config.fieldMap);
}
