/** The extension's own reader of calls decides: with and without the interims that are left out it must end the same. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createEventFlow } from '../../../relay/stream/event-flow.ts';
import { createStream, type StreamEvent } from '../../../relay/stream/stream.ts';
import { createCallBook } from '../../../utils/transcript/call-book.ts';

type Said =
  | { call: string; leg: string; id?: string; text: string; final: boolean }
  | { call: string; event: 'hangup' }
  | 'gap';

const said: fc.Arbitrary<Said> = fc.oneof(
  {
    weight: 12,
    arbitrary: fc.record(
      {
        call: fc.constantFrom('a', 'b'),
        leg: fc.constantFrom('0', '1', 'Ann'),
        id: fc.constantFrom('1', '2', '3'),
        text: fc.constantFrom(
          'so',
          'so we',
          'so we go',
          'So we go on and on',
          'well',
          'well then we will see',
        ),
        final: fc.boolean(),
      },
      { requiredKeys: ['call', 'leg', 'text', 'final'] },
    ) as fc.Arbitrary<Said>,
  },
  {
    weight: 1,
    arbitrary: fc.record({ call: fc.constantFrom('a', 'b'), event: fc.constant('hangup' as const) }),
  },
  { weight: 1, arbitrary: fc.constant('gap' as const) },
);
/** Speakers who go on for long, with ids of many utterances: more than a reader keeps open. */
const crowd: fc.Arbitrary<Said> = fc.record({
  call: fc.constant('a'),
  leg: fc.constant('0'),
  id: fc.nat(20).map(String),
  text: fc.constantFrom('so', 'so we'),
  final: fc.constant(false),
});

function streamOf(sayings: readonly Said[]) {
  const stream = createStream('e', { events: 1_000, ms: 1_000, bytes: 1_000_000 });
  const flow = createEventFlow(stream, {
    clock: { now: () => 0 },
    limits: { batchEvents: 10, batchBytes: 1_000 },
    windowMs: 1_000,
    fieldMap: () => undefined,
    onAppended: () => {},
  });
  for (const one of sayings) {
    if (one === 'gap') stream.appendGap({ from: 0, to: 1, reason: 'upstream-away' }, 0);
    else
      flow.ingest({
        seq: stream.head() + 1,
        atMs: 0,
        dataJson: JSON.stringify({ ...one, call: undefined, callid: one.call }),
      });
  }
  return stream;
}

function bookOf(stream: ReturnType<typeof streamOf>, isLeftOut: (event: StreamEvent) => boolean) {
  const book = createCallBook();
  for (let position = 0; position < stream.end(); position += 1) {
    const entry = stream.at(position);
    if (entry?.kind === 'gap') book.takeGap({ fromMs: 0, toMs: 1, reason: 'upstream-away' });
    else if (entry !== undefined && !isLeftOut(entry)) {
      book.takeEvent(JSON.parse(entry.dataJson), entry.atMs);
    }
  }
  return [...book.calls()].map(([id, { entries, head }]) => ({ id, entries, phase: head.phase }));
}

test('whichever superseded interims are left out, every call ends with the same lines in the same places', () => {
  let leftOut = 0;
  const sayings = fc.oneof(
    fc.array(said, { minLength: 10, maxLength: 60, size: 'max' }),
    fc.array(crowd, { minLength: 40, maxLength: 100, size: 'max' }),
  );
  fc.assert(
    fc.property(sayings, fc.array(fc.boolean(), { minLength: 100, maxLength: 100 }), (all, choices) => {
      const stream = streamOf(all);
      const isLeftOut = ({ isSuperseded, seq }: StreamEvent) => isSuperseded && choices[seq] !== false;
      for (let at = 0; at < stream.end(); at += 1) {
        const entry = stream.at(at);
        if (entry?.kind === 'event' && isLeftOut(entry)) leftOut += 1;
      }
      expect(bookOf(stream, isLeftOut)).toEqual(bookOf(stream, () => false));
    }),
    { numRuns: 500 },
  );
  expect(leftOut).toBeGreaterThan(100);
});
