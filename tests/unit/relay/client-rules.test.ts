/** What an agent with rules is sent, one thing at a time; `rules.property.test.ts` has all of it at once. */
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Agent } from '../../../relay/access/agents.ts';
import type { CallsAllowed } from '../../../relay/stream/rules.ts';
import { ALICE, ALICE_RENEWED, BOB, createClientSetup } from './client-setup.ts';

beforeEach(() => void vi.useFakeTimers({ now: 1_000_000 }));
afterEach(() => void vi.useRealTimers());

const dest = (...numbers: string[]): CallsAllowed => [{ field: 'dest_number', in: numbers }];
const BEA: Agent = { ...BOB, calls: dest('2001') };
const line = (callid: string, more: object = {}) => ({ callid, text: 'x', ...more });

function setUp(options: Parameters<typeof createClientSetup>[0] = {}) {
  const setup = createClientSetup(options);
  const put = (...agents: Agent[]) => setup.agents.replace({ agents, identity: undefined });
  put(BEA);
  return {
    ...setup,
    put,
    /** Connected and resumed from the beginning. */
    listen(agent: Agent = BEA, seq = 0) {
      const socket = setup.connect(agent);
      socket.say({ type: 'resume', epoch: 'epoch-1', seq });
      return socket;
    },
  };
}

describe('a call', () => {
  test('is seen whole once one of its events satisfies a rule; its beginning comes before that event', () => {
    const setup = setUp();
    const socket = setup.listen();
    setup.ingest(line('a'), line('b'), line('a'));
    socket.client.pump();
    expect(socket.seqs()).toEqual([]);
    setup.ingest(line('a', { dest_number: '2001' }), line('b'), line('a'));
    socket.client.pump();
    expect(socket.seqs()).toEqual([1, 3, 4, 6]);
  });

  test('once open stays open, though what opened it has left the window', () => {
    const setup = setUp({ window: { events: 3 } });
    const socket = setup.listen();
    setup.ingest(line('a', { dest_number: '2001' }));
    for (let count = 0; count < 5; count += 1) {
      setup.ingest(line('a'));
      socket.client.pump();
    }
    expect(socket.seqs()).toEqual([1, 2, 3, 4, 5, 6]);
  });

  test('of an agent who connects later is seen by what the window holds', () => {
    const setup = setUp();
    setup.ingest(line('a'), line('a', { dest_number: '2001' }), line('b'), line('a'));
    expect(setup.listen().seqs()).toEqual([1, 2, 4]);
  });

  test('is seen by a rule on a field that no rule named when its events came', () => {
    const setup = setUp();
    setup.listen();
    setup.ingest(line('a', { queue: 'sales' }), line('b', { queue: 'help' }));
    expect(setup.listen({ ...ALICE, calls: [{ field: 'Queue', match: 'SAL*' }] }).seqs()).toEqual([1]);
  });

  test('is not seen for the sake of another in the same frame', () => {
    const setup = setUp();
    const socket = setup.listen();
    setup.ingest([line('a', { dest_number: '2001' }), line('b')]);
    setup.ingest({ data: [line('a'), line('c')] });
    setup.ingest({ data: [line('a'), line('a')] });
    socket.client.pump();
    expect(socket.seqs()).toEqual([1, 4]);
  });

  test('that is not named is seen event by event', () => {
    const setup = setUp();
    const socket = setup.listen();
    setup.ingest({ text: 'x' }, { text: 'x', dest_number: '2001' }, { text: 'x' }, 'words');
    socket.client.pump();
    expect(socket.seqs()).toEqual([2]);
  });
});

describe('a call’s beginning', () => {
  test('goes out in frames of bounded size, as the socket takes them', () => {
    const setup = setUp({ limits: { batchBytes: 1_000, sliceBytes: 1_500 } });
    const socket = setup.listen();
    for (let count = 0; count < 100; count += 1) setup.ingest(line('a'));
    socket.client.pump();
    socket.clog();
    setup.ingest(line('a', { dest_number: '2001' }));
    socket.client.pump();
    expect(socket.socket.bufferedAmount()).toBeLessThan(2_600);
    while (socket.seqs().length < 101) {
      socket.drain();
      socket.client.pump();
    }
    expect(socket.seqs()).toEqual(Array.from({ length: 101 }, (_, at) => at + 1));
  });

  test('follows a resume from before the event that opened it, and not one from after', () => {
    const setup = setUp();
    setup.listen().client.closed();
    setup.ingest(line('a'), line('b'), line('a', { dest_number: '2001' }));
    expect(setup.listen(BEA, 2).seqs()).toEqual([1, 3]);
    expect(setup.listen(BEA, 3).seqs()).toEqual([]);
  });

  test('follows for somebody who began in its midst, from now on', () => {
    const setup = setUp();
    setup.ingest(line('a'));
    const socket = setup.connect(BEA);
    socket.say({ type: 'resume' });
    setup.ingest(line('a', { dest_number: '2001' }));
    socket.client.pump();
    expect(socket.seqs()).toEqual([1, 2]);
  });

  test('leaves the resume point where it was until it is all there', () => {
    const setup = setUp({ limits: { batchBytes: 100, sliceBytes: 50 } });
    const socket = setup.listen();
    setup.ingest(line('a'), line('a'), line('b'));
    socket.client.pump();
    vi.advanceTimersByTime(1_000);
    expect(socket.frames.at(-1)).toEqual({ type: 'position', seq: 3 });
    socket.clog();
    setup.ingest(line('a', { dest_number: '2001' }));
    socket.client.pump();
    vi.advanceTimersByTime(5_000);
    expect([socket.seqs(), socket.types().filter((type) => type === 'position')]).toEqual([
      [1],
      ['position'],
    ]);
    socket.client.closed();
    expect(setup.listen(BEA, 3).seqs()).toEqual([1, 2, 4]);
  });
});

describe('rules that change', () => {
  test('on a live connection bring what they let be seen, and end what they do not', () => {
    const setup = setUp();
    const socket = setup.listen();
    setup.ingest(line('a', { dest_number: '2001' }), line('b', { dest_number: '2002' }));
    socket.client.pump();
    setup.put({ ...BEA, calls: dest('2002') });
    socket.client.recheckToken();
    setup.ingest(line('a'), line('b'));
    socket.client.pump();
    expect(socket.seqs()).toEqual([1, 2, 4]);
  });

  test('and change back bring only what was not there', () => {
    const setup = setUp();
    const socket = setup.listen();
    setup.ingest(line('a', { dest_number: '2001' }), line('a'));
    socket.client.pump();
    for (const calls of [[], dest('2001')]) {
      setup.put({ ...BEA, calls });
      socket.client.recheckToken();
      setup.ingest(line('a'));
      socket.client.pump();
    }
    expect(socket.seqs()).toEqual([1, 2, 3, 4]);
  });

  test('while the agent was away are made up for on its return, without what it had', () => {
    const setup = setUp();
    const socket = setup.listen();
    setup.ingest(line('a', { dest_number: '2001' }), line('b', { dest_number: '2002' }), line('a'));
    socket.client.pump();
    socket.client.closed();
    const changed = { ...BEA, calls: dest('2001', '2002') };
    setup.put(changed);
    expect(setup.listen(changed, 3).seqs()).toEqual([2]);
  });

  test('twice while connections came and went are made up for too', () => {
    const setup = setUp();
    setup.ingest(
      line('a', { dest_number: '1' }),
      line('b', { dest_number: '2' }),
      line('c', { dest_number: '3' }),
    );
    setup.listen({ ...BEA, calls: dest('1') }).client.closed();
    setup.ingest(line('a'));
    const second = setup.listen({ ...BEA, calls: dest('1', '2') }, 3);
    expect(second.seqs()).toEqual([2, 4]);
    second.client.closed();
    expect(setup.listen({ ...BEA, calls: dest('1', '2', '3') }, 4).seqs()).toEqual([3]);
  });

  test('and after a reconnect change back bring only what was not there', () => {
    const setup = setUp();
    const socket = setup.listen();
    setup.ingest(line('a', { dest_number: '2001' }), line('b', { dest_number: '2002' }));
    socket.client.pump();
    setup.put({ ...BEA, calls: dest('2002') });
    socket.client.recheckToken();
    setup.ingest(line('a'), line('b'));
    socket.client.pump();
    expect(socket.seqs()).toEqual([1, 2, 4]);
    socket.client.closed();
    const again = setup.listen({ ...BEA, calls: dest('2002') }, 4);
    setup.ingest(line('b'));
    again.client.pump();
    setup.put({ ...BEA, calls: dest('2001') });
    again.client.recheckToken();
    setup.ingest(line('a'));
    again.client.pump();
    expect(again.seqs()).toEqual([5, 3, 6]);
    again.client.closed();
    expect(setup.listen({ ...BEA, calls: 'all' }, 6).seqs()).toEqual([]);
  });

  test('with a token renewed in place', async () => {
    const setup = setUp();
    setup.put({ ...ALICE, calls: dest('2001') }, { ...ALICE_RENEWED, calls: 'all' });
    const socket = setup.listen({ ...ALICE, calls: dest('2001') });
    setup.ingest(line('a', { dest_number: '2001' }), line('b'));
    socket.client.pump();
    socket.say({ type: 'token', token: 'alice-2' });
    await vi.advanceTimersByTimeAsync(0);
    expect([socket.seqs(), socket.log]).toEqual([[1, 2], []]);
  });

  test('are no slowness, however much they bring', () => {
    const setup = setUp();
    const socket = setup.listen({ ...BEA, calls: [] });
    for (let count = 0; count < 30; count += 1) setup.ingest(line('a', { text: 'x'.repeat(100_000) }));
    socket.client.pump();
    socket.clog();
    setup.put({ ...BEA, calls: 'all' });
    socket.client.recheckToken();
    setup.ingest(line('a', { text: 'x'.repeat(2_000_000) }));
    vi.advanceTimersByTime(60_000);
    expect(socket.log).toEqual([]);
  });
});

describe('a reader that is behind', () => {
  const interim = (text: string) => ({ callid: 'a', leg: '0', text, final: false });
  const words = (count: number) => Array.from({ length: count }, (_, at) => interim(`so ${'x'.repeat(at)}`));

  function stall(bytes: number) {
    const skipped = vi.fn<(events: number) => void>();
    const setup = setUp({ limits: { leanBytes: bytes }, observer: { interimsSkipped: skipped } });
    const socket = setup.listen({ ...ALICE, calls: 'all' });
    socket.hold(100_000);
    socket.clog();
    setup.ingest(...words(20), { ...interim('so it is'), final: true }, interim('well'));
    socket.client.pump();
    socket.unclog();
    return { setup, socket, skipped };
  }

  test('does without interims in whose place a later event stands, but for the first of a line', () => {
    const { socket, skipped, setup } = stall(1_000);
    socket.hold(2_000);
    socket.client.pump();
    expect([socket.seqs(), skipped.mock.calls]).toEqual([[1, 21, 22], [[19]]]);
    expect(setup.stream.head()).toBe(22);
  });

  test('only by a little, has them all', () => {
    const { socket, skipped } = stall(1_000_000);
    socket.client.pump();
    expect([socket.seqs().length, skipped.mock.calls]).toEqual([22, []]);
  });

  test('is not sent away for what it does without', () => {
    const setup = setUp({ limits: { slowBytes: 50_000 } });
    const socket = setup.listen({ ...ALICE, calls: 'all' });
    socket.hold(70_000);
    socket.clog();
    setup.ingest(...words(1_000));
    socket.client.pump();
    socket.drain();
    socket.hold(40_000);
    vi.advanceTimersByTime(10_000);
    expect(socket.log).toEqual([]);
  });

  test('holds little memory, however much there is for it', () => {
    const setup = setUp();
    const socket = setup.listen({ ...ALICE, calls: 'all' });
    socket.clog();
    for (let count = 0; count < 5_000; count += 1) {
      setup.ingest(line('a', { text: 'x'.repeat(1_000) }));
      socket.client.pump();
    }
    expect(socket.socket.bufferedAmount()).toBeLessThan(100 * 1024);
  });

  test('gets a replay whole', () => {
    const setup = setUp({ limits: { leanBytes: 100 } });
    setup.ingest(...words(20));
    expect(setup.listen({ ...ALICE, calls: 'all' }).seqs()).toHaveLength(20);
  });
});

test('what is sent and what is answered is counted, and what is not replayed is timed', () => {
  const eventsSent = vi.fn<(events: number, bytes: number, lagMs: number | undefined) => void>();
  const resumeAnswered = vi.fn<(recovered: boolean) => void>();
  const setup = setUp({ observer: { eventsSent, resumeAnswered } });
  setup.ingest(line('a', { dest_number: '2001' }), line('a'));
  vi.advanceTimersByTime(40);
  const { client } = setup.listen();
  setup.connect(BEA).say({ type: 'resume' });
  setup.ingest(line('a'));
  vi.advanceTimersByTime(30);
  client.pump();
  expect(eventsSent.mock.calls).toEqual([
    [2, expect.any(Number), undefined],
    [1, expect.any(Number), 30],
  ]);
  expect(resumeAnswered.mock.calls).toEqual([[true], [false]]);
});
