import { describe, expect, test } from 'vitest';
import type { LeaseNote, LogEntry } from '../../../relay/bus/bus.ts';
import { readDeliveryPlace } from '../../../relay/bus/nats/delivery-place.ts';
import { decodeEntry, encodeEntry, encodeTooLarge, MARKER } from '../../../relay/bus/nats/entry-codec.ts';
import { decodeNote, encodeNote } from '../../../relay/bus/nats/lease-note-codec.ts';
import { nameScript } from '../../../relay/bus/nats/names.ts';
import { readEpoch } from '../../../relay/bus/nats/stream-epoch.ts';

describe('an entry of the log', () => {
  const entries: { name: string; entry: LogEntry; text: string }[] = [
    {
      name: 'an event, its JSON as it came',
      entry: { kind: 'event', atMs: 1_700_000_000_000, json: '{"b": 1,  "a":[1e3]}' },
      text: '{"at":1700000000000,"data":{"b": 1,  "a":[1e3]}}',
    },
    {
      name: 'an event that looks like an entry',
      entry: { kind: 'event', atMs: 5, json: '{"at":1,"data":"}"}' },
      text: '{"at":5,"data":{"at":1,"data":"}"}}',
    },
    {
      name: 'a gap',
      entry: { kind: 'gap', gap: { from: 1, to: 2, reason: 'upstream-away' } },
      text: '{"gap":{"from":1,"to":2,"reason":"upstream-away"}}',
    },
  ];

  test.each(entries)('is written and read: $name', ({ entry, text }) => {
    expect(encodeEntry(entry)).toBe(text);
    expect(decodeEntry(text)).toEqual(entry);
  });

  test('of a term’s beginning is told apart from all others', () => {
    expect(decodeEntry(MARKER)).toBe('marker');
  });

  test.each([
    '',
    'hello',
    '{}',
    '{"at":1,"data":2',
    '{"gap":{"from":1}}',
    '{"gap":{"from":1,"to":2,"reason":"else"}}',
  ])('that no relay wrote is unknown: %s', (text) => expect(decodeEntry(text)).toBe('unknown'));

  test('that is too large is a gap of its moment', () => {
    const gap = { from: 7, to: 7, reason: 'frame-too-large' };
    expect(decodeEntry(encodeTooLarge({ kind: 'event', atMs: 7, json: '"much"' }))).toEqual({
      kind: 'gap',
      gap,
    });
  });
});

describe('a holder’s note', () => {
  const notes: LeaseNote[] = [
    { relay: 'a', upstream: { state: 'up', since: 1 }, knownUpMs: undefined },
    { relay: 'b', upstream: { state: 'down', since: 2, detail: 'gone' }, knownUpMs: 3 },
  ];
  test.each(notes)('is written and read: $relay', (note) =>
    expect(decodeNote(encodeNote(note))).toEqual(note),
  );

  test.each(['', 'null', '{"relay":"a"}', '{"relay":"a","upstream":{"state":"else","since":1}}'])(
    'that no relay wrote is none: %s',
    (text) => expect(decodeNote(text)).toBeUndefined(),
  );
});

describe('where a delivery stands', () => {
  test.each([
    { of: 'an older server', subject: '$JS.ACK.log.consumer.1.42.7.1700000000000000001.3' },
    { of: 'a newer server', subject: '$JS.ACK._.account.log.consumer.1.42.7.1700000000000000001.3.random' },
  ])('is read from the subject of $of', ({ subject }) => {
    expect(readDeliveryPlace(subject)).toEqual({
      seq: 42,
      delivered: 7,
      storedAt: '1700000000000000001',
      pending: 3,
    });
  });

  test.each([undefined, '', '_INBOX.1', '$JS.FC.log.consumer.1', '$JS.ACK.log.consumer.1.x.7.1.3'])(
    'is not read from %s',
    (subject) => expect(readDeliveryPlace(subject)).toBeUndefined(),
  );
});

describe('the names of a script', () => {
  const url = 'wss://platform.example/stream?key=secret';

  test('hold nothing JetStream forbids, and nothing of the address', () => {
    for (const name of ['sales', 'a b', 'a.b', 'a>*b', 'a/b\\c', 'ü😀', '=', '']) {
      const { stream, subjectPrefix, leaseKey } = nameScript({ name, url });
      expect(stream).toMatch(/^[\w=-]+$/);
      expect(subjectPrefix).toMatch(/^earshot\.[\w=-]+\.$/);
      expect(leaseKey).toMatch(/^[\w=-]+$/);
      expect(stream).not.toContain('secret');
    }
  });

  test('are others for every other name and for every other address', () => {
    const scripts = [
      { name: 'a', url },
      { name: 'a', url: 'wss://platform.example/other' },
      { name: 'A', url },
      { name: 'a b', url },
      { name: 'a=20b', url },
      { name: 'a_b', url },
    ];
    expect(new Set(scripts.map((script) => nameScript(script).stream)).size).toBe(scripts.length);
  });
});

describe('the epoch of a log', () => {
  test('differs by a nanosecond', () => {
    const [one, other] = ['2026-01-02T03:04:05.678901234Z', '2026-01-02T03:04:05.678901235Z'].map(readEpoch);
    expect(one).toMatch(/^[0-9a-z]{10,16}$/);
    expect(other).not.toBe(one);
  });

  test.each([
    ['2026-01-02T03:04:05Z', '2026-01-02T03:04:05.000000000Z'],
    ['2026-01-02T03:04:05.5Z', '2026-01-02T03:04:05.500Z'],
    ['2026-01-02T04:04:05.5+01:00', '2026-01-02T03:04:05.5Z'],
  ])('is the same for the same moment: %s and %s', (one, other) => {
    expect(readEpoch(one)).toBe(readEpoch(other));
  });
});
