/** Two scripts of the platform in one relay: each has agents of its own, and nothing passes from one to the other. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { expect, onTestFinished, test } from 'vitest';
import { relayConfig } from '../../../demo/relay-config.ts';
import { hashToken } from '../../../relay/access/authenticate.ts';
import { type Observer, silentObserver } from '../../../relay/operations/observer.ts';
import { startRelay } from '../../../relay/run-relay.ts';
import { keptLog } from '../../secrecy/kept-logs.ts';
import { connectAgent } from './agent-connection.ts';
import { createFakePlatform } from './fake-platform.ts';
import { until } from './until.ts';

type Script = { token: string; platform: Awaited<ReturnType<typeof createFakePlatform>> };

async function startScript(token: string): Promise<Script> {
  const platform = await createFakePlatform();
  onTestFinished(() => platform.stop());
  platform.tokens.clear();
  platform.tokens.add(token);
  return { token, platform };
}

/** What an observer was told of upstreams, as `stream what`. */
function observeUpstreams(told: string[]): Observer {
  return {
    ...silentObserver,
    ofStream: (name) => ({
      ...silentObserver.ofStream(name),
      upstreamState: (state) => void told.push(`${name} ${state}`),
      upstreamFailed: () => void told.push(`${name} failed`),
    }),
  };
}

/** One relay on the scripts `sales` and `support`, with an agent each and one who may see no call of `sales`. */
async function startBoth() {
  const sales = await startScript('sales-token');
  const support = await startScript('support-token');
  const folder = await mkdtemp(join(tmpdir(), 'earshot-streams-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const stream = async (name: string, { token, platform }: Script) => {
    const tokenFile = join(folder, `${name}.token`);
    await writeFile(tokenFile, token);
    return { name, upstream: { url: platform.url, tokenFile } };
  };
  const agent = (name: string, ofStream: string, calls: unknown) => ({
    name,
    tokenSha256: hashToken(`esh_${name}`),
    stream: ofStream,
    calls,
  });
  const config = relayConfig({
    streams: [await stream('sales', sales), await stream('support', support)],
    agents: [agent('sam', 'sales', 'all'), agent('uma', 'support', 'all'), agent('noa', 'sales', [])],
  });
  const told: string[] = [];
  const lines: string[] = [];
  const log = pino(
    {},
    keptLog((line) => lines.push(line)),
  );
  const relay = await startRelay(config, { log, observer: observeUpstreams(told) });
  onTestFinished(() => relay.stop());
  await until(() => expect([sales.platform.connections(), support.platform.connections()]).toEqual([1, 1]));
  return {
    sales: sales.platform,
    support: support.platform,
    told,
    logText: () => lines.join(''),
    connect: (name: string, resume?: object) => connectAgent(relay.url, `esh_${name}`, resume),
    async session(name: string) {
      const url = relay.url.replace('ws:', 'http:').replace('/v1/stream', '/v1/session');
      return (await fetch(url, { headers: { authorization: `Bearer esh_${name}` } })).json();
    },
  };
}

test('an agent hears its own script alone, numbered and with an epoch of its own', async () => {
  const { sales, support, connect } = await startBoth();
  const [sam, uma, noa] = [connect('sam'), connect('uma'), connect('noa')];
  await Promise.all([sam.ready(), uma.ready(), noa.ready()]);
  for (let number = 1; number <= 20; number += 1) sales.say(`sale ${number}`);
  support.say('a question');
  await until(() => expect([sam.events().length, uma.events().length]).toEqual([20, 1]));
  support.say('the last');
  await until(() => expect(uma.events()).toHaveLength(2));
  expect(sam.data().every((data) => String(data).startsWith('sale'))).toBe(true);
  expect(uma.events().map(({ seq, data }) => [seq, data])).toEqual([
    [1, 'a question'],
    [2, 'the last'],
  ]);
  await until(() => expect(noa.frames.at(-1)).toEqual({ type: 'position', seq: 20 }));
  expect(noa.events()).toEqual([]);
  const [ofSales, ofSupport] = [await sam.first('hello'), await uma.first('hello')];
  expect(ofSales.epoch).not.toBe(ofSupport.epoch);

  const stranger = connect('uma', { epoch: ofSales.epoch, seq: 0 });
  expect(await stranger.first('resumed')).toMatchObject({ recovered: false });
  expect(stranger.events()).toEqual([]);
});

test('one script that is gone leaves the other alone, and its agents hear nothing of it', async () => {
  const { sales, support, connect, session, told } = await startBoth();
  const [sam, uma] = [connect('sam'), connect('uma')];
  await Promise.all([sam.upstream('up'), uma.upstream('up')]);
  sales.refuseWith('403 Forbidden');
  sales.cut();
  await sam.upstream('unauthorized');
  support.say('goes on');
  await until(() => expect(uma.data()).toEqual(['goes on']));
  expect(uma.frames.filter(({ type }) => type === 'upstream')).toHaveLength(1);
  expect(uma.frames.some(({ type }) => type === 'gap')).toBe(false);
  expect([await session('sam'), await session('uma'), await session('noa')]).toEqual([
    { agent: 'sam', calls: 'all', upstream: 'unauthorized' },
    { agent: 'uma', calls: 'all', upstream: 'up' },
    { agent: 'noa', calls: 'none', upstream: 'unauthorized' },
  ]);
  expect(await connect('noa').upstream('unauthorized')).toMatchObject({
    detail: expect.stringContaining('403'),
  });
  expect([support.upgrades(), told.filter((what) => what.startsWith('support'))]).toEqual([
    1,
    ['support connecting', 'support up'],
  ]);
  expect(told.filter((what) => what.startsWith('sales')).slice(0, 5)).toEqual([
    'sales connecting',
    'sales up',
    'sales down',
    'sales failed',
    'sales unauthorized',
  ]);
});

test('the log says of which script it speaks', async () => {
  const { sales, logText } = await startBoth();
  sales.cut();
  await until(() => expect(logText()).toMatch(/"stream":"sales","state":"down"/));
  expect(logText()).not.toMatch(/"stream":"support","state":"down"/);
});
