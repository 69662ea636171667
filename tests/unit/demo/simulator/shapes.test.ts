import { describe, expect, test } from 'vitest';
import { type ShapeName, shapes } from '../../../../demo/shapes/registry.ts';
import type { SimulatedEvent } from '../../../../demo/simulator/simulated-event.ts';

const nowMs = Date.UTC(2026, 0, 2, 3, 4, 5, 678);
const date = '2026-01-02T03:04:05.678Z';
const call = { callId: 'c1', cli: '+15550100', destNumber: '+15550199', customer: 'Acme' };
const parties = { cli: '+15550100', dest_number: '+15550199', customer: 'Acme' };

function line(text: string, final: boolean): SimulatedEvent {
  return { kind: 'line', call, leg: 1, text, final, utteranceId: 'c1:1' };
}

const events: SimulatedEvent[] = [
  { kind: 'started', call },
  line('good', false),
  line('good day', true),
  { kind: 'ended', call },
];

const started = { callid: 'c1', event: 'call_started', date, ...parties };
const interim = { callid: 'c1', leg: 1, text: 'good', final: false, date, ...parties };
const final = { callid: 'c1', leg: 1, text: 'good day', final: true, date, ...parties };
const ended = { callid: 'c1', event: 'call_ended', date, ...parties };
const guesses = [started, interim, final, ended];

function withDate(value: unknown) {
  return guesses.map((event) => ({ ...event, date: value }));
}

const expected: Record<ShapeName, unknown[]> = {
  guess: guesses,
  text: ['good day'],
  data: guesses.map((data) => ({ data })),
  message: guesses.map((message) => ({ message })),
  payload: guesses.map((payload) => ({ payload })),
  array: [guesses],
  'json-string': guesses.map((event) => JSON.stringify(JSON.stringify(event))),
  binary: guesses.map((event) => new TextEncoder().encode(JSON.stringify(event))),
  aliases: [
    started,
    {
      call_id: 'c1',
      leg: 1,
      transcript: 'good',
      is_final: '0',
      date,
      from: '+15550100',
      destination: '+15550199',
      customer: 'Acme',
    },
    {
      callId: 'c1',
      leg: 1,
      transcription: 'good day',
      isFinal: 'true',
      date,
      caller: '+15550100',
      dest: '+15550199',
      customer: 'Acme',
    },
    { 'Call-ID': 'c1', event: 'call_ended', date, source: '+15550100', to: '+15550199', customer: 'Acme' },
  ],
  strings: [
    { ...started, date: String(nowMs) },
    { ...interim, leg: '1', final: 'false', date: String(nowMs) },
    { ...final, leg: '1', final: 'true', date: String(nowMs) },
    { ...ended, date: String(nowMs) },
  ],
  seconds: withDate(Math.floor(nowMs / 1000)),
  millis: withDate(nowMs),
  table: [{ 'Call ID': 'c1', Date: date, 'Customer Name': 'Acme', Text: 'good day', Leg: 1, Score: 1 }],
  ids: [started, { ...interim, utterance_id: 'c1:1' }, { ...final, utterance_id: 'c1:1' }, ended],
  'no-ids': guesses,
};

describe('shapes', () => {
  test.each(Object.keys(shapes) as ShapeName[])('%s', (name) => {
    const messages = shapes[name].createEncoder()(events, nowMs);
    expect(messages.map(({ message }) => message)).toEqual(expected[name]);
    expect(messages.every(({ key }) => key === 'c1')).toBe(true);
  });

  test('what a call does not tell is left out', () => {
    const [message] = shapes.guess.createEncoder()([{ kind: 'ended', call: { callId: 'c2' } }], nowMs);
    expect(message?.message).toEqual({ callid: 'c2', event: 'call_ended', date });
  });

  test('every way of saying yes and no comes in turn', () => {
    const encode = shapes.aliases.createEncoder();
    const sayings = [true, false].map((isFinal) =>
      encode(
        Array.from({ length: 20 }, () => line('x', isFinal)),
        nowMs,
      ).map(({ message }) => {
        const fields = message as Record<string, unknown>;
        return fields['final'] ?? fields['is_final'] ?? fields['isFinal'] ?? fields['done'];
      }),
    );
    expect(sayings.map((said) => new Set(said))).toEqual([
      new Set([true, '1', 'true', 'yes', 'final']),
      new Set([false, '0', 'false', 'no', 'interim']),
    ]);
  });
});
