import fc from 'fast-check';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createClientSetup } from './client-setup.ts';

beforeEach(() => void vi.useFakeTimers({ now: 1_000_000 }));
afterEach(() => void vi.useRealTimers());

type Step =
  | { do: 'append'; count: number; characters: number }
  | { do: 'gap' | 'pump' | 'clog' | 'drain' | 'unclog' | 'reconnect' | 'reconnect-quietly' };

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('append' as const),
      count: fc.integer({ min: 1, max: 30 }),
      characters: fc.constantFrom(1, 100, 40_000),
    }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constantFrom('gap', 'pump', 'clog', 'drain', 'unclog', 'reconnect', 'reconnect-quietly'),
    }),
  },
);

/** What a careful client remembers over its connections: the events it holds and where it resumes. */
function play(steps: readonly Step[]): { seen: number[]; gaps: Set<number>; head: number; gapCount: number } {
  const setup = createClientSetup({ limits: { slowMs: 10_000_000 }, window: { ms: 10_000_000 } });
  const seen: number[] = [];
  const gaps = new Set<number>();
  let gapCount = 0;
  let socket = setup.connect();
  socket.say({ type: 'resume' });

  /** A connection ends: what had arrived on it is the client's. */
  function collect(): void {
    for (const frame of socket.frames) {
      if (frame.type === 'events') seen.push(...frame.events.map(({ seq }) => seq));
      if (frame.type === 'gap') gaps.add(frame.from);
    }
    expect(socket.log).toEqual([]);
    socket.client.closed();
  }

  for (const { do: action, ...rest } of [...steps, { do: 'unclog' } as const, { do: 'pump' } as const]) {
    switch (action) {
      case 'append':
        if ('count' in rest) setup.append(rest.count, JSON.stringify('x'.repeat(rest.characters)));
        break;
      case 'gap':
        gapCount += 1;
        setup.appendGap(gapCount);
        break;
      case 'pump':
        socket.client.pump();
        break;
      case 'clog':
        socket.clog();
        break;
      case 'drain':
        socket.drain();
        socket.client.pump();
        break;
      case 'unclog':
        socket.unclog();
        socket.client.pump();
        break;
      case 'reconnect':
        collect();
        socket = setup.connect();
        socket.say({ type: 'resume', epoch: 'epoch-1', seq: seen.at(-1) ?? 0 });
        break;
      case 'reconnect-quietly':
        // The resume is on its way while the stream moves on.
        collect();
        socket = setup.connect();
        setup.append(3);
        socket.client.pump();
        socket.say({ type: 'resume', epoch: 'epoch-1', seq: seen.at(-1) ?? 0 });
        break;
      default:
        action satisfies never;
    }
  }
  collect();
  return { seen, gaps, head: setup.stream.head(), gapCount };
}

test('whatever the interleaving, a client has every event exactly once, in order, and every gap', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const { seen, gaps, head, gapCount } = play(steps);
      expect(seen).toEqual(Array.from({ length: head }, (_, index) => index + 1));
      expect(gaps.size).toBe(gapCount);
    }),
    { numRuns: 300 },
  );
});
