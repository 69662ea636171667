/** The relay's part of every conversation, said to the extension's real connection. */
import { describe, expect, test } from 'vitest';
import type { RelayFrame } from '../../utils/protocol/frames.ts';
import { address, createFakeWorld } from '../unit/connection/fake-relay.ts';
import { conversations } from './conversations.ts';

/** What a frame needs beside the fields that are in the contract. */
const rest: Partial<Record<RelayFrame['type'], object>> = {
  hello: { agent: 'Alice', window: { events: 100, ms: 1_000 } },
  upstream: { since: 1 },
  bye: { message: 'refused' },
};

describe('the client', () => {
  test.each(conversations)('$name', async ({ held, steps, outcome }) => {
    const world = createFakeWorld(
      held === undefined ? undefined : { resume: { ...held, seen: [] }, currentAtMs: 900_000 },
    );
    world.answerSession(401, JSON.stringify({ code: 'unknown' }));
    const target = { address, token: 'first token', plain: false };
    world.connection.start(target);
    world.socket().open();
    let said = 0;
    for (const step of steps) {
      if ('relay' in step) world.socket().send({ ...rest[step.relay.type], ...step.relay } as RelayFrame);
      else if ('relayCloses' in step) world.socket().close(step.relayCloses);
      else if ('client' in step) {
        if (step.client.type === 'ping') world.elapse(20_000);
        if (step.client.type === 'token') world.connection.renew({ ...target, token: step.client.token });
        expect(world.socket().sent[said]).toEqual(step.client);
        said += 1;
      }
    }
    await world.settle();
    const taken = world.delivered.flatMap((what) => (/^\d/.test(what) ? what.split(',').map(Number) : []));
    expect({ events: taken, gaps: world.gaps.length, state: world.states.at(-1) }).toEqual(outcome);
    expect(world.sockets[0]?.sent).toHaveLength(said);
  });
});
