import { expect, test } from 'vitest';
import { emptyKind } from '../../../components/sidebar/empty-kind.ts';
import type { PlatformState, RelayState } from '../../../utils/connection/state.ts';

const sinceMs = 1;
const connected: RelayState = { name: 'connected', sinceMs, agent: 'Alice' };
const waiting: RelayState = { name: 'waiting', sinceMs, retryAtMs: 2, reason: 'lost' };
const stopped: RelayState = { name: 'stopped', sinceMs, reason: 'token-refused' };

test.each<[string, RelayState, PlatformState['name'], ReturnType<typeof emptyKind>]>([
  ['no sidebar has asked for a connection yet', { name: 'off', sinceMs }, 'unknown', 'connecting'],
  ['the first attempt', { name: 'connecting', sinceMs }, 'unknown', 'connecting'],
  ['connected to both', connected, 'up', 'listening'],
  ['a plain proxy, which does not tell', connected, 'unknown', 'listening'],
  ['the platform is being connected to', connected, 'connecting', 'listening'],
  ['the platform is down', connected, 'down', 'away'],
  ['the platform refuses the relay’s token', connected, 'unauthorized', 'away'],
  ['until the next try', waiting, 'unknown', 'away'],
  ['during the next try', { name: 'connecting', sinceMs, after: 'lost' }, 'unknown', 'away'],
  ['until the agent acts', stopped, 'unknown', 'stopped'],
])('%s', (_, relay, platform, kind) => {
  expect(emptyKind({ relay, platform: { name: platform, sinceMs } })).toBe(kind);
});
