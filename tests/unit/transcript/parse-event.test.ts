import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { UNIDENTIFIED_CALL } from '../../../utils/transcript/event.ts';
import { parseEvents } from '../../../utils/transcript/parse-event.ts';

/** What a test cares about in a line; the rest of the event may be anything. */
function lines(raw: unknown) {
  return parseEvents(raw).map((event) =>
    event.kind === 'line'
      ? { callId: event.callId, leg: event.leg, text: event.text, final: event.final }
      : event,
  );
}

const said = { callId: 'c1', leg: 'caller', text: 'i lost my card', final: true };
const plain = { callid: 'c1', leg: 0, text: 'i lost my card', final: true };

describe('every known form of a payload becomes the same line', () => {
  test.each([
    ['an object', plain],
    ['JSON text', JSON.stringify(plain)],
    ['JSON inside a JSON string', JSON.stringify(JSON.stringify(plain))],
    ['UTF-8 bytes', new TextEncoder().encode(JSON.stringify(plain))],
    ['an array buffer', new TextEncoder().encode(JSON.stringify(plain)).buffer],
    ['wrapped in data', { data: plain }],
    ['wrapped in message', { message: plain }],
    ['wrapped in payload', { payload: plain }],
    ['wrapped as a JSON string', { payload: JSON.stringify(plain) }],
    ['wrapped twice', { data: { message: plain } }],
    [
      'wrapped with the call outside',
      { callid: 'c1', data: { leg: 0, text: 'i lost my card', final: true } },
    ],
    ['an array', [plain]],
    ['an array in a wrapper', { data: [plain] }],
    [
      'text in an object of its own',
      { callid: 'c1', leg: 0, transcript: { text: 'i lost my card', final: true } },
    ],
    [
      'the platform’s own table',
      { 'Call ID': 'c1', Leg: '0', Text: 'i lost my card', 'Customer Name': 'Mary' },
    ],
    ['beside words that wrap nothing', { ...plain, message: 'ok' }],
    ['plain words in a wrapper', { callid: 'c1', leg: 0, data: 'i lost my card' }],
  ])('%s', (_name, raw) => {
    expect(lines(raw)).toEqual([said]);
  });

  test('an array keeps the order of its events', () => {
    const texts = ['one', 'two', 'three'];
    expect(
      lines(texts.map((text) => ({ ...plain, text }))).map((line) => 'text' in line && line.text),
    ).toEqual(texts);
  });
});

describe('plain text is the whole line', () => {
  test.each(['hello there', '[noise]', '{ said the man', '42', 'true', '...', '"quoted at first only'])(
    '%s',
    (text) => {
      expect(lines(text)).toEqual([{ callId: UNIDENTIFIED_CALL, leg: 'unknown', text, final: true }]);
    },
  );
});

describe('field aliases', () => {
  test.each(['callid', 'call_id', 'callId', 'Call-ID', 'CALL ID'])('call id under %s', (key) => {
    expect(lines({ [key]: 'c1', leg: 0, text: 'i lost my card' })).toEqual([said]);
  });
  test.each(['text', 'transcript', 'transcription', 'result'])('text under %s', (key) => {
    expect(lines({ callid: 'c1', leg: 0, [key]: 'i lost my card' })).toEqual([said]);
  });
  test.each([
    ['cli', 'dest_number'],
    ['from', 'destination'],
    ['caller', 'dest'],
    ['source', 'to'],
  ])('numbers under %s and %s', (caller, callee) => {
    const [event] = parseEvents({ ...plain, [caller]: 15125550142, [callee]: '2001' });
    expect(event).toMatchObject({ parties: { caller: '15125550142', callee: '2001' } });
  });
  test.each([
    ...['final', 'is_final', 'isFinal', 'done'].flatMap((key) =>
      [true, 1, '1', 'true', 'yes', 'final', 'YES'].map((value) => [key, value, true] as const),
    ),
    ...[false, 0, '0', 'false', 'no', 'interim', 'partial'].map((value) => ['final', value, false] as const),
    ['is_partial', true, false] as const,
    ['interim', 'true', false] as const,
    ['final', 'perhaps', true] as const,
    ['other', 'x', true] as const,
  ])('%s: %j is final %j', (key, value, final) => {
    expect(lines({ callid: 'c1', leg: 0, text: 'i lost my card', [key]: value })).toEqual([
      { ...said, final },
    ]);
  });
  test.each([
    [0, 'caller'],
    ['0', 'caller'],
    ['A', 'caller'],
    ['Caller', 'caller'],
    [1, 'callee'],
    ['1', 'callee'],
    ['b-leg', 'callee'],
    ['2', 'unknown'],
    [null, 'unknown'],
  ])('leg %j is the %s', (leg, expected) => {
    expect(lines({ ...plain, leg })).toEqual([{ ...said, leg: expected }]);
  });
  test.each(['direction', 'call_direction', 'callDirection', 'Call Direction', 'dir'])(
    'direction under %s',
    (key) => {
      expect(parseEvents({ ...plain, [key]: 'inbound' })).toMatchObject([
        { kind: 'line', parties: { direction: 'inbound' } },
      ]);
      expect(parseEvents({ callid: 'c1', [key]: 'outbound' })).toMatchObject([
        { kind: 'call', parties: { direction: 'outbound' } },
      ]);
    },
  );
  test.each([
    ['in', 'inbound'],
    ['inbound', 'inbound'],
    ['Incoming', 'inbound'],
    ['IN-BOUND', 'inbound'],
    [' inbound ', 'inbound'],
    ['out', 'outbound'],
    ['Outbound', 'outbound'],
    ['outgoing', 'outbound'],
    ['internal', undefined],
    ['inboundish', undefined],
    ['', undefined],
    [null, undefined],
    [0, undefined],
    [1, undefined],
    [true, undefined],
    [['in'], undefined],
    [{ in: true }, undefined],
  ])('direction %j is %s', (direction, expected) => {
    const [event] = parseEvents({ ...plain, direction });
    expect(event).toMatchObject({ kind: 'line', text: said.text, parties: { direction: expected } });
  });
  test('no direction is told where the event has none', () => {
    expect(parseEvents(plain)).toMatchObject([{ parties: { direction: undefined } }]);
  });
  test('numbers as strings and as numbers name the same call', () => {
    expect(lines({ ...plain, callid: 77 })).toEqual(lines({ ...plain, callid: '77' }));
  });
});

describe('times', () => {
  const at = Date.UTC(2026, 6, 1, 12, 0, 5);
  test.each([
    ['seconds', at / 1000],
    ['seconds in a string', String(at / 1000)],
    ['milliseconds', at],
    ['milliseconds in a string', String(at)],
    ['microseconds', at * 1000],
    ['ISO 8601', '2026-07-01T12:00:05Z'],
    ['ISO 8601 with a zone', '2026-07-01T14:00:05.000+0200'],
    ['a date without a zone', '2026-07-01 12:00:05'],
  ])('%s', (_name, date) => {
    expect(parseEvents({ ...plain, date })).toMatchObject([{ atMs: at }]);
  });
  test.each([1490, '1490', 'yesterday', true, {}, -1, Number.MAX_VALUE, '2026-13-45'])(
    '%j is no time of day',
    (date) => {
      expect(parseEvents({ ...plain, date })).toMatchObject([{ text: said.text, atMs: undefined }]);
    },
  );
});

describe('events without words', () => {
  test.each([
    [{ callid: 'c1', event: 'call_started', cli: '+1' }, 'started'],
    [{ callid: 'c1', type: 'Call-Start' }, 'started'],
    [{ callid: 'c1', status: 'hangup' }, 'ended'],
    [{ callid: 'c1', event: 'call_ended', text: '' }, 'ended'],
    [{ callid: 'c1', score: 3 }, 'seen'],
  ])('%j', (raw, phase) => {
    expect(parseEvents(raw)).toMatchObject([{ kind: 'call', callId: 'c1', phase }]);
  });
  test.each(['', '  ', 'ping', {}, { type: 'keep-alive' }, { event: 'heartbeat', ts: 1 }])(
    '%j is a keep-alive',
    (raw) => {
      expect(parseEvents(raw)).toEqual([{ kind: 'keep-alive' }]);
    },
  );
});

describe('what cannot be read is kept with its reason', () => {
  const deep = JSON.parse(`${'{"data":'.repeat(30)}1${'}'.repeat(30)}`);
  test.each([
    ['broken-json', '{"callid":"c1","te'],
    ['no-text', { score: 3 }],
    ['text-not-readable', { callid: 'c1', text: ['a'] }],
    ['text-not-readable', { callid: 'c1', text: true }],
    ['call-id-not-readable', { callid: { a: 1 }, text: 'x' }],
    ['call-id-not-readable', { callid: 'x'.repeat(201), text: 'x' }],
    ['nested-too-deep', deep],
    ['nested-too-deep', JSON.parse(`${'{"text":'.repeat(30)}1${'}'.repeat(30)}`)],
    ['not-an-event', null],
    ['not-an-event', undefined],
  ])('%s', (reason, raw) => {
    expect(parseEvents(raw)).toEqual([{ kind: 'unread', reason }]);
  });

  test('a frame of too many events keeps the first ten thousand and says so', () => {
    const events = parseEvents(Array.from({ length: 20_000 }, () => plain));
    expect(events).toHaveLength(10_000);
    expect(events.at(-1)).toEqual({ kind: 'unread', reason: 'too-many-events' });
  });

  test('anything at all gives events and never throws', () => {
    fc.assert(
      fc.property(fc.oneof(fc.anything(), fc.json(), fc.string(), fc.uint8Array()), (raw) => {
        expect(Array.isArray(parseEvents(raw))).toBe(true);
      }),
      { numRuns: 3_000 },
    );
  });

  test('hostile keys touch nothing but the event', () => {
    const [event] = parseEvents(
      '{"__proto__":{"callid":"evil"},"constructor":1,"callid":"c1","leg":0,"text":"i lost my card"}',
    );
    expect(event).toMatchObject({ callId: 'c1', text: said.text });
    expect(({} as Record<string, unknown>)['callid']).toBeUndefined();
  });
});
