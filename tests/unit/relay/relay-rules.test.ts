/** Agents who see some calls, over real sockets. */
import { describe, expect, test } from 'vitest';
import type { CallsAllowed } from '../../../relay/stream/rules.ts';
import { ALICE, BOB, BOB_TOKEN, startTestRelay } from './relay-under-test.ts';
import { until } from './until.ts';

const dest = (...numbers: string[]): CallsAllowed => [{ field: 'dest_number', in: numbers }];
const seqs = ({ events }: { events: () => { seq: number }[] }) => events().map(({ seq }) => seq);
const line = (callid: string, more: object = {}) => JSON.stringify({ callid, text: 'x', ...more });

describe('agents with rules', () => {
  test('each get their calls whole, and nobody another’s', async () => {
    const { platform, connect, untilUp } = await startTestRelay({
      agents: [
        { ...ALICE, calls: dest('2001') },
        { ...BOB, calls: [{ field: 'customer', match: 'acme*' }] },
      ],
    });
    await untilUp();
    const [alice, bob] = [connect(), connect(BOB_TOKEN)];
    await Promise.all([alice.ready(), bob.ready()]);
    platform.say(line('a'), line('b'), line('c'));
    platform.say(line('a', { dest_number: 2001 }), line('b', { Customer: 'ACME Ltd' }), line('a'), line('b'));
    await until(() =>
      expect([seqs(alice), seqs(bob)]).toEqual([
        [1, 4, 6],
        [2, 5, 7],
      ]),
    );
  });

  test('are given and denied calls while they are connected', async () => {
    const { relay, config, platform, connect, untilUp } = await startTestRelay({
      agents: [ALICE, { ...BOB, calls: dest('1') }],
      limits: { positionMs: 20 },
    });
    await untilUp();
    const [alice, bob] = [connect(), connect(BOB_TOKEN)];
    await Promise.all([alice.ready(), bob.ready()]);
    platform.say(line('a', { dest_number: '1' }), line('b', { dest_number: '2' }));
    await until(() => expect(seqs(bob)).toEqual([1]));
    await until(() => expect(seqs(alice)).toEqual([1, 2]));
    relay.apply({ ...config, agents: [ALICE, { ...BOB, calls: dest('2') }] });
    await until(() => expect(seqs(bob)).toEqual([1, 2]));
    platform.say(line('a'), line('b'));
    await until(() => expect(seqs(alice)).toEqual([1, 2, 3, 4]));
    await until(() => expect(seqs(bob)).toEqual([1, 2, 4]));
    bob.socket.close();
    await until(() => expect(bob.closeCode()).toBeDefined());
    relay.apply({ ...config, agents: [ALICE, { ...BOB, calls: dest('1', '2') }] });
    const { epoch } = await bob.first('hello');
    const back = connect(BOB_TOKEN, { epoch, seq: 4 });
    await until(() => expect(seqs(back)).toEqual([3]));
  });

  test('a replay of a long beginning reaches a reader whole, though its sockets hold less', async () => {
    const { relay, config, platform, connect, untilUp } = await startTestRelay({
      agents: [ALICE, { ...BOB, calls: dest('1') }],
    });
    await untilUp();
    const [alice, bob] = [connect(), connect(BOB_TOKEN)];
    await Promise.all([alice.ready(), bob.ready()]);
    for (let count = 1; count <= 300; count += 1) platform.say(line('a', { text: 'x'.repeat(50_000) }));
    await until(() => expect(alice.events()).toHaveLength(300));
    platform.say(line('a', { dest_number: '1' }));
    await until(() => expect(bob.events()).toHaveLength(301));
    expect(seqs(bob)).toEqual(seqs(alice));
    relay.apply(config);
  });
});
