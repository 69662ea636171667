import { expect, test } from 'vitest';
import { createAuthenticator } from '../../../relay/authenticate.ts';
import { systemClock } from '../../../relay/clock.ts';
import { readConfig } from '../../../relay/config.ts';
import { describeNewToken } from '../../../relay/token-command.ts';

test('the printed entry is a usable one, and lets the printed token in', () => {
  const text = describeNewToken('Alice', Buffer.alloc(32, 7));
  const token = /esh_[\w-]{43}(?=\n)/.exec(text)?.[0];
  const entry: unknown = JSON.parse(/\{.*\}/.exec(text)?.[0] ?? '');
  const config = readConfig(
    JSON.stringify({ upstream: { url: 'wss://x/', tokenFile: 't' }, agents: [entry] }),
    {},
  );
  if (!config.ok) throw new Error(config.problems.join('\n'));
  expect(createAuthenticator(config.config.agents, systemClock)(token)).toMatchObject({
    ok: true,
    agent: { name: 'Alice' },
  });
  expect(text.split(token ?? '')).toHaveLength(2);
});
