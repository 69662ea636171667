/** Whoever writes, whenever a term is begun: one log, which all read alike. */
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Appended, EventEntry, Term } from '../../relay/bus/bus.ts';
import { type BusRelay, beginTerm, event, newScript, openRelay } from './bus-relays.ts';
import { memoryWorld, natsWorld } from './bus-worlds.ts';

type Step = { relay: 0 | 1 | 2; act: 'begin' | 'append' | 'repeat' | 'settle' };
/** `isLate`: another term had begun when it was sent for the first time. */
type Sent = { entry: EventEntry; after: number; isLate: boolean };
/** `last`: the number its next entry is to follow. */
type Writer = BusRelay & { term: Term | undefined; last: number; sent: Sent[] };
type Attempt = Sent & { answer: Promise<Appended> };

const steps = fc.array(
  fc.record<Step>({
    relay: fc.constantFrom(0, 1, 2),
    act: fc.oneof(
      { weight: 2, arbitrary: fc.constant('begin') },
      { weight: 8, arbitrary: fc.constant('append') },
      { weight: 2, arbitrary: fc.constant('repeat') },
      { weight: 1, arbitrary: fc.constant('settle') },
    ),
  }),
  { minLength: 1, maxLength: 60 },
);

describe.each([memoryWorld(), natsWorld()])('the bus: $name', (world) => {
  beforeAll(() => world.start(), 60_000);
  afterAll(() => world.stop());

  test('what was stored stands once under its number, what was refused nowhere, for every reader', async () => {
    const buses = [world.joinBus(), world.joinBus(), world.joinBus()];
    await fc.assert(
      fc.asyncProperty(steps, async (plan) => {
        const script = newScript();
        const writers = buses.map(
          (bus): Writer => ({ ...openRelay(bus, script), term: undefined, last: 0, sent: [] }),
        );
        const attempts = await carryOut(plan, writers);
        const late = openRelay(world.joinBus(), script);

        const stored = new Map<number, EventEntry>();
        for (const { entry, isLate, answer } of attempts) {
          const answered = await answer;
          expect(answered.kind).not.toBe('away');
          if (isLate) expect(answered).toEqual({ kind: 'refused' });
          if (answered.kind === 'stored') expect(stored.get(answered.seq) ?? entry).toBe(entry);
          if (answered.kind === 'stored') stored.set(answered.seq, entry);
        }
        const inOrder = [...stored].sort(([one], [other]) => one - other);
        expect(new Set(stored.values()).size).toBe(stored.size);
        for (const { reading } of [...writers, late]) {
          await reading.hasBegun();
          await reading.reads(inOrder.map(([, entry]) => entry));
          expect(reading.seqs()).toEqual(inOrder.map(([seq]) => seq));
          expect(reading.begins).toHaveLength(1);
        }
        await Promise.all([...writers, late].map(({ log }) => log.close()));
      }),
      { numRuns: world.runs },
    );
  }, 120_000);
});

/** Appends are left under way until a step says otherwise; terms are begun one after the other. */
async function carryOut(plan: readonly Step[], writers: readonly Writer[]): Promise<Attempt[]> {
  const attempts: Attempt[] = [];
  let leader: Writer | undefined;
  for (const [number, { relay, act }] of plan.entries()) {
    const writer = writers[relay];
    if (writer === undefined) throw new Error(`no relay ${relay}`);
    if (act === 'begin') leader = await begin(writer);
    else if (act === 'append') {
      const sent = { entry: event(`"${relay}.${number}"`), after: writer.last, isLate: writer !== leader };
      attempts.push(...send(writer, [sent]));
      writer.sent.push(sent);
      writer.last += 1;
    } else if (act === 'repeat') attempts.push(...send(writer, writer.sent));
    else await Promise.all(attempts.map(({ answer }) => answer));
  }
  return attempts;
}

async function begin(writer: Writer): Promise<Writer> {
  writer.term = await beginTerm(writer.log);
  writer.last = writer.term.head;
  writer.sent = [];
  return writer;
}

function send({ term }: Writer, all: readonly Sent[]): Attempt[] {
  if (term === undefined) return [];
  return all.map((sent) => ({ ...sent, answer: term.append(sent.entry, sent.after) }));
}
