/** The beginning of a call that opens late, from the real relay to the extension's real connection and its calls. */
import { WebSocket as RelaySocket } from 'undici';
import { expect, onTestFinished, test } from 'vitest';
import type { Checkpoint } from '../../utils/connection/machine-types.ts';
import { createRelayConnection, type Socket } from '../../utils/connection/relay-connection.ts';
import { createCallBook } from '../../utils/transcript/call-book.ts';
import { BOB, BOB_TOKEN, startTestRelay } from '../unit/relay/relay-under-test.ts';
import { until } from '../unit/relay/until.ts';

/** As the background keeps it: what was taken, where to resume, and the calls that come of it. */
function createExtension(relayUrl: string, kept?: Checkpoint) {
  const taken: number[] = [];
  const gaps: number[] = [];
  const book = createCallBook();
  let checkpoint = kept;
  const connection = createRelayConnection(
    {
      openSocket: (url, protocols) => new RelaySocket(url, protocols) as unknown as Socket,
      fetch,
      nowMs: Date.now,
      random: () => 0,
      setTimer: (run, ms) => setTimeout(run, ms),
      clearTimer: (timer) => clearTimeout(timer as NodeJS.Timeout),
    },
    {
      deliver(frame, point) {
        checkpoint = point;
        for (const { seq, at, data } of frame.type === 'events' ? frame.events : []) {
          taken.push(seq);
          book.takeEvent(data, at);
        }
      },
      reportGap: (fromMs) => void gaps.push(fromMs),
      stateChanged: () => {},
      closed: () => {},
    },
    kept,
  );
  const address = {
    streamUrl: relayUrl,
    sessionUrl: relayUrl.replace('ws:', 'http:').replace('stream', 'session'),
  };
  connection.start({ address, token: BOB_TOKEN, plain: false });
  onTestFinished(() => connection.stop());
  return {
    taken,
    gaps,
    stop: () => connection.stop(),
    checkpoint: () => checkpoint,
    lines: (call: string) =>
      book
        .calls()
        .get(call)
        ?.entries.map((entry) => 'text' in entry && entry.text),
  };
}

const line = (callid: string, text: string, more: object = {}) => JSON.stringify({ callid, text, ...more });

test('is taken once, live and on every return', async () => {
  const { relay, config, platform, untilUp } = await startTestRelay({
    agents: [{ ...BOB, calls: [{ field: 'dest_number', in: ['1'] }] }],
    limits: { positionMs: 20 },
  });
  await untilUp();
  const first = createExtension(relay.url);
  await until(() => expect(first.checkpoint()).toBeDefined());
  platform.say(line('a', 'one'), line('b', 'other'), line('a', 'two'));
  platform.say(line('a', 'three', { dest_number: '1' }), line('b', 'other'));
  await until(() => expect(first.taken).toEqual([1, 3, 4]));
  await until(() => expect(first.checkpoint()?.resume?.seq).toBe(5));
  first.stop();

  platform.say(line('c', 'before'), line('c', 'after', { dest_number: '1' }));
  const second = createExtension(relay.url, first.checkpoint());
  await until(() => expect(second.taken).toEqual([6, 7]));

  relay.apply({ ...config, agents: [{ ...BOB, calls: 'all' }] });
  await until(() => expect(second.taken).toEqual([6, 7, 2, 5]));
  second.stop();
  const third = createExtension(relay.url, second.checkpoint());
  platform.say(line('b', 'the end'));
  await until(() => expect(third.taken).toEqual([8]));

  expect([first.lines('a'), second.lines('c')]).toEqual([
    ['one', 'two', 'three'],
    ['before', 'after'],
  ]);
  expect([...first.gaps, ...second.gaps, ...third.gaps]).toEqual([]);
});
