import { expect, test } from 'vitest';
import { readPlatformEvents } from '../../../relay/stream/platform-events.ts';

const line = (callid: string, text: string) => ({ callid, leg: '0', text });
const a = line('a', 'one');
const b = line('b', 'two');

test.each<[string, string, unknown[]]>([
  ['an object is one event', JSON.stringify(a), [a]],
  ['a text is one event', 'not JSON', ['not JSON']],
  ['a list of one call stays one event', JSON.stringify([a, line('a', 'more')]), [[a, line('a', 'more')]]],
  ['a list of several calls is as many events', JSON.stringify([a, b]), [a, b]],
  ['a list of one is left as it is', JSON.stringify([a]), [[a]]],
  ['an empty list too', '[]', [[]]],
])('%s', (_name, text, events) => {
  expect(readPlatformEvents(text, undefined).map((json) => JSON.parse(json))).toEqual(events);
});

test('a list of more than 1,000 stays one event', () => {
  const all = Array.from({ length: 1_001 }, (_, index) => line(String(index), 'x'));
  expect(readPlatformEvents(JSON.stringify(all), undefined)).toHaveLength(1);
});

test('an event’s JSON is not written anew', () => {
  const text = '{ "callid": "a",  "text": "\\u00e9" }';
  expect(readPlatformEvents(text, undefined)).toEqual([text]);
});
