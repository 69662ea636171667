import { describe, expect, test } from 'vitest';
import { hashToken } from '../../../relay/access/authenticate.ts';
import { readConfig } from '../../../relay/config/config.ts';
import { readConfigAt } from '../../../relay/config/config-file.ts';

const HASH = 'a'.repeat(64);
const GOOD = {
  upstream: { url: 'wss://app.connexcs.com/api/cp/scriptforge/10141', tokenFile: 'platform.token' },
  agents: [{ name: 'Alice', tokenSha256: HASH, calls: 'all' }],
};

function problemsOf(config: unknown, env: Record<string, string> = {}): string[] {
  const result = readConfig(typeof config === 'string' ? config : JSON.stringify(config), env);
  return result.ok ? [] : result.problems;
}

describe('a usable configuration', () => {
  test('is completed with the defaults', () => {
    expect(readConfig(JSON.stringify(GOOD), {})).toEqual({
      ok: true,
      config: {
        listen: { host: '127.0.0.1', port: 9200, trustedProxies: [] },
        streams: [
          {
            name: 'main',
            url: GOOD.upstream.url,
            token: { from: 'file', path: 'platform.token' },
            window: { events: 20_000, ms: 900_000, bytes: 67_108_864 },
          },
        ],
        agents: [{ ...GOOD.agents[0], stream: 'main' }],
        limits: { connections: 10_000, connectionsPerAgent: 20, connectionsPerAddress: 1_000 },
      },
    });
  });

  test('an agent without "calls" stays without', () => {
    const result = readConfig(JSON.stringify({ ...GOOD, agents: [{ name: 'Bob', tokenSha256: HASH }] }), {});
    expect(result.ok && result.config.agents).toEqual([
      { name: 'Bob', tokenSha256: HASH, calls: [], stream: 'main' },
    ]);
  });

  test('the environment can stand in for the token file and add an agent', () => {
    const config = { ...GOOD, upstream: { url: GOOD.upstream.url } };
    const env = { EARSHOT_PLATFORM_TOKEN: ' p1 \n', EARSHOT_AGENT_TOKEN: 'esh_quick' };
    const result = readConfig(JSON.stringify(config), env);
    expect(result.ok && result.config.streams[0]?.token).toEqual({ from: 'environment', token: 'p1' });
    expect(result.ok && result.config.agents[1]).toEqual({
      name: 'agent',
      tokenSha256: hashToken('esh_quick'),
      calls: 'all',
      stream: 'main',
    });
  });

  test('can come from the environment alone', () => {
    const env = {
      EARSHOT_UPSTREAM_URL: 'ws://localhost:9100/x',
      EARSHOT_PLATFORM_TOKEN: 'p1',
      EARSHOT_AGENT_TOKEN: 'a1',
    };
    const result = readConfig(undefined, env);
    expect(result.ok && result.config.streams[0]?.url).toBe('ws://localhost:9100/x');
    expect(result.ok && result.config.agents).toHaveLength(1);
  });

  test.each([
    'ws://127.0.0.1:9/x',
    'ws://127.8.8.8/',
    'ws://[::1]:9/x',
    'ws://localhost/',
    'wss://host.example/run',
  ])('the platform may be at %s', (url) =>
    expect(problemsOf({ ...GOOD, upstream: { ...GOOD.upstream, url } })).toEqual([]),
  );

  test.each([
    ['2026-12-31T23:59:59Z', Date.UTC(2026, 11, 31, 23, 59, 59)],
    ['2027-01-01T01:29:59+01:30', Date.UTC(2026, 11, 31, 23, 59, 59)],
    ['2028-02-29T00:00:00.250-05:00', Date.UTC(2028, 1, 29, 5, 0, 0, 250)],
    ['2000-01-01T00:00:00Z', Date.UTC(2000, 0, 1)],
  ])('a token may expire: %s', (expires, expiresAtMs) => {
    const result = readConfig(JSON.stringify(agentsWith({ ...GOOD.agents[0], expires })), {});
    expect(result.ok && result.config.agents).toEqual([{ ...GOOD.agents[0], stream: 'main', expiresAtMs }]);
  });

  test('a field map is taken as it is written, completed with no meanings', () => {
    const paths = { text: ['body', 'words', '*', 'w'], leg: ['body', 'who', 0] };
    const result = readConfig(
      JSON.stringify({ ...GOOD, fieldMap: { paths, legValues: { agent: 'callee' } } }),
      {},
    );
    expect(result.ok && result.config.streams[0]?.fieldMap).toEqual({
      paths,
      legValues: { agent: 'callee' },
      finalValues: {},
    });
  });

  test('an agent may have rules', () => {
    const calls = [
      { field: 'dest_number', in: ['2001', '2002'] },
      { field: 'customer', match: 'acme*' },
    ];
    const result = readConfig(JSON.stringify(agentsWith({ ...GOOD.agents[0], calls })), {});
    expect(result.ok && result.config.agents[0]?.calls).toEqual(calls);
  });

  test('there may be several streams, each agent at one of them', () => {
    const agents = [{ ...GOOD.agents[0], stream: 'two' }];
    const streams = [streamOf('one'), { ...streamOf('two'), window: { ms: 60_000 } }];
    const result = readConfig(JSON.stringify({ agents, streams }), {});
    expect(result).toMatchObject({
      ok: true,
      config: { agents, streams: [{ name: 'one' }, { name: 'two', window: { ms: 60_000, events: 20_000 } }] },
    });
  });

  test('an identity provider is enough, and its people listen to the only stream', () => {
    const result = readConfig(JSON.stringify({ upstream: GOOD.upstream, identity }), {});
    expect(result).toMatchObject({
      ok: true,
      config: { agents: [], identity: { ...identity, name: 'sub', denied: [], stream: 'main' } },
    });
  });

  test.each<[string, object]>([
    ['one server of this machine', { servers: ['nats://127.0.0.1:4222'] }],
    ['three with TLS, and a .creds file', { servers: TLS_SERVERS, credentialsFile: 'a.creds', replicas: 3 }],
    ['a user and a password', { servers: TLS_SERVERS, user: 'earshot', passwordFile: 'nats.password' }],
    ['servers by their IP addresses', { servers: ['tls://10.0.0.1:4222', 'tls://[fd00::1]:4222'] }],
    ['a private authority', { servers: TLS_SERVERS, tls: { caFile: 'ca.pem' } }],
    ['a certificate of its own', { servers: TLS_SERVERS, tls: { certFile: 'a.pem', keyFile: 'a.key' } }],
  ])('relays may share NATS: %s', (_name, nats) => {
    const result = readConfig(JSON.stringify(busWith(nats)), {});
    expect(result).toMatchObject({ ok: true, config: { bus: { nats: { replicas: 1, ...nats } } } });
  });

  test('files that it names are looked for beside it', () => {
    const nats = {
      servers: TLS_SERVERS,
      tls: { caFile: 'ca.pem', certFile: '../own.pem', keyFile: '/keys/own.key' },
      user: 'earshot',
      passwordFile: 'nats.password',
    };
    const result = readConfigAt('/etc/earshot/relay.json', JSON.stringify(busWith(nats)), {});
    expect(result.ok && result.config.bus?.nats).toEqual({
      ...nats,
      tls: { caFile: '/etc/earshot/ca.pem', certFile: '/etc/own.pem', keyFile: '/keys/own.key' },
      passwordFile: '/etc/earshot/nats.password',
      replicas: 1,
    });
  });

  test('two entries may share a name: an old and a new token', () => {
    const agents = [...GOOD.agents, { name: 'Alice', tokenSha256: 'b'.repeat(64), calls: 'all' }];
    expect(problemsOf({ ...GOOD, agents })).toEqual([]);
  });
});

const upstreamWith = (url: unknown) => ({ ...GOOD, upstream: { url, tokenFile: 't' } });
const { upstream: _, ...withoutUpstream } = GOOD;
const streamOf = (name: string) => ({ name, upstream: GOOD.upstream });
const identity = {
  issuer: 'https://login.example/',
  audience: 'earshot',
  jwks: 'https://login.example/keys',
  calls: [],
};
const TLS_SERVERS = ['tls://a.example:4222', 'tls://b.example:4222', 'tls://c.example'];
const busWith = (nats: unknown) => ({ ...GOOD, bus: { nats } });
const mapWith = (fieldMap: unknown) => ({ ...GOOD, fieldMap });
const agentsWith = (...agents: unknown[]) => ({ ...GOOD, agents });

describe('a problem names the field, what was expected and what was found', () => {
  test.each<[string, unknown, string]>([
    ['not JSON', '{"upstream":\n "esh_secret', 'the file: expected JSON, found a syntax error'],
    ['a list', [], 'the file: expected an object, found a list'],
    ['null', null, 'the file: expected an object, found null'],
    ['a typing error', { ...GOOD, lisen: {} }, 'lisen: expected no such field, found one'],
    [
      'a typing error below',
      { ...GOOD, listen: { prot: 1 } },
      'listen.prot: expected no such field, found one',
    ],
    ['no upstream', { agents: GOOD.agents }, 'upstream: expected this field (or "streams"), found nothing'],
    [
      'port as text',
      { ...GOOD, listen: { port: '9200' } },
      'listen.port: expected a whole number from 0 to 65535, found a text of 4 characters',
    ],
    [
      'port too high',
      { ...GOOD, listen: { port: 70_000 } },
      'listen.port: expected a whole number from 0 to 65535, found 70000',
    ],
    ['an http address', upstreamWith('http://x/'), 'upstream.url: expected a wss:// address'],
    ['ws to another machine', upstreamWith('ws://192.168.0.1/'), 'found an address that starts with ws://'],
    [
      'a lookalike of loopback',
      upstreamWith('ws://127.0.0.1.example.com/'),
      'upstream.url: expected a wss:// address',
    ],
    ['a password in the address', upstreamWith('wss://u:p@host/'), 'upstream.url: expected a wss:// address'],
    ['no address', upstreamWith('app.connexcs.com'), 'upstream.url: expected a wss:// address'],
    [
      'an agent without a name',
      agentsWith({ tokenSha256: HASH }),
      'agents[0].name: expected this field, found nothing',
    ],
    [
      'a short hash',
      agentsWith({ name: 'A', tokenSha256: 'abc' }),
      "agents[0].tokenSha256: expected the token's SHA-256 as 64 hex digits",
    ],
    [
      'unknown calls',
      agentsWith({ name: 'A', tokenSha256: HASH, calls: 'mine' }),
      'agents[0].calls: expected "all"',
    ],
    ...[
      '2026-12-31',
      '2026-12-31T23:59:59',
      '2026-12-31 23:59:59Z',
      '2026-02-30T00:00:00Z',
      '2026-13-01T00:00:00Z',
      '2026-12-31T23:61:00Z',
      '2026-12-31T23:59:59+99:00',
      'tomorrow',
      1_798_761_599_000,
    ].map((expires): [string, unknown, string] => [
      `an end of ${expires}`,
      agentsWith({ ...GOOD.agents[0], expires }),
      'agents[0].expires: expected a moment with its zone, such as 2026-12-31T23:59:59Z, found',
    ]),
    ['no agent', agentsWith(), 'agents: expected at least one agent'],
    [
      'one token twice',
      agentsWith(GOOD.agents[0], GOOD.agents[0]),
      'agents[1].tokenSha256: expected a token of its own, found that of agents[0]',
    ],
    [
      'origins as text',
      { ...GOOD, origins: '*' },
      'origins: expected a list of exact origins, found a text of 1 characters',
    ],
    ['any origin at all', { ...GOOD, origins: ['*'] }, 'origins[0]: expected an exact origin such as'],
    [
      'any extension in Chrome',
      { ...GOOD, origins: ['moz-extension://*', 'chrome-extension://*'] },
      'origins[1]: expected an exact origin such as',
    ],
    [
      'a proxy by name',
      { ...GOOD, listen: { trustedProxies: ['10.0.0.0/8', 'proxy.example.com'] } },
      'listen.trustedProxies[1]: expected an address or a network',
    ],
    [
      'a tiny window',
      { ...GOOD, window: { events: 5 } },
      'window.events: expected a whole number from 1000 to 1000000, found 5',
    ],
    ['a field map without paths', mapWith({}), 'fieldMap.paths: expected this field, found nothing'],
    [
      'a field nobody maps',
      mapWith({ paths: { words: ['a'] } }),
      'fieldMap.paths.words: expected no such field, found one',
    ],
    [
      'a path as text',
      mapWith({ paths: { text: 'a.b' } }),
      'fieldMap.paths.text: expected a list of 1 to 12 steps, found a text of 3 characters',
    ],
    [
      'an empty path',
      mapWith({ paths: { text: [] } }),
      'fieldMap.paths.text: expected a list of 1 to 12 steps',
    ],
    [
      'a step backwards',
      mapWith({ paths: { text: ['a', -1] } }),
      'fieldMap.paths.text[1]: expected a key of at most 200 characters, a list\'s index from 0, or "*", found -1',
    ],
    [
      'a step that is none',
      mapWith({ paths: { text: [true] } }),
      'fieldMap.paths.text[0]: expected a key of at most 200 characters',
    ],
    [
      'a third side',
      mapWith({ paths: {}, legValues: { agent: 'left' } }),
      'fieldMap.legValues.agent: expected "caller" or "callee", found a text of 4 characters',
    ],
    [
      'final as a word',
      mapWith({ paths: {}, finalValues: { settled: 'yes' } }),
      'fieldMap.finalValues.settled: expected true or false, found a text of 3 characters',
    ],
    ...[
      [{ field: 'x' }],
      [{ field: 'x', in: ['1'], match: '1' }],
      [{ in: ['1'] }],
      { field: 'x', in: ['1'] },
    ].map((calls): [string, unknown, string] => [
      `calls as ${JSON.stringify(calls)}`,
      agentsWith({ name: 'A', tokenSha256: HASH, calls }),
      'agents[0].calls: expected "all", or a list of rules',
    ]),
    [
      'a rule without values',
      agentsWith({ name: 'A', tokenSha256: HASH, calls: [{ field: 'x', in: [] }] }),
      'agents[0].calls[0].in: expected 1 to 10000 texts, found a list',
    ],
    [
      'a rule that matches nothing',
      agentsWith({ name: 'A', tokenSha256: HASH, calls: [{ field: 'x', match: '' }] }),
      'agents[0].calls[0].match: expected a text of 1 to 200 characters',
    ],
    [
      'an agent of a stream that is not there',
      agentsWith({ name: 'A', tokenSha256: HASH, stream: 'other' }),
      'agents[0].stream: expected the name of one of the streams, found another name',
    ],
    [
      'an agent of one of two streams',
      { ...withoutUpstream, streams: [streamOf('one'), streamOf('two')] },
      'agents[0].stream: expected the name of one of the streams, found nothing',
    ],
    [
      'a stream twice',
      { streams: [streamOf('one'), streamOf('one')], agents: [{ ...GOOD.agents[0], stream: 'one' }] },
      'streams[1].name: expected a name of its own, found that of another stream',
    ],
    [
      'a stream without a token',
      { ...withoutUpstream, streams: [{ name: 'one', upstream: { url: GOOD.upstream.url } }] },
      'streams[0].upstream.tokenFile: expected this field, found nothing',
    ],
    [
      'streams beside an upstream',
      { ...GOOD, streams: [streamOf('one')] },
      'upstream: expected no such field beside "streams", found one',
    ],
    ['a bus that is none', { ...GOOD, bus: {} }, 'bus.nats: expected this field, found nothing'],
    ['no NATS server', busWith({ servers: [] }), 'bus.nats.servers: expected 1 to 20 addresses'],
    ...[
      'nats://nats.example:4222',
      'tls://user:secret@nats.example',
      'tls://nats.example/path',
      'wss://nats.example',
      'nats.example:4222',
    ].map((server): [string, unknown, string] => [
      `a NATS server at ${server}`,
      busWith({ servers: [server] }),
      'bus.nats.servers[0]: expected an address such as tls://nats.example:4222',
    ]),
    [
      'two replicas',
      busWith({ servers: TLS_SERVERS, replicas: 2 }),
      'bus.nats.replicas: expected 1, 3 or 5, found 2',
    ],
    [
      'a certificate without its key',
      busWith({ servers: TLS_SERVERS, tls: { certFile: 'a.pem' } }),
      'bus.nats.tls: expected "certFile" and "keyFile" together, or neither, found an object',
    ],
    [
      'a user without a password',
      busWith({ servers: TLS_SERVERS, user: 'earshot' }),
      'bus.nats: expected "user" and "passwordFile" together, or neither, found an object',
    ],
    [
      'two ways to say who we are',
      busWith({ servers: TLS_SERVERS, credentialsFile: 'c', user: 'earshot', passwordFile: 'p' }),
      'bus.nats: expected either "credentialsFile" or "user" with "passwordFile", found an object',
    ],
    [
      'a password in the configuration itself',
      busWith({ servers: TLS_SERVERS, user: 'earshot', password: 'secret' }),
      'bus.nats.password: expected no such field, found one',
    ],
    [
      'an identity provider without TLS',
      { ...GOOD, identity: { ...identity, jwks: 'http://login.example/keys' } },
      "identity.jwks: expected the address (https://) or the file of the provider's public keys",
    ],
    [
      'half a certificate',
      { ...GOOD, listen: { tls: { certFile: 'a.pem' } } },
      'listen.tls.keyFile: expected this field, found nothing',
    ],
    ['half a millisecond', { ...GOOD, window: { ms: 1000.5 } }, 'window.ms: expected a whole number'],
  ])('%s', (_name, config, problem) => {
    expect(problemsOf(config)).toEqual([expect.stringContaining(problem)]);
  });

  test('all problems are told at once', () => {
    expect(problemsOf({ upstream: { url: 1 }, agents: [{}], extra: 1 })).toHaveLength(4);
  });

  test.each([
    ['both places for the token', GOOD, { EARSHOT_PLATFORM_TOKEN: 'p' }, 'found both'],
    ['neither', { ...GOOD, upstream: { url: GOOD.upstream.url } }, {}, 'found neither'],
    [
      'an empty variable counts as none',
      { ...GOOD, upstream: { url: GOOD.upstream.url } },
      { EARSHOT_PLATFORM_TOKEN: ' ' },
      'found neither',
    ],
  ])('%s', (_name, config, env, problem) => {
    expect(problemsOf(config, env as Record<string, string>)).toEqual([expect.stringContaining(problem)]);
  });

  test('never with a value that may be secret', () => {
    const secret = 'esh_do-not-show';
    const configs = [
      `{"upstream":"${secret}`,
      { ...GOOD, agents: [{ name: 'A', tokenSha256: secret }] },
      { ...GOOD, agents: secret },
      { ...GOOD, upstream: { url: `ws://host.example/?token=${secret}` } },
    ];
    expect(configs.flatMap((config) => problemsOf(config)).join('\n')).not.toContain(secret);
  });
});
