import { expect, test } from 'vitest';
import { createAuthenticator } from '../../../relay/authenticate.ts';
import { systemClock } from '../../../relay/clock.ts';
import { readConfig } from '../../../relay/config.ts';
import { describeNewToken } from '../../../relay/token-command.ts';
import { readSetup } from '../../../utils/protocol/setup-link.ts';

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

test('with the relay’s address it prints the setup link too, which holds the token and no more than is needed', () => {
  const setup = { address: 'wss://relay.example.com', name: 'Front desk' };
  const text = describeNewToken('Alice', Buffer.alloc(32, 7), setup);
  expect(readSetup(/earshot:\S+/.exec(text)?.[0] ?? '')).toEqual({
    ok: true,
    setup: {
      relay: 'wss://relay.example.com',
      name: 'Front desk',
      plain: false,
      token: /esh_[\w-]{43}(?=\n)/.exec(text)?.[0],
    },
  });
  expect(text).toContain('as secret');
});

test('without it, it says how to get one', () => {
  const text = describeNewToken('Alice', Buffer.alloc(32, 7));
  expect(text).not.toContain('earshot:');
  expect(text).toContain('--address');
});
