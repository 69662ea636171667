/** An agent who wants to know of another's calls, with a token that is good: whatever they ask, they hear of their own. */
import { describe, expect, test } from 'vitest';
import type { CallsAllowed } from '../../../relay/stream/rules.ts';
import { ALICE, ALICE_TOKEN, BOB, BOB_TOKEN, startTestRelay } from './relay-under-test.ts';
import { until } from './until.ts';

const dest = (...numbers: string[]): CallsAllowed => [{ field: 'dest_number', in: numbers }];
const SECRET = 'zanzibarquartz';
const hers = JSON.stringify({ callid: 'call-of-alice', dest_number: '2001', text: SECRET });
const his = JSON.stringify({ callid: 'call-of-bob', dest_number: '2002', text: 'mine' });

async function setUp() {
  const world = await startTestRelay({
    agents: [
      { ...ALICE, calls: dest('2001') },
      { ...BOB, calls: dest('2002') },
    ],
    limits: { positionMs: 20 },
  });
  await world.untilUp();
  const alice = world.connect(ALICE_TOKEN);
  await alice.ready();
  world.platform.say(hers, his, hers);
  await until(() => expect(alice.events()).toHaveLength(2));
  const { epoch } = await alice.first('hello');
  return { ...world, epoch };
}

describe('who resumes', () => {
  test.each([
    ['from the start', { seq: 0 }],
    ['from nowhere', {}],
    ['from right before a call of another’s', { seq: 2 }],
    ['from another stream', { epoch: 'another', seq: 1 }],
    ['as another would', { seq: 1, agent: 'Alice', calls: 'all', dest_number: '2001' }],
  ])('%s hears no word of another’s call, then or later', async (_name, resume) => {
    const { connect, platform, epoch } = await setUp();
    const bob = connect(BOB_TOKEN, { epoch, ...resume });
    await bob.ready();
    platform.say(his, JSON.stringify([JSON.parse(hers), JSON.parse(his)]), hers);
    await until(() => expect(JSON.stringify(bob.data())).toContain('mine'));
    await until(() => expect(bob.frames.some(({ type }) => type === 'position')).toBe(true));
    const heard = JSON.stringify(bob.frames);
    expect(heard).not.toContain(SECRET);
    expect(heard).not.toContain('call-of-alice');
    expect(heard).not.toContain('2001');
  });
});

test('who renews with another’s token is not that other: the connection ends', async () => {
  const { connect, platform } = await setUp();
  const bob = connect(BOB_TOKEN);
  await bob.ready();
  bob.send(JSON.stringify({ type: 'token', token: ALICE_TOKEN }));
  platform.say(hers, hers);
  await until(() => expect(bob.closeCode()).toBeDefined());
  expect(JSON.stringify(bob.frames)).not.toContain(SECRET);
});

test('what anybody may ask tells of nobody, and of no call', async () => {
  const { httpUrl, session, logText } = await setUp();
  const asked = await Promise.all([
    fetch(`${httpUrl}/healthz`),
    session({ authorization: `Bearer ${BOB_TOKEN}` }),
    session({}),
    ...['/metrics', '/readyz', '/v1/calls', '/v1/stream', '/v1/session/../stream', '/'].map((path) =>
      fetch(`${httpUrl}${path}`, { headers: { authorization: `Bearer ${BOB_TOKEN}` } }),
    ),
  ]);
  const answers = (await Promise.all(asked.map((one) => one.text()))).join('\n');
  for (const text of [answers, logText()]) expect(text).not.toMatch(new RegExp(`${SECRET}|call-of-|esh_`));
  expect(answers).not.toMatch(/Alice|2001/);
});
