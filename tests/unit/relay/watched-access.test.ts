/** Who may listen and what they see, changed in the configuration file of a relay that runs as a process of its own. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { hashToken } from '../../../relay/access/authenticate.ts';
import { startRelayProcess } from '../../soak/relay-process.ts';
import { connectAgent } from './agent-connection.ts';
import { createFakePlatform } from './fake-platform.ts';
import { createSigningKey, identityOf, signClaims } from './identity-provider.ts';
import { until } from './until.ts';

const call = (id: string, number: string) => `{"call_id":"${id}","dest_number":"${number}"}`;

async function startWatched() {
  const key = await createSigningKey();
  const platform = await createFakePlatform();
  onTestFinished(() => platform.stop());
  const folder = await mkdtemp(join(tmpdir(), 'earshot-watched-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  await writeFile(join(folder, 'platform.token'), 'platform-token-1');
  await writeFile(join(folder, 'keys.json'), JSON.stringify({ keys: [key.jwk] }));
  const file = {
    listen: { port: 0 },
    upstream: { url: platform.url, tokenFile: 'platform.token' },
    agents: [{ name: 'Alice', tokenSha256: hashToken('esh_a'), calls: 'all' }],
    identity: identityOf('keys.json'),
  };
  const write = (changed: object) =>
    writeFile(join(folder, 'relay.json'), JSON.stringify({ ...file, ...changed }));
  await write({});
  const logPath = join(folder, 'relay.log');
  const relay = await startRelayProcess(join(folder, 'relay.json'), logPath);
  onTestFinished(() => relay.kill());
  await until(() => expect(platform.connections()).toBe(1));
  const log = () => readFile(logPath, 'utf8');
  /** Writes, and waits until it is in force. */
  async function change(changed: object): Promise<void> {
    const before = (await log()).split('configuration in force').length;
    await write(changed);
    await until(async () => expect((await log()).split('configuration in force').length).toBe(before + 1));
  }
  return { key, platform, relay, file, change, log };
}

test('other rules: the connections stay, and only what they see is another', async () => {
  const { key, platform, relay, file, change } = await startWatched();
  const token = await signClaims(key, { numbers: ['2001'] });
  const [alice, carol] = [connectAgent(relay.url, 'esh_a'), connectAgent(relay.url, token)];
  await Promise.all([alice.ready(), carol.ready()]);
  platform.say(call('a', '2001'), call('b', '2002'));
  await until(() => expect([alice.data().length, carol.data().length]).toEqual([2, 1]));

  const agents = [{ ...file.agents[0], calls: [{ field: 'dest_number', in: ['2003'] }] }];
  await change({
    agents,
    identity: { ...file.identity, calls: [{ claim: 'numbers', field: 'other_number' }] },
  });
  platform.say(call('c', '2001'), call('d', '2003'));
  await until(() => expect(alice.data()).toHaveLength(3));
  await carol.first('position');
  expect(alice.data().at(-1)).toMatchObject({ call_id: 'd' });
  expect(carol.data()).toMatchObject([{ call_id: 'a' }]);
  expect([alice.closeCode(), carol.closeCode()]).toEqual([undefined, undefined]);
});

test('a name denied: that connection is sent away and no other, and no token is in the log', async () => {
  const { key, relay, file, change, log } = await startWatched();
  const tokens = [await signClaims(key), await signClaims(key, { sub: 'dave' })];
  const [carol, dave, alice] = [...tokens, 'esh_a'].map((token) => connectAgent(relay.url, token));
  await Promise.all([carol?.ready(), dave?.ready(), alice?.ready()]);
  await change({ identity: { ...file.identity, denied: ['carol'] } });
  await until(() => expect(carol?.closeCode()).toBe(4401));
  expect([dave?.closeCode(), alice?.closeCode()]).toEqual([undefined, undefined]);
  for (const token of tokens) expect(await log()).not.toContain(token.slice(-40));
});
