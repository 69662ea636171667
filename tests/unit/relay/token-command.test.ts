import { describe, expect, test } from 'vitest';
import { createAuthenticator } from '../../../relay/access/authenticate.ts';
import { describeNewToken, readTokenOptions, type TokenValues } from '../../../relay/access/token-command.ts';
import { systemClock } from '../../../relay/clock.ts';
import { readConfig } from '../../../relay/config/config.ts';
import { readSetup } from '../../../utils/protocol/setup-link.ts';

/** What the command prints. */
function run(values: TokenValues): string {
  const read = readTokenOptions({ agent: 'Alice', ...values });
  if (!read.ok) throw new Error(read.problems.join('\n'));
  return describeNewToken(read.options, Buffer.alloc(32, 7));
}

const tokenIn = (text: string) => /esh_[\w-]{43}(?=\n)/.exec(text)?.[0];
const entryIn = (text: string): unknown => JSON.parse(/^ {2}(\{.*\})$/m.exec(text)?.[1] ?? '');

test('the printed entry is a usable one, and lets the printed token in', () => {
  const text = run({
    calls: ['dest_number=2001'],
    expires: '2127-01-31T00:00:00+02:00',
    stream: 'main',
  });
  const config = readConfig(
    JSON.stringify({ upstream: { url: 'wss://x/', tokenFile: 't' }, agents: [entryIn(text)] }),
    {},
  );
  if (!config.ok) throw new Error(config.problems.join('\n'));
  expect(createAuthenticator(config.config.agents, systemClock)(tokenIn(text))).toMatchObject({
    ok: true,
    agent: {
      name: 'Alice',
      stream: 'main',
      calls: [{ field: 'dest_number', in: ['2001'] }],
      expiresAtMs: Date.UTC(2127, 0, 30, 22),
    },
  });
  expect(text.split(tokenIn(text) ?? '')).toHaveLength(2);
});

describe('which calls the agent sees', () => {
  test.each<[string[], unknown]>([
    [['all'], 'all'],
    [['dest_number=2001'], [{ field: 'dest_number', in: ['2001'] }]],
    [['dest_number=2001, 2002'], [{ field: 'dest_number', in: ['2001', '2002'] }]],
    [['customer=acme*'], [{ field: 'customer', match: 'acme*' }]],
    [
      ['to=2001,30*', 'call.customer=a=b'],
      [
        { field: 'to', in: ['2001'] },
        { field: 'to', match: '30*' },
        { field: 'call.customer', in: ['a=b'] },
      ],
    ],
  ])('%j', (calls, expected) => {
    const text = run({ calls });
    expect(entryIn(text)).toMatchObject({ calls: expected });
    expect(text).not.toContain('sees no calls');
  });

  test('none, if nothing is said; and that is told', () => {
    const text = run({});
    expect(entryIn(text)).toMatchObject({ calls: [] });
    expect(text).toContain('sees no calls yet: add --calls all');
  });
});

test('with the relay’s address it prints the setup link too, which holds the token and no more than is needed', () => {
  const text = run({ address: 'wss://relay.example.com', name: 'Front desk' });
  expect(readSetup(/earshot:\S+/.exec(text)?.[0] ?? '')).toEqual({
    ok: true,
    setup: { relay: 'wss://relay.example.com', name: 'Front desk', plain: false, token: tokenIn(text) },
  });
  expect(text).toContain('as secret');
});

test('without it, it says how to get one', () => {
  const text = run({});
  expect(text).not.toContain('earshot:');
  expect(text).toContain('--address');
});

test.each<[string, TokenValues, string]>([
  ['no name', { agent: ' ' }, '--agent: expected a name'],
  ['a name without end', { agent: 'x'.repeat(201) }, '--agent: expected a name'],
  ['calls without a value', { calls: ['dest_number='] }, '--calls: expected "all", or a field'],
  ['calls with an empty value', { calls: ['dest_number=1,,2'] }, '--calls: expected'],
  ['calls without a field', { calls: ['=2001'] }, '--calls: expected'],
  ['a number alone', { calls: ['2001'] }, '--calls: expected'],
  ['all and more', { calls: ['all', 'to=1'] }, '--calls: expected'],
  ['a value without end', { calls: [`to=${'1'.repeat(201)}`] }, '--calls: expected'],
  ['a day without a time', { expires: '2027-01-31' }, '--expires: expected a moment with its zone'],
  ['a stream of two words', { stream: 'a b' }, '--stream: expected a short name'],
  ['an empty address', { address: ' ' }, '--address: expected the address'],
  ['a name of nothing', { name: 'Front desk' }, '--name: expected --address'],
  ['a name too long', { address: 'wss://x', name: 'x'.repeat(61) }, '--name: expected at most 60'],
])('%s is a mistake of one line', (_name, values, problem) => {
  const read = readTokenOptions({ agent: 'Alice', ...values });
  expect(read.ok ? [] : read.problems).toEqual([expect.stringContaining(problem)]);
});

test('each mistake has its line', () => {
  const read = readTokenOptions({ agent: '', calls: ['x'], expires: 'soon' });
  expect(read.ok ? [] : read.problems).toHaveLength(3);
});
