/** The contract of a log: what every follower reads, and what is let go. */
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import type { LeaseNote } from '../../relay/bus/bus.ts';
import { until } from '../unit/relay/until.ts';
import {
  appendAll,
  beginTerm,
  event,
  lines,
  newScript,
  note,
  openLog,
  openRelay,
  threeRelays,
  write,
} from './bus-relays.ts';
import type { BusWorld } from './bus-worlds.ts';

export function describeLog(world: BusWorld): void {
  describe('the log', () => {
    test('every relay reads every entry once, in order, under the number it was stored as', async () => {
      const [writer, ...others] = threeRelays(world);
      const entries = lines(50);
      const term = await write(writer.log, entries);
      for (const { reading } of [writer, ...others]) {
        await reading.reads(entries);
        expect(reading.seqs()).toEqual(entries.map((_, index) => term.head + index + 1));
        expect(reading.begins).toEqual([{ epoch: term.epoch, lostSeq: expect.any(Number) }]);
      }
    });

    test('many appends under way at once keep their order, and leave nothing unread', async () => {
      const [writer, other] = threeRelays(world);
      const entries = lines(1_000);
      await write(writer.log, entries);
      await other.reading.reads(entries);
      await until(() => expect(other.log.lag()).toBe(0));
    });

    test('who comes late reads what is held, then what comes', async () => {
      const script = newScript();
      const writer = openLog(world.joinBus(), script);
      const [first, second] = [lines(5, 'before'), lines(5, 'after')];
      const term = await write(writer, first);
      const late = openRelay(world.joinBus(), script);
      await late.reading.reads(first);
      expect(late.reading.begins).toEqual([{ epoch: term.epoch, lostSeq: 0 }]);
      await appendAll(term, second, term.head + first.length);
      await late.reading.reads([...first, ...second]);
    });

    test('a follower of a log without entries hears that it has begun', async () => {
      const script = newScript();
      const { reading } = openRelay(world.joinBus(), script);
      await reading.hasBegun();
      const { epoch } = await beginTerm(openLog(world.joinBus(), script));
      expect(reading.begins).toEqual([{ epoch, lostSeq: 0 }]);
    });

    test('what a later term writes follows what an earlier one wrote', async () => {
      const [first, second, third] = threeRelays(world);
      const former = await write(first.log, lines(3, 'first'));
      const latter = await write(second.log, lines(3, 'second'));
      expect(latter.epoch).toBe(former.epoch);
      expect(latter.head).toBeGreaterThanOrEqual(former.head + 3);
      await third.reading.reads([...lines(3, 'first'), ...lines(3, 'second')]);
    });

    test('the oldest are let go beyond the number of entries kept, and a late follower is told so', async () => {
      const script = newScript({ events: 5 });
      const term = await write(openLog(world.joinBus(), script), lines(12));
      const { reading } = openRelay(world.joinBus(), script);
      await reading.reads(lines(12).slice(-5));
      expect(reading.begins).toEqual([{ epoch: term.epoch, lostSeq: term.head + 7 }]);
    });

    test('the oldest are let go beyond the bytes kept, never the newest', async () => {
      const script = newScript({ bytes: 100_000 });
      const big = lines(20, 'x'.repeat(20_000));
      const term = await write(openLog(world.joinBus(), script), big);
      const { reading } = openRelay(world.joinBus(), script);
      await reading.hasBegun();
      await until(() => expect(reading.seqs().at(-1)).toBe(term.head + 20));
      const held = reading.entries().length;
      expect(held).toBeLessThanOrEqual(5);
      expect(held).toBeGreaterThanOrEqual(3);
      expect(reading.begins[0]?.lostSeq).toBe(term.head + 20 - held);
    });

    test('entries older than the window are let go', async () => {
      const script = newScript({ ms: 1_000 });
      const term = await write(openLog(world.joinBus(), script), lines(3));
      await sleep(1_500);
      await until(async () => {
        const { reading } = openRelay(world.joinBus(), script);
        await reading.hasBegun();
        expect(reading.begins).toMatchObject([{ epoch: term.epoch, lostSeq: term.head + 3 }]);
      }, 500);
      await expect(term.append(event('"after"'), term.head + 3)).resolves.toEqual({
        kind: 'stored',
        seq: term.head + 4,
      });
    });

    test('who reads along loses nothing that the window lets go', async () => {
      const script = newScript({ events: 5 });
      const { log, reading } = openRelay(world.joinBus(), script);
      await reading.hasBegun();
      const term = await beginTerm(log);
      for (const [index, entry] of lines(30).entries()) {
        await term.append(entry, term.head + index);
        await until(() => expect(reading.seqs().at(-1)).toBe(term.head + index + 1));
      }
      await reading.reads(lines(30));
      expect(reading.begins).toHaveLength(1);
    });

    test.each([
      { name: 'of two names', apart: { name: 'another-name' } },
      { name: 'of one name at two addresses of the platform', apart: { url: 'wss://other.example/stream' } },
    ])('scripts $name do not mix', async ({ apart }) => {
      const bus = world.joinBus();
      const script = newScript();
      const [one, other] = [openRelay(bus, script), openRelay(bus, { ...script, ...apart })];
      await write(one.log, lines(3, 'one'));
      await write(other.log, lines(3, 'other'));
      await one.reading.reads(lines(3, 'one'));
      await other.reading.reads(lines(3, 'other'));
      await expect(one.log.hold(note('a'))).resolves.toBe('held');
      await expect(other.log.hold(note('b'))).resolves.toBe('held');
    });

    test('a closed handle is told nothing more, the others are', async () => {
      const [writer, closed, other] = threeRelays(world);
      const term = await write(writer.log, lines(1));
      await closed.reading.reads(lines(1));
      const heard: (LeaseNote | undefined)[] = [];
      closed.log.watchHolder((said) => heard.push(said));
      await closed.log.close();
      const told = closed.reading.told();
      await writer.log.hold(note('writer'));
      await appendAll(term, lines(1, 'more'), term.head + 1);
      await other.reading.reads([...lines(1), ...lines(1, 'more')]);
      await sleep(100);
      expect(closed.reading.told()).toBe(told);
      expect(heard).toEqual([]);
    });

    test('closing a bus whose logs are closed comes to an end', async () => {
      const bus = world.joinBus();
      const { log } = openRelay(bus, newScript());
      await beginTerm(log);
      await log.close();
      await bus.close();
    });
  });
}
