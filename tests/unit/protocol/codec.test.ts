import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { reactToClose } from '../../../utils/protocol/close-codes.ts';
import {
  decodeClientFrame,
  decodeRelayFrame,
  encodeFrame,
  MAX_CLIENT_FRAME_BYTES,
} from '../../../utils/protocol/codec.ts';
import type { ClientFrame, RelayFrame } from '../../../utils/protocol/frames.ts';
import { offerProtocols, PROTOCOL_V1, readOffer } from '../../../utils/protocol/subprotocol.ts';

const relayFrames: RelayFrame[] = [
  {
    type: 'hello',
    epoch: 'e1',
    seq: 7,
    oldest: 3,
    agent: 'Alice',
    pingMs: 20_000,
    window: { events: 100, ms: 1_000 },
  },
  {
    type: 'events',
    events: [
      { seq: 8, at: 1, data: 'plain' },
      { seq: 9, at: 2, data: { text: 'x' } },
    ],
  },
  { type: 'events', events: [] },
  { type: 'resumed', recovered: true, from: 3, to: 7 },
  { type: 'position', seq: 9 },
  { type: 'upstream', state: 'up', since: 5 },
  { type: 'upstream', state: 'unauthorized', since: 5, detail: 'The platform answered 401' },
  { type: 'gap', from: 1, to: 2, reason: 'upstream-away' },
  { type: 'pong', id: 3 },
  { type: 'bye', code: 4401, message: 'refused', retryAfterMs: 10 },
];

const clientFrames: ClientFrame[] = [
  { type: 'resume' },
  { type: 'resume', epoch: 'e1', seq: 7 },
  { type: 'ping', id: 1 },
  { type: 'token', token: 't' },
];

describe('the codec', () => {
  test.each(relayFrames)('$type comes back from the relay as it was sent', (frame) => {
    expect(decodeRelayFrame(encodeFrame(frame))).toEqual({ ok: true, frame });
  });
  test.each(clientFrames)('$type comes back from the client as it was sent', (frame) => {
    expect(decodeClientFrame(encodeFrame(frame))).toEqual({ ok: true, frame });
  });

  test.each([
    ['not-text', new Uint8Array(3)],
    ['not-text', undefined],
    ['not-json', 'hello'],
    ['not-json', '<html>'],
    ['unknown-type', '{}'],
    ['unknown-type', '{"type":"nonsense"}'],
    ['bad-field', '{"type":"events","events":[{"seq":-1,"at":0,"data":1}]}'],
    [
      'bad-field',
      '{"type":"hello","epoch":"","seq":0,"oldest":0,"agent":"a","pingMs":20000,"window":{"events":1,"ms":1}}',
    ],
    ['bad-field', '{"type":"position","seq":1.5}'],
    ['unknown-type', '[]'],
    ['bad-field', 'null'],
  ])('%s: %j', (code, raw) => {
    expect(decodeRelayFrame(raw)).toMatchObject({ ok: false, error: { code } });
  });

  test('a client’s frame over 16 KiB is refused unparsed, counted in bytes', () => {
    const frame = encodeFrame({ type: 'token', token: 'é'.repeat(MAX_CLIENT_FRAME_BYTES / 2) });
    expect(decodeClientFrame(frame)).toMatchObject({ ok: false, error: { code: 'too-large' } });
  });

  test('an error never repeats what was in the frame', () => {
    const raw = JSON.stringify({ type: 'token', token: ['SECRET'] });
    expect(JSON.stringify(decodeClientFrame(raw))).not.toContain('SECRET');
  });

  test('any input gives a frame or a typed error', () => {
    const frameLike = fc.record({
      type: fc.constantFrom('hello', 'events', 'bye', 'ping', 'resume'),
      seq: fc.anything(),
      events: fc.anything(),
      id: fc.anything(),
    });
    const anything = fc.oneof(
      fc.anything(),
      fc.string(),
      fc.json(),
      frameLike.map((frame) => JSON.stringify(frame)),
    );
    fc.assert(
      fc.property(anything, (raw) => {
        for (const decoded of [decodeRelayFrame(raw), decodeClientFrame(raw)]) {
          if (decoded.ok) expect(typeof decoded.frame.type).toBe('string');
          else expect(decoded.error.message).not.toBe('');
        }
      }),
      { numRuns: 3_000 },
    );
  });
});

describe('the token as a subprotocol', () => {
  test('any token comes back from the offer, and the offer is made of legal characters', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1, unit: 'binary' }), (token) => {
        const offer = offerProtocols(token);
        expect(offer.every((name) => /^[A-Za-z0-9._-]+$/.test(name))).toBe(true);
        expect(readOffer(offer.join(', '))).toEqual({ speaksV1: true, token });
      }),
    );
  });
  test.each([
    [undefined, { speaksV1: false, token: undefined }],
    ['', { speaksV1: false, token: undefined }],
    [PROTOCOL_V1, { speaksV1: true, token: undefined }],
    ['base64url.bearer.earshot.!!!', { speaksV1: false, token: undefined }],
    ['base64url.bearer.earshot.', { speaksV1: false, token: undefined }],
    ['base64url.bearer.earshot._w', { speaksV1: false, token: undefined }],
  ])('%j', (header, offer) => {
    expect(readOffer(header)).toEqual(offer);
  });
});

describe('close codes', () => {
  test.each([
    [1000, 'retry'],
    [1001, 'retry'],
    [1006, 'retry'],
    [1012, 'retry'],
    [1013, 'retry'],
    [4408, 'retry'],
    [4400, 'stop-protocol'],
    [4401, 'stop-token'],
    [4403, 'stop-forbidden'],
    [4426, 'stop-version'],
    [4999, 'retry'],
  ])('%d: %s', (code, reaction) => {
    expect(reactToClose(code)).toBe(reaction);
  });
});
