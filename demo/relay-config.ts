/** A relay's configuration as its file would say it, for the demo and for tests. */
import { type Environment, type RelayConfig, readConfig } from '../relay/config/config.ts';

/** Throws with the problems where there are any. Listens on a free port of this machine unless `file` says otherwise. */
export function relayConfig(file: object, env: Environment = {}): RelayConfig {
  const result = readConfig(JSON.stringify({ listen: { port: 0 }, ...file }), env);
  if (!result.ok) throw new Error(result.problems.join('\n'));
  return result.config;
}
