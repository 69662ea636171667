/** The contract of a lease: who should lead, and what the others hear. */
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import type { LeaseNote, ScriptLog } from '../../relay/bus/bus.ts';
import { until } from '../unit/relay/until.ts';
import { lines, note, threeRelays, write } from './bus-relays.ts';
import { BUS_LIMITS, type BusWorld } from './bus-worlds.ts';

export function describeLease(world: BusWorld): void {
  describe('the lease', () => {
    test('one of three holds it', async () => {
      const relays = await threeHere(world);
      const answers = await Promise.all(relays.map(({ log }, index) => log.hold(note(`relay ${index}`))));
      expect(answers.sort()).toEqual(['held', 'other', 'other']);
    });

    test('renewing keeps it', async () => {
      const [holder, other] = await threeHere(world);
      await firstHold(holder.log, 'holder');
      const untilMs = performance.now() + 2 * BUS_LIMITS.leaseMs;
      while (performance.now() < untilMs) {
        await expect(holder.log.hold(note('holder'))).resolves.toBe('held');
        await expect(other.log.hold(note('other'))).resolves.toBe('other');
        await sleep(BUS_LIMITS.leaseMs / 5);
      }
    });

    test('its notes reach all who watch, whenever they came', async () => {
      const [holder, early, late] = await threeHere(world);
      const heard = { holder: heardBy(holder.log), early: heardBy(early.log) };
      await firstHold(holder.log, 'holder');
      await until(() => expect(heard.early.at(-1)).toEqual(note('holder')));
      const lateHeard = heardBy(late.log);
      await until(() => expect(lateHeard).toEqual([note('holder')]));
      const changed: LeaseNote = {
        relay: 'holder',
        upstream: { state: 'down', since: 1_700_000_000_001, detail: 'the platform says “no”' },
        knownUpMs: 1_700_000_000_002,
      };
      await expect(holder.log.hold(changed)).resolves.toBe('held');
      await until(() => {
        for (const said of [heard.holder, heard.early, lateHeard]) expect(said.at(-1)).toEqual(changed);
      });
    });

    test('given up, it is free at once, and whoever watches hears of it', async () => {
      const [holder, other] = await threeHere(world);
      const heard = heardBy(other.log);
      await firstHold(holder.log, 'holder');
      await until(() => expect(heard).not.toEqual([]));
      await holder.log.release();
      await expect(other.log.hold(note('other'))).resolves.toBe('held');
      await expect(holder.log.hold(note('holder'))).resolves.toBe('other');
      await until(() => expect(heard).toEqual([note('holder'), undefined, note('other')]));
    });

    test('who does not hold it cannot give it up', async () => {
      const [holder, other] = await threeHere(world);
      await firstHold(holder.log, 'holder');
      await other.log.release();
      await expect(other.log.hold(note('other'))).resolves.toBe('other');
    });

    test('not renewed, it becomes free, and its former holder finds it taken', async () => {
      const [former, other] = await threeHere(world);
      await firstHold(former.log, 'former');
      await expect(other.log.hold(note('other'))).resolves.toBe('other');
      await sleep(BUS_LIMITS.leaseMs);
      await until(async () => expect(await other.log.hold(note('other'))).toBe('held'), 100);
      await expect(former.log.hold(note('former'))).resolves.toBe('other');
      await former.log.release();
      await expect(other.log.hold(note('other'))).resolves.toBe('held');
    });

    test('a former holder takes it again where nobody else has', async () => {
      const [holder] = await threeHere(world);
      await firstHold(holder.log, 'holder');
      await sleep(BUS_LIMITS.leaseMs * 1.5);
      await expect(holder.log.hold(note('holder'))).resolves.toBe('held');
      await expect(holder.log.hold(note('holder'))).resolves.toBe('held');
    });

    test('is no reason to be refused or to write: terms are begun without it', async () => {
      const [holder, other] = await threeHere(world);
      await firstHold(holder.log, 'holder');
      await write(other.log, lines(1));
      await holder.reading.reads(lines(1));
    });
  });
}

/** Three relays that the bus answers. */
async function threeHere(world: BusWorld): Promise<ReturnType<typeof threeRelays>> {
  const relays = threeRelays(world);
  for (const { reading } of relays) await reading.hasBegun();
  return relays;
}

async function firstHold(log: ScriptLog, relay: string): Promise<void> {
  await expect(log.hold(note(relay))).resolves.toBe('held');
}

function heardBy(log: ScriptLog): (LeaseNote | undefined)[] {
  const heard: (LeaseNote | undefined)[] = [];
  log.watchHolder((said) => heard.push(said));
  return heard;
}
