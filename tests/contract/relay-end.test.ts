/** The client's part of every conversation, said to the real relay over a real socket. */
import { describe, expect, test } from 'vitest';
import type { RelayFrame } from '../../utils/protocol/frames.ts';
import { ALICE_TOKEN, startTestRelay } from '../unit/relay/relay-under-test.ts';
import { until } from '../unit/relay/until.ts';
import { conversations, EPOCH, HELD_EVENTS } from './conversations.ts';

/** Events may come in one frame or in several: only their order is the contract. */
function withoutFraming(frames: readonly RelayFrame[]): RelayFrame[] {
  return frames.flatMap((frame): RelayFrame[] =>
    frame.type === 'events' ? frame.events.map((event) => ({ type: 'events', events: [event] })) : [frame],
  );
}

describe('the relay', () => {
  test.each(conversations)('$name', async ({ steps }) => {
    const { platform, connect, untilUp } = await startTestRelay();
    await untilUp();
    const witness = connect();
    await witness.ready();
    for (let number = 1; number <= HELD_EVENTS; number += 1) platform.say(`line ${number}`);
    await until(() => expect(witness.events()).toHaveLength(HELD_EVENTS));
    const { epoch } = await witness.first('hello');
    const client = connect(ALICE_TOKEN, null);
    let heard = 0;
    for (const step of steps) {
      if ('platform' in step) platform.say(step.platform);
      else if ('client' in step) {
        await client.ready();
        client.send(JSON.stringify(step.client).replace(EPOCH, epoch));
      } else if ('relay' in step) {
        const expected = withoutFraming([
          JSON.parse(JSON.stringify(step.relay).replace(EPOCH, epoch)) as RelayFrame,
        ]);
        for (const frame of expected) {
          const said = await until(() => {
            const next = withoutFraming(client.frames)[heard];
            if (next === undefined) throw new Error(`nothing after frame ${heard}`);
            return next;
          });
          heard += 1;
          expect(withoutTimes(said)).toMatchObject(withoutTimes(frame));
        }
      } else if ('relayCloses' in step) await until(() => expect(client.closeCode()).toBe(step.relayCloses));
    }
    expect(withoutFraming(client.frames)).toHaveLength(heard);
  });
});

/** When an event came is the relay's own business. */
function withoutTimes(frame: RelayFrame): object {
  return frame.type === 'events'
    ? { ...frame, events: frame.events.map(({ seq, data }) => ({ seq, data })) }
    : frame;
}
