import { expect, test } from 'vitest';
import { createConnectionLimit } from '../../../relay/access/connection-limit.ts';

const limit = (connections = 10, connectionsPerAgent = 10, connectionsPerAddress = 10) =>
  createConnectionLimit({ connections, connectionsPerAgent, connectionsPerAddress });

test.each([
  ['in all', limit(1), 'relay', ['Bob', 'b']],
  ['of one agent', limit(10, 1), 'agent', ['Alice', 'b']],
  ['from one address', limit(10, 10, 1), 'address', ['Bob', 'a']],
] as const)(
  'one too many %s is refused, and only that; leaving makes room',
  (_name, places, full, [agent, address]) => {
    const first = places.take('Alice', 'a');
    expect(places.take(agent, address)).toEqual({ ok: false, full });
    expect(places.findFull(agent, address)).toBe(full);
    if (full !== 'relay') expect(places.take('Carol', 'c').ok).toBe(true);
    if (first.ok) first.leave();
    expect(places.findFull(agent, address)).toBeUndefined();
    expect(places.take(agent, address).ok).toBe(true);
  },
);

test('leaving twice makes room for one', () => {
  const places = limit(2);
  const first = places.take('Alice', 'a');
  places.take('Alice', 'a');
  for (let times = 0; first.ok && times < 2; times += 1) first.leave();
  expect([places.take('Alice', 'a').ok, places.take('Alice', 'a').ok]).toEqual([true, false]);
});
