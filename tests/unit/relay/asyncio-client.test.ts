/** A client that shares no code with the relay, nor with the library it is built on: Debian's python3-websockets. */
import { spawn, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { beforeAll, expect, onTestFinished, test } from 'vitest';
import { hashToken } from '../../../relay/access/authenticate.ts';
import { decodeRelayFrame } from '../../../utils/protocol/codec.ts';
import type { RelayFrame } from '../../../utils/protocol/frames.ts';
import { offerProtocols } from '../../../utils/protocol/subprotocol.ts';
import { ALICE, ALICE_TOKEN, BOB, startTestRelay } from './relay-under-test.ts';
import { until } from './until.ts';

const PYTHON = '/usr/bin/python3';
const NEW_TOKEN = 'esh_alice-renewed';
const ALICE_RENEWED = { ...ALICE, tokenSha256: hashToken(NEW_TOKEN) };

beforeAll(() => {
  if (spawnSync(PYTHON, ['-c', 'import websockets']).status === 0) return;
  throw new Error(
    `${PYTHON} cannot import websockets: install it with "apt-get install python3-websockets".`,
  );
});

function startClient(url: string, token: string) {
  const child = spawn(PYTHON, ['-u', join(import.meta.dirname, 'asyncio-client.py')]);
  onTestFinished(() => void child.kill('SIGKILL'));
  let printed = '';
  child.stdout.setEncoding('utf8').on('data', (part: string) => {
    printed += part;
  });
  child.stderr.pipe(process.stderr);
  const tell = (line: string) => void child.stdin.write(`${line}\n`);
  tell(url);
  tell(JSON.stringify(offerProtocols(token)));

  const happened = () =>
    printed
      .split('\n')
      .slice(0, -1)
      .map((line): { frame?: unknown; [what: string]: unknown } => JSON.parse(line));
  const frames = () =>
    happened().flatMap(({ frame }): RelayFrame[] => {
      const decoded = decodeRelayFrame(JSON.stringify(frame));
      return decoded.ok ? [decoded.frame] : [];
    });

  return {
    tell,
    say: (frame: object) => tell(JSON.stringify(frame)),
    happened,
    first: <Type extends RelayFrame['type']>(type: Type) =>
      until(() => {
        const found = frames().find((frame) => frame.type === type);
        if (found === undefined) throw new Error(`no ${type} in: ${printed}`);
        return found as Extract<RelayFrame, { type: Type }>;
      }),
    seqs: () =>
      frames().flatMap((frame) => (frame.type === 'events' ? frame.events.map(({ seq }) => seq) : [])),
    untilHappened: (what: object) => until(() => expect(happened()).toContainEqual(what)),
  };
}

const numbers = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, index) => from + index);

test('is greeted, resumes from the midst, and reads every event once', async () => {
  const { relay, platform, untilUp, connect } = await startTestRelay();
  await untilUp();
  const before = connect();
  await before.ready();
  for (let number = 1; number <= 40; number += 1)
    platform.say(JSON.stringify({ text: `line ${number} “ü😀”` }));
  await until(() => expect(before.events()).toHaveLength(40));

  const client = startClient(relay.url, ALICE_TOKEN);
  const { epoch, seq } = await client.first('hello');
  expect(client.happened()[0]).toEqual({ subprotocol: 'earshot.v1' });
  expect(seq).toBe(40);
  client.say({ type: 'resume', epoch, seq: 25 });
  expect(await client.first('resumed')).toEqual({ type: 'resumed', recovered: true, from: 25, to: 40 });
  for (let number = 41; number <= 60; number += 1)
    platform.say(JSON.stringify({ text: `line ${number} “ü😀”` }));
  await until(() => expect(client.seqs()).toEqual(numbers(26, 60)));
  expect(JSON.stringify(client.happened())).toContain('line 60 “ü😀”');
});

test('is answered its pings, those of the protocol and those of WebSocket', async () => {
  const { relay } = await startTestRelay();
  const client = startClient(relay.url, ALICE_TOKEN);
  await client.first('hello');
  client.say({ type: 'ping', id: 12 });
  expect(await client.first('pong')).toEqual({ type: 'pong', id: 12 });
  client.tell('PING');
  await client.untilHappened({ ponged: true });
});

test('renews its token in place, outlives the old one, and is closed with 4401 when the new one is revoked', async () => {
  const { relay, config, platform, untilUp } = await startTestRelay({ agents: [ALICE, ALICE_RENEWED, BOB] });
  await untilUp();
  const client = startClient(relay.url, ALICE_TOKEN);
  await client.first('hello');
  client.say({ type: 'resume' });
  await client.first('resumed');
  client.say({ type: 'token', token: NEW_TOKEN });
  client.say({ type: 'ping', id: 1 });
  await client.first('pong');
  relay.apply({ ...config, agents: [ALICE_RENEWED, BOB] });
  platform.say('still here');
  await until(() => expect(client.seqs()).toEqual([1]));
  relay.apply({ ...config, agents: [BOB] });
  expect(await client.first('bye')).toMatchObject({ code: 4401 });
  await client.untilHappened({ closed: 4401 });
});

test('is refused with 401 before anything is opened where its token is not known', async () => {
  const { relay } = await startTestRelay();
  const client = startClient(relay.url, 'esh_nobody');
  await client.untilHappened({ refused: 401 });
});
