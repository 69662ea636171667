import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { advance, initialState } from '../../../utils/connection/connection-machine.ts';
import type { Effect, Input, MachineState } from '../../../utils/connection/machine-types.ts';
import { address, createFakeWorld, hello } from './fake-relay.ts';

const seq = fc.nat({ max: 50 });
const frame = fc.oneof(
  fc.record({ seq, oldest: seq, epoch: fc.constantFrom('e1', 'e2') }).map((about) => ({
    ...hello(about.seq, about.epoch, about.oldest),
  })),
  fc.array(seq, { maxLength: 5 }).map((seqs) => ({
    type: 'events' as const,
    events: seqs.map((each) => ({ seq: each, at: 1, data: 'x' })),
  })),
  fc.record({ type: fc.constant('resumed' as const), recovered: fc.boolean(), from: seq, to: seq }),
  fc.record({ type: fc.constant('position' as const), seq }),
  fc.constant({ type: 'upstream' as const, state: 'up' as const, since: 1 }),
  fc.constant({ type: 'gap' as const, from: 1, to: 2, reason: 'upstream-away' as const }),
  fc.constant({ type: 'pong' as const, id: 1 }),
  fc.record({
    type: fc.constant('bye' as const),
    code: fc.constantFrom(1012, 4400, 4401, 4403, 4426),
    message: fc.constant(''),
  }),
);

const input: fc.Arbitrary<Input> = fc.oneof(
  fc.constantFrom<Input>(
    { kind: 'start' },
    { kind: 'stop' },
    { kind: 'renew', token: 't' },
    { kind: 'opened' },
    { kind: 'unreadable' },
    { kind: 'suspect' },
    { kind: 'session', result: { kind: 'accepted' } },
    { kind: 'session', result: { kind: 'unreachable' } },
    { kind: 'session', result: { kind: 'refused', reason: 'token-refused', expiredAtMs: undefined } },
  ),
  fc
    .constantFrom('retry', 'open', 'hello', 'ping', 'pong', 'stable')
    .map((timer) => ({ kind: 'timer', timer }) as Input),
  fc
    .constantFrom(1000, 1006, 1012, 1013, 4400, 4401, 4403, 4408, 4426)
    .map((code): Input => ({ kind: 'closed', code })),
  { weight: 4, arbitrary: frame.map((said): Input => ({ kind: 'frame', frame: said })) },
);

describe('the connection machine, whatever comes in whatever order', () => {
  test('keeps its promises', () => {
    fc.assert(
      fc.property(fc.array(input, { maxLength: 60 }), (inputs) => {
        let state: MachineState = initialState(undefined);
        let nowMs = 1_000;
        for (const each of inputs) {
          nowMs += 100;
          const before = state;
          const { state: after, effects } = advance(before, each, { nowMs, random: () => 0.5 });
          expectLawful(before, each, after, effects, nowMs);
          state = after;
        }
      }),
      { numRuns: 3_000 },
    );
  });
});

function expectLawful(
  before: MachineState,
  cause: Input,
  after: MachineState,
  effects: Effect[],
  nowMs: number,
): void {
  const done = effects.map((effect) => effect.do);
  // Nothing is sent or handed on without a socket that greeted us.
  if (done.includes('send')) expect(['greeting', 'connected']).toContain(after.name);
  if (done.includes('deliver')) expect([before.name, after.name]).toEqual(['connected', 'connected']);
  // What stopped stays stopped until somebody acts.
  if (before.name === 'stopped' && after.name !== 'stopped') {
    expect(['start', 'renew', 'stop']).toContain(cause.kind);
  }
  // Every way out of a connection lets go of its socket, and every wait has an end.
  if (before.name === 'connected' && after.name !== 'connected') expect(done).toContain('drop');
  if (after.name === 'waiting' && before !== after) {
    expect(done).toContain('set-timer');
    expect(after.retryAtMs - nowMs).toBeLessThanOrEqual(30_000);
  }
  // Within a stream the resume point only moves forward.
  if (before.resume?.epoch === after.resume?.epoch && after.resume !== undefined && !gapped(effects)) {
    expect(after.resume.seq).toBeGreaterThanOrEqual(before.resume?.seq ?? 0);
  }
}

/** What we held cannot be gone on from: then we are where the relay is. */
function gapped(effects: Effect[]): boolean {
  if (effects.some((effect) => effect.do === 'send' && effect.frame.type === 'resume')) return true;
  return effects.some(
    (effect) => effect.do === 'deliver' && effect.frame.type === 'resumed' && !effect.frame.recovered,
  );
}

describe('stopping', () => {
  test('lets go of the socket, and a later start goes on from the same point', () => {
    const world = createFakeWorld();
    world.connection.start({ address, token: 't', plain: false });
    world.socket().open();
    world.socket().send(hello(5));
    world.connection.stop();
    expect(world.socket().closedWith).toBe(1000);
    expect(world.states.at(-1)).toBe('off');
    world.elapse(600_000);
    expect(world.sockets).toHaveLength(1);
    world.connection.start({ address, token: 't', plain: false });
    world.socket().open();
    world.socket().send(hello(5));
    expect(world.socket().sent).toEqual([{ type: 'resume', epoch: 'e1', seq: 5 }]);
  });
});
