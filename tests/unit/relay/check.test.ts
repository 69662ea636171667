/** `check`: what it finds at each hop, that it ends where nothing more can be told, and that it shows no secret. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { checkCertificate } from '../../../relay/check/check-certificate.ts';
import { checkRelay } from '../../../relay/check/check-relay.ts';
import type { Hop } from '../../../relay/check/hop.ts';
import { describeReading } from '../../../relay/check/reading.ts';
import { describeForMachines, describeHop } from '../../../relay/check/report.ts';
import { remedyOfEnd } from '../../../relay/check/upgrade-remedy.ts';
import { type Environment, readConfig } from '../../../relay/config/config.ts';
import { freePort } from '../../free-port.ts';
import { createCertificates } from './certificates.ts';
import { createFakePlatform } from './fake-platform.ts';
import { startTestRelay } from './relay-under-test.ts';
import { until } from './until.ts';

const PLATFORM_TOKEN = 'platform-token-1';
const AGENTS = [{ name: 'Alice', tokenSha256: 'a'.repeat(64), calls: 'all' }];
const FAST = { answerMs: 2_000, listenMs: 300, moreMs: 300 };
const LINE = '{"call_id":"c1","transcript":"my card is 4929","leg":"caller"}';

async function check(file: object, env: Environment = { EARSHOT_PLATFORM_TOKEN: PLATFORM_TOKEN }) {
  const hops: Hop[] = [];
  const text = JSON.stringify({ listen: { port: 0 }, agents: AGENTS, ...file });
  const isWell = await checkRelay('relay.json', readConfig(text, env), (hop) => void hops.push(hop), FAST);
  return { isWell, hops, found: hops.map(({ hop, tone }) => `${hop} ${tone}`) };
}

async function startPlatform() {
  const platform = await createFakePlatform();
  onTestFinished(() => platform.stop());
  return platform;
}

/** Answers every request the same. */
async function startWebServer(status: number, body: string): Promise<number> {
  const server = createServer((_request, response) => void response.writeHead(status).end(body));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return (server.address() as AddressInfo).port;
}

async function writeTemp(content: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'earshot-check-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const path = join(folder, 'file');
  await writeFile(path, content);
  return path;
}

/** A JWT in form; nobody checks its signature. */
function jwt(expiresAtMs: number): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  return `${part({ alg: 'HS256' })}.${part({ exp: Math.floor(expiresAtMs / 1_000) })}.c2lnbmF0dXJl`;
}

describe('the way to the platform', () => {
  test('with a call going on is good to the last hop, and let go within seconds', async () => {
    const platform = await startPlatform();
    const checked = check({ upstream: { url: platform.url } });
    await until(() => expect(platform.connections()).toBe(1));
    platform.say(LINE, LINE.replace('c1', 'c2'));
    const { isWell, hops, found } = await checked;
    expect(found).toEqual([
      'configuration good',
      'token good',
      'host good',
      'upgrade good',
      'events good',
      'readable good',
      'listen good',
    ]);
    expect([isWell, hops[5]?.text]).toEqual([
      true,
      'Of the events seen, 2 of 2 could be read and gave 2 lines.',
    ]);
    await until(() => expect(platform.connections()).toBe(0));
  });

  test('without a call is not wrong', async () => {
    const platform = await startPlatform();
    const { isWell, hops, found } = await check({ upstream: { url: platform.url } });
    expect([isWell, found[4]]).toEqual([true, 'events unknown']);
    expect(hops[4]?.text).toContain('no call is being transcribed now');
  });

  test.each([
    ['401 Unauthorized', '401: the relay’s token is wrong or expired', /Put a new token/],
    ['403 Forbidden', '403: the relay’s token may not run this script', /Give the token’s user the right/],
    ['404 Not Found', '404: no such script', /script’s id/],
    ['302 Found', '302 instead of opening a WebSocket', /scriptforge/],
    ['502 Bad Gateway', '502 instead of opening a WebSocket', /try again later/],
  ])('ends at an answer of %s, and says what to do', async (statusLine, words, remedy) => {
    const platform = await startPlatform();
    platform.refuseWith(statusLine);
    const { isWell, hops, found } = await check({ upstream: { url: platform.url } });
    expect([isWell, found.slice(3)]).toEqual([false, ['upgrade poor', 'listen good']]);
    expect(hops[3]).toMatchObject({
      text: expect.stringContaining(words),
      remedy: expect.stringMatching(remedy),
    });
  });

  test('ends at a host where nothing listens', async () => {
    const port = await startWebServer(200, '');
    const free = port === 65_535 ? port - 1 : port + 1;
    const { hops } = await check({ upstream: { url: `ws://127.0.0.1:${free}/x` } });
    expect(hops[2]).toMatchObject({
      hop: 'host',
      tone: 'poor',
      text: 'The platform cannot be reached: connection refused.',
    });
  });

  test('ends at a token that cannot be read, or has expired', async () => {
    const url = 'ws://127.0.0.1:9/x';
    const missing = await check({ upstream: { url, tokenFile: '/nowhere/token' } }, {});
    expect(missing.found).toEqual(['configuration good', 'token poor', 'listen good']);
    const expired = await check({ upstream: { url } }, { EARSHOT_PLATFORM_TOKEN: jwt(1_000_000) });
    expect(expired.hops[1]).toMatchObject({
      tone: 'poor',
      text: 'The platform’s token expired at 1970-01-01T00:16:40.000Z.',
    });
  });

  test('says when the token will expire', async () => {
    const platform = await startPlatform();
    const token = jwt(4_000_000_000_000);
    platform.tokens.add(token);
    const { hops } = await check({ upstream: { url: platform.url } }, { EARSHOT_PLATFORM_TOKEN: token });
    expect(hops[1]?.text).toBe('The platform’s token can be read; it expires at 2096-10-02T07:06:40.000Z.');
  });

  test('is told for each of several streams', async () => {
    const platform = await startPlatform();
    const good = { url: platform.url, tokenFile: await writeTemp(PLATFORM_TOKEN) };
    const bad = { url: platform.url, tokenFile: await writeTemp('wrong') };
    const streams = [
      { name: 'sales', upstream: bad },
      { name: 'service', upstream: good },
    ];
    const agents = [{ ...AGENTS[0], stream: 'sales' }];
    const { hops, isWell } = await check({ streams, agents }, {});
    expect(hops.filter(({ hop }) => hop === 'upgrade').map(({ stream, tone }) => [stream, tone])).toEqual([
      ['sales', 'poor'],
      ['service', 'good'],
    ]);
    expect(isWell).toBe(false);
  });
});

describe('events', () => {
  const cases: [string, string[], Hop['tone'], string][] = [
    ['that are lines', [LINE, LINE], 'good', '2 of 2 could be read and gave 2 lines'],
    ['that are signs of life', ['{"type":"ping"}'], 'unknown', 'Only signs of life'],
    [
      'that cannot be read',
      [LINE, '{"a":'],
      'poor',
      '1 of 2 could be read and gave 1 line (the others: broken-json)',
    ],
    ['that only name a call', ['{"call_id":"c1","event":"hangup"}'], 'unknown', 'nobody spoke'],
    ['that name no call', ['{"transcript":"hello"}'], 'unknown', 'do not say of which call'],
  ];

  test.each(cases)('%s', (_name, frames, tone, text) => {
    const hop = describeReading(frames, undefined);
    expect(hop).toMatchObject({ tone, text: expect.stringContaining(text) });
    expect(JSON.stringify(hop)).not.toMatch(/4929|hello/);
  });
});

test('a certificate that is not trusted is told from a host that is not there', () => {
  const end = { kind: 'failed', code: 'DEPTH_ZERO_SELF_SIGNED_CERT' } as const;
  expect(remedyOfEnd(end)).toMatchObject({
    detail: 'The platform’s certificate is not trusted here (DEPTH_ZERO_SELF_SIGNED_CERT)',
    remedy: expect.stringContaining('NODE_EXTRA_CA_CERTS'),
  });
});

describe('the relay’s own side', () => {
  const upstream = { url: 'ws://127.0.0.1:9/x' };
  const hopOf = async (name: Hop['hop'], file: object) =>
    (await check({ upstream, ...file })).hops.find(({ hop }) => hop === name);

  test('each problem of the configuration is told', async () => {
    const { isWell, found } = await check({ upstream: { url: 'http://x/' }, agents: [] });
    expect([isWell, found]).toEqual([false, ['configuration poor']]);
  });

  test('certificate files are read, and their end is looked at', async () => {
    const { files, make, useCert, useKey } = await createCertificates();
    await make('one', 5);
    await Promise.all([useCert('one'), useKey('one')]);
    const nowMs = Date.now();
    expect((await checkCertificate(files, nowMs)).tone).toBe('good');
    expect((await checkCertificate(files, nowMs + 6 * 24 * 60 * 60_000)).text).toMatch(
      /^The certificate expired at/,
    );
    const tls = { certFile: '/nowhere/c', keyFile: '/nowhere/k' };
    expect(await hopOf('certificate', { listen: { port: 0, tls } })).toMatchObject({
      tone: 'poor',
      text: 'The certificate cannot be used. certFile: cannot be read (ENOENT).',
    });
  });

  const KEYS = '{"keys":[{"kty":"EC"},{"kty":"RSA"}]}';
  test.each([
    [200, KEYS, 'good', 'keys are there: 2'],
    [200, '<html>', 'poor', 'no set of keys'],
    [200, '{"keys":[]}', 'poor', 'no set of keys'],
    [500, '', 'poor', 'it answered 500'],
  ])('an identity provider that answers %i %s', async (status, body, tone, text) => {
    const port = await startWebServer(status, body);
    const jwks = `http://127.0.0.1:${port}/keys`;
    const identity = { issuer: 'i', audience: 'a', jwks, calls: [] };
    expect(await hopOf('identity', { identity })).toMatchObject({
      tone,
      text: expect.stringContaining(text),
    });
  });

  test('an identity provider’s keys may be a file', async () => {
    const identity = { issuer: 'i', audience: 'a', jwks: await writeTemp(KEYS), calls: [] };
    expect(await hopOf('identity', { identity })).toMatchObject({ tone: 'good' });
    const missing = { ...identity, jwks: '/nowhere/keys' };
    expect((await hopOf('identity', { identity: missing }))?.text).toContain('ENOENT');
  });

  test('what several relays share is tried where it is configured', async () => {
    const servers = [`nats://127.0.0.1:${await freePort()}`];
    expect(await hopOf('bus', { bus: { nats: { servers } } })).toMatchObject({ tone: 'poor' });
    expect(await hopOf('bus', {})).toBeUndefined();
  });

  test('an address may be free, taken by a relay, taken by another, or not this machine’s', async () => {
    const { relay } = await startTestRelay();
    const foreign = await startWebServer(200, 'hello');
    const listen = (port: number, host = '127.0.0.1') => hopOf('listen', { listen: { host, port } });
    expect(await listen(0)).toMatchObject({ tone: 'good' });
    expect(await listen(relay.port)).toMatchObject({
      tone: 'good',
      text: `A relay answers on 127.0.0.1:${relay.port} already.`,
    });
    expect(await listen(foreign)).toMatchObject({
      tone: 'poor',
      text: expect.stringContaining('Another program'),
    });
    expect(await listen(0, '192.0.2.1')).toMatchObject({
      tone: 'poor',
      text: expect.stringContaining('EADDRNOTAVAIL'),
    });
    const operations = await hopOf('operations', { operations: { port: foreign } });
    expect(operations).toMatchObject({ tone: 'poor' });
  });
});

describe('the report', () => {
  const poor: Hop = { hop: 'token', stream: 'main', tone: 'poor', text: 'It is empty.', remedy: 'Fill it.' };

  test('is a line each, with the remedy below what is not good', () => {
    expect(describeHop(poor)).toBe('FAIL  token (main): It is empty.\n      Fill it.\n');
    expect(describeHop({ ...poor, tone: 'good' })).toBe('ok    token (main): It is empty.\n');
  });

  test('for machines is JSON', () => {
    expect(JSON.parse(describeForMachines(false, [poor]))).toEqual({ ok: false, hops: [poor] });
  });
});
