import { signal } from '@preact/signals';
import { describe, expect, test } from 'vitest';
import { createRelayList } from '../../../components/options/relay-list.ts';
import { MAX_RELAYS, type Relay, type Settings } from '../../../utils/settings/settings.ts';

const relay = (id: string, part: Partial<Relay> = {}): Relay => ({
  id,
  name: '',
  address: `wss://${id}.test`,
  plain: false,
  rememberToken: false,
  ...part,
});

/** A store in memory that tells of its changes at once. */
async function createWorld(relays: Relay[], tokens: Record<string, string> = {}) {
  const held = signal<Settings>({ relays, defaultRelay: '', sites: [], keepMinutes: 0 });
  const world = { isBroken: false, tokens: { ...tokens } };
  let made = 0;
  const list = createRelayList({
    held,
    createId: () => `new-${made++}`,
    settings: {
      async change(update) {
        if (world.isBroken) throw new Error('no room');
        held.value = update(held.value);
      },
      async putRelay(next, token) {
        if (world.isBroken) throw new Error('no room');
        world.tokens[next.id] = token;
        const isKnown = held.value.relays.some(({ id }) => id === next.id);
        const all = held.value.relays;
        held.value = {
          ...held.value,
          relays: isKnown ? all.map((one) => (one.id === next.id ? next : one)) : [...all, next],
        };
      },
      async removeRelay(id) {
        held.value = { ...held.value, relays: held.value.relays.filter((one) => one.id !== id) };
      },
      tokenOf: async ({ id }) => world.tokens[id] ?? '',
    },
  });
  await list.refresh();
  const shown = () => list.rows.value.map(({ item, isRemoved }) => (isRemoved ? `(${item.id})` : item.id));
  const stored = () => held.value.relays.map(({ address }) => address);
  return { list, held, world, shown, stored };
}

describe('the relays on the settings page', () => {
  test('are one empty form where there is none, and it is stored once its address can be used', async () => {
    const { list, shown, stored, world } = await createWorld([]);
    const [id = ''] = shown();
    expect(list.selected.value).toBe(id);
    list.type(id, { address: 'ws://far.test' });
    expect(await list.store(id)).toBe(false);
    expect(stored()).toEqual([]);
    list.type(id, { address: ' far.test ', token: ' t ' });
    expect(await list.store(id)).toBe(true);
    expect(stored()).toEqual(['far.test']);
    expect(world.tokens[id]).toBe('t');
    expect(list.saving.value).toBe('saved');
  });

  test('keep what is typed while others change', async () => {
    const { list, held } = await createWorld([relay('a'), relay('b')], { a: 'one' });
    list.type('a', { address: 'wss://a2' });
    held.value = { ...held.value, relays: [relay('a', { name: 'A' }), relay('b', { name: 'B' })] };
    await list.refresh();
    expect(list.rows.value.map(({ item }) => [item.address, item.name, item.token])).toEqual([
      ['wss://a2', '', 'one'],
      ['wss://b.test', 'B', ''],
    ]);
  });

  test('are not stored twice, and a choice is stored at once with what was typed', async () => {
    const { list, held } = await createWorld([relay('a')]);
    const before = held.value;
    expect(await list.store('a')).toBe(true);
    expect(held.value).toBe(before);
    list.type('a', { token: 't' });
    await list.choose('a', { rememberToken: true });
    expect(held.value.relays).toEqual([relay('a', { rememberToken: true })]);
  });

  test('that could not be stored stay as they were typed, and say so', async () => {
    const { list, world, stored } = await createWorld([relay('a')]);
    world.isBroken = true;
    list.type('a', { address: 'wss://a2.test' });
    expect(await list.store('a')).toBe(false);
    expect(list.saving.value).toBe('failed');
    expect(list.rows.value[0]?.item.address).toBe('wss://a2.test');
    world.isBroken = false;
    expect(await list.store('a')).toBe(true);
    expect(stored()).toEqual(['wss://a2.test']);
  });

  test('that were removed come back to their place with their token', async () => {
    const { list, shown, stored, world } = await createWorld([relay('a'), relay('b')], { a: 'one' });
    await list.remove('a');
    expect(shown()).toEqual(['(a)', 'b']);
    expect(list.selected.value).toBe('b');
    await list.restore('a');
    await list.refresh();
    expect(shown()).toEqual(['a', 'b']);
    expect(stored()).toEqual(['wss://a.test', 'wss://b.test']);
    expect(world.tokens['a']).toBe('one');
    expect(list.selected.value).toBe('a');
  });

  test('that were removed for good leave an empty form', async () => {
    const { list, shown } = await createWorld([relay('a')]);
    await list.remove('a');
    list.forget('a');
    expect(shown()).toHaveLength(1);
    expect(list.rows.value[0]?.item.address).toBe('');
  });

  test('are as many as may be', async () => {
    const { list } = await createWorld(Array.from({ length: MAX_RELAYS - 1 }, (_, at) => relay(`r${at}`)));
    expect(list.isFull.value).toBe(false);
    list.add();
    expect(list.isFull.value).toBe(true);
  });

  test('have one that is the default: the first, until another is made so', async () => {
    const { list } = await createWorld([relay('a'), relay('b')]);
    expect(list.defaultRelay.value).toBe('a');
    await list.makeDefault('b');
    expect(list.defaultRelay.value).toBe('b');
  });
});
