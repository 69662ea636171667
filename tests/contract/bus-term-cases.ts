/** The contract of terms: who may write, and nobody else. */
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import {
  appendAll,
  beginTerm,
  event,
  lines,
  newScript,
  openRelay,
  storedAfter,
  threeRelays,
  write,
} from './bus-relays.ts';
import type { BusWorld } from './bus-worlds.ts';

export function describeTerms(world: BusWorld): void {
  describe('terms', () => {
    const refused = { kind: 'refused' };

    test.each([
      { name: 'at an empty log', before: 0, after: 0 },
      { name: 'when nothing was written in between', before: 2, after: 0 },
      { name: 'when something was written in between', before: 2, after: 2 },
    ])('who led before can append no more, $name', async ({ before, after }) => {
      const [old, young, witness] = threeRelays(world);
      const former = await write(old.log, lines(before, 'old'));
      const latter = await write(young.log, lines(after, 'young'));
      for (const last of [former.head + before, latter.head, latter.head + after])
        await expect(former.append(event('"late"'), last)).resolves.toEqual(refused);
      await expect(latter.append(event('"end"'), latter.head + after)).resolves.toMatchObject({
        kind: 'stored',
      });
      await witness.reading.reads([...lines(before, 'old'), ...lines(after, 'young'), event('"end"')]);
    });

    test.each([0, 1, 5, 9])(
      'of many that a former leader still had under way none comes in behind the %i of the next',
      async (count) => {
        const [old, young, witness] = threeRelays(world);
        const former = await write(old.log, lines(2, 'old'));
        const latter = await write(young.log, lines(count, 'young'));
        const late = await appendAll(former, lines(20, 'late'), former.head + 2);
        expect(late).toEqual(late.map(() => refused));
        await expect(latter.append(event('"end"'), latter.head + count)).resolves.toMatchObject({
          kind: 'stored',
        });
        await witness.reading.reads([...lines(2, 'old'), ...lines(count, 'young'), event('"end"')]);
      },
    );

    test('who begins one has read all that was written before', async () => {
      const script = newScript();
      const old = openRelay(world.joinBus(), script);
      await write(old.log, lines(500, 'old'));
      const young = openRelay(world.joinBus(), script);
      await beginTerm(young.log);
      expect(young.reading.entries().map(({ entry }) => entry)).toEqual(lines(500, 'old'));
    });

    test('a second term of the same relay ends its first', async () => {
      const [relay] = threeRelays(world);
      const former = await beginTerm(relay.log);
      const latter = await beginTerm(relay.log);
      await expect(former.append(event('"late"'), former.head)).resolves.toEqual(refused);
      await expect(latter.append(event('"good"'), latter.head)).resolves.toMatchObject({ kind: 'stored' });
      await relay.reading.reads([event('"good"')]);
    });

    test('an append after an entry that is not there is refused', async () => {
      const [relay] = threeRelays(world);
      const term = await write(relay.log, lines(2));
      await expect(term.append(event('"ahead"'), term.head + 3)).resolves.toEqual(refused);
      await expect(term.append(event('"good"'), term.head + 2)).resolves.toMatchObject({ kind: 'stored' });
      await relay.reading.reads([...lines(2), event('"good"')]);
    });

    test('a term cannot append before it began', async () => {
      const [relay] = threeRelays(world);
      await write(relay.log, lines(2));
      const term = await beginTerm(relay.log);
      await expect(term.append(event('"before"'), term.head - 1)).resolves.toEqual(refused);
      await relay.reading.reads(lines(2));
    });

    test.each([
      { name: 'at once', pauseMs: 0 },
      { name: 'after a while', pauseMs: 200 },
    ])('entries that are repeated $name are stored once', async ({ pauseMs }) => {
      const [relay] = threeRelays(world);
      const term = await beginTerm(relay.log);
      const once = appendAll(term, lines(5));
      if (pauseMs > 0) await once.then(() => sleep(pauseMs));
      const again = appendAll(term, lines(5));
      const stored = storedAfter(term.head, 5);
      expect([await once, await again]).toEqual([stored, stored]);
      await appendAll(term, lines(1, 'more'), term.head + 5);
      await relay.reading.reads([...lines(5), ...lines(1, 'more')]);
    });

    test('of terms begun at the same time one can write, and only one', async () => {
      const relays = threeRelays(world);
      const terms = await Promise.all(relays.map(({ log }) => beginTerm(log)));
      const answers = await Promise.all(
        terms.map((term, index) => term.append(event(`"${index}"`), term.head)),
      );
      const winner = answers.findIndex(({ kind }) => kind === 'stored');
      expect(answers.map(({ kind }) => kind).sort()).toEqual(['refused', 'refused', 'stored']);
      for (const { reading } of relays) await reading.reads([event(`"${winner}"`)]);
    });
  });
}
