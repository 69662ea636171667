/** The folder a soaked relay lives from: its configuration, which is rewritten all the time, its token, its log. */
import { renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { agentsAt, type Member } from './roster.ts';

/** Smaller than the default, so that it is full, and turns over, early in a run; larger than anybody's absence. */
const WINDOW = { events: 15_000, ms: 15 * 60_000, bytes: 64 * 1024 * 1024 };

export function createRelayFiles(folder: string, upstreamUrl: string, members: readonly Member[]) {
  const configPath = join(folder, 'relay.json');
  const tokenPath = join(folder, 'platform.token');

  /** A whole file takes the place of the other, as a careful tool would do it. */
  function replace(path: string, text: string): void {
    writeFileSync(`${path}.new`, text);
    renameSync(`${path}.new`, path);
  }

  return {
    configPath,
    logPath: join(folder, 'relay.log'),
    writeConfig(version: number): void {
      const config = {
        listen: { host: '127.0.0.1', port: 0 },
        upstream: { url: upstreamUrl, tokenFile: 'platform.token' },
        window: WINDOW,
        agents: agentsAt(members, version),
        limits: { connections: 10_000, connectionsPerAgent: 10_000, connectionsPerAddress: 10_000 },
      };
      replace(configPath, JSON.stringify(config));
    },
    /** What an administrator's slip leaves there for a moment. */
    breakConfig: () => replace(configPath, '{"agents": [{'),
    writeToken: (token: string) => replace(tokenPath, `${token}\n`),
  };
}
export type RelayFiles = ReturnType<typeof createRelayFiles>;
