/** The relay against a platform over real sockets. */
import { writeFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { mintJwt } from '../../../demo/simulator/access.ts';
import { ALICE_TOKEN, startTestRelay } from './relay-under-test.ts';
import { until } from './until.ts';

test('events travel as they came, numbered, text as text and JSON as JSON', async () => {
  const { platform, connect, untilUp } = await startTestRelay();
  await untilUp();
  const agent = connect();
  await agent.ready();
  platform.say(
    'plain',
    '{"callid":"c1","text":"hi"}',
    '[{"a":1}]',
    '42',
    new TextEncoder().encode('{"b":"ü"}'),
  );
  await until(() => expect(agent.events()).toHaveLength(5));
  expect(agent.data()).toEqual(['plain', { callid: 'c1', text: 'hi' }, [{ a: 1 }], '42', { b: 'ü' }]);
  expect(agent.events().map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5]);
});

test('a refused token is the state unauthorized; a renewed file brings it up without a restart', async () => {
  const { platform, connect, tokenFile, logText } = await startTestRelay({ platformToken: 'expired' });
  const agent = connect();
  const { since } = await agent.upstream('unauthorized');
  expect(await agent.upstream('unauthorized')).toMatchObject({ detail: expect.stringContaining('401') });
  platform.tokens.add('renewed');
  await writeFile(tokenFile, 'renewed');
  const up = await agent.upstream('up');
  // The wait after a refused token is 5 s; the file is looked at every half second.
  expect(up.since - since).toBeLessThan(4_500);
  expect(logText()).toContain('"use":"at once","msg":"platform token changed"');
  expect(agent.frames.filter(({ type }) => type === 'gap')).toEqual([]);
});

test('a token renewed while the platform is connected waits for the next connect', async () => {
  const { platform, connect, untilUp, tokenFile, logText } = await startTestRelay();
  await untilUp();
  platform.tokens.add('renewed');
  platform.tokens.delete('platform-token-1');
  await writeFile(tokenFile, 'renewed');
  await until(() => expect(logText()).toContain('"use":"from the next connect on"'));
  expect(platform.upgrades()).toBe(1);
  platform.cut();
  await connect().upstream('up');
  expect([logText().includes('unauthorized'), logText().includes('renewed')]).toEqual([false, false]);
});

test('a token that has ended is said to have, in the log at the start and to agents once it is refused', async () => {
  const expired = mintJwt(0, Date.UTC(2026, 0, 2), Buffer.alloc(32));
  const { connect, logText } = await startTestRelay({ platformToken: expired });
  const { detail } = await connect().upstream('unauthorized');
  expect(detail).toBe('The platform answered 401: the relay’s token expired at 2026-01-02T00:00:00.000Z');
  expect(logText()).toContain('"expires":"2026-01-02T00:00:00.000Z","msg":"platform token has expired"');
  expect(logText()).not.toContain(expired.split('.')[1]);
});

test.each([
  ['404 Not Found', 'no such script'],
  ['302 Found\r\nlocation: /login', '302'],
  ['200 OK', '200'],
  ['503 Busy', '503'],
])('an answer of %j is told in words', async (statusLine, words) => {
  const { connect } = await startTestRelay({ prepare: (platform) => platform.refuseWith(statusLine) });
  expect(await connect().upstream('down')).toMatchObject({ detail: expect.stringContaining(words) });
});

test('a platform that is gone is told as such', async () => {
  const { platform, connect, untilUp } = await startTestRelay();
  await untilUp();
  await platform.stop();
  await connect().upstream('down');
  const refused = async () => {
    const late = connect();
    const { detail } = await late.upstream('down');
    late.socket.close();
    expect(detail).toContain('connection refused');
  };
  await until(refused);
});

test('when the platform was away, its return is a gap between the events', async () => {
  const { platform, connect, untilUp } = await startTestRelay();
  await untilUp();
  const agent = connect();
  await agent.ready();
  platform.say('before');
  await agent.first('events');
  platform.cut();
  await agent.upstream('down');
  await untilUp();
  platform.say('after');
  await until(() => expect(agent.data()).toEqual(['before', 'after']));
  const inOrder = agent.frames
    .filter(({ type }) => type === 'events' || type === 'gap')
    .map(({ type }) => type);
  expect(inOrder).toEqual(['events', 'gap', 'events']);
  const gap = await agent.first('gap');
  expect(gap).toMatchObject({ reason: 'upstream-away', from: agent.events()[0]?.at });
  expect(gap.to).toBeGreaterThanOrEqual(gap.from);
});

test('a frame of 20 MB is dropped, told as a gap, and costs neither connection nor neighbours', async () => {
  const { platform, connect, untilUp, logText } = await startTestRelay();
  await untilUp();
  const agent = connect();
  await agent.ready();
  platform.say('before', 'x'.repeat(20_000_000), 'after');
  await until(() => expect(agent.data()).toEqual(['before', 'after']));
  expect(await agent.first('gap')).toMatchObject({ reason: 'frame-too-large' });
  expect(platform.upgrades()).toBe(1);
  expect(logText()).toContain('"bytes":20000000');
});

test('a frame beyond what is read at all costs the connection, which comes back with a gap', async () => {
  const { platform, connect, untilUp } = await startTestRelay();
  await untilUp();
  const agent = connect();
  await agent.ready();
  platform.say('before', new Uint8Array(65 * 1024 * 1024));
  expect(await agent.first('gap')).toMatchObject({ reason: 'upstream-away' });
  await untilUp();
  platform.say('after');
  await until(() => expect(agent.data()).toEqual(['before', 'after']));
});

test('a flood of 100,000 frames of noise is survived', async () => {
  const { platform, connect, untilUp, httpUrl } = await startTestRelay();
  await untilUp();
  const agent = connect();
  await agent.ready();
  const noise = [
    '',
    '...',
    '{"a":',
    'null',
    '[[[',
    `${'['.repeat(300)}${']'.repeat(300)}`,
    '\u0000',
    '{"text":1e999}',
  ];
  const binary = Uint8Array.from([0xff, 0xfe, 0xc0, 0x80]);
  for (let sent = 0; sent < 100_000; sent += 10) platform.say(...noise, binary, JSON.stringify([sent]));
  const reachedEnd = async () => {
    const late = connect();
    const { seq } = await late.first('hello');
    late.socket.close();
    expect(seq).toBe(100_000);
  };
  await until(reachedEnd, 200);
  expect((await fetch(`${httpUrl}/healthz`)).status).toBe(200);
  expect(platform.upgrades()).toBe(1);
  // The agent may have been too slow for it; what it has is whole up to there.
  await until(() => expect(agent.events().length === 100_000 || agent.closeCode() === 4408).toBe(true));
  const seqs = agent.events().map(({ seq }) => seq);
  expect(seqs).toEqual(seqs.map((_, index) => index + 1));
});

test('a depth bomb and a very long list neither end the relay nor the connection', async () => {
  const { platform, connect, untilUp } = await startTestRelay();
  await untilUp();
  const agent = connect();
  await agent.ready();
  const bomb = `${'['.repeat(500_000)}${']'.repeat(500_000)}`;
  const list = `[${'0,'.repeat(500_000)}0]`;
  platform.say(bomb, list);
  await until(() => expect(agent.events()).toHaveLength(2));
  expect([agent.data()[0] === bomb, (agent.data()[1] as unknown[]).length]).toEqual([true, 500_001]);
});

test('the log holds neither transcript text nor a token', async () => {
  const { platform, connect, untilUp, logText, session, tokenFile } = await startTestRelay();
  await untilUp();
  const agent = connect();
  await agent.ready();
  platform.say('the customer said zanzibar', `{"text":"zanzibar"}${' '.repeat(2_000_000)}`);
  await agent.first('gap');
  agent.send('{"type":"token","token":"esh_wrong-secret"}');
  await until(() => expect(agent.closeCode()).toBe(4401));
  await session({ authorization: 'Bearer esh_another-secret' });
  await writeFile(tokenFile, 'expired-secret');
  platform.cut();
  await until(() => expect(logText()).toContain('unauthorized'));
  for (const wanted of ['client connected', 'client left', 'token refused', 'dropped', '"up"']) {
    expect(logText()).toContain(wanted);
  }
  for (const secret of ['zanzibar', 'secret', 'platform-token', ALICE_TOKEN]) {
    expect(logText()).not.toContain(secret);
  }
});
