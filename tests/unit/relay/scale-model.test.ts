/** The arithmetic of docs/scale.md, and that the document says what it comes to. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { type Assumed, type Measured, planFor, relaysOf } from '../../../bench/relay/scale-model.ts';
import { ASSUMED, FINALS_ONLY, inputTable, MEASURED, planTable } from '../../../bench/relay/scale-table.ts';

const round: Measured = {
  eventBytes: 200,
  followUs: 50,
  leadUs: 100,
  lookUs: 5,
  seeUs: 0.05,
  deliveryUs: 20,
  connectUs: 1_000,
  connectionBytes: 10_000,
  windowEventBytes: 1_000,
  relayBaseBytes: 100_000_000,
  logEntriesPerSecond: 10_000,
  natsInBytes: 300,
  natsOutBytes: 400,
  natsHeldBytes: 500,
  natsInUs: 30,
  natsOutUs: 10,
};
const plain: Assumed = {
  shareOnCall: 0.5,
  eventsPerCallPerSecond: 2,
  listenersPerCall: 1,
  frameBytes: 100,
  looksPerSecond: 10,
  windowSeconds: 60,
  busiest: 0.5,
  connectionsPerRelay: 10_000,
};

describe('the model', () => {
  test('a thousand agents, by hand', () => {
    // 1,000 events a second: 0.1 of a core to lead; an agent is 10 looks, 1,000 events judged and one delivered a second, 120 µs.
    const plan = planFor(1_000, round, plain);
    expect(plan).toMatchObject({ eventsPerSecond: 1_000, deliveriesPerSecond: 1_000, scripts: 1 });
    expect(plan).toMatchObject({ relaysPerScript: 2, agentsPerRelay: 1_000, windowEvents: 60_000 });
    expect(plan.leaderCores).toBeCloseTo(0.1 + 0.12);
    expect(plan.followerCores).toBeCloseTo(0.05 + 0.12);
    expect(plan.natsCores).toBeCloseTo(0.03 + 2 * 0.01);
    expect(plan.relayMemoryBytes).toBeCloseTo(100e6 + 60e6 + 10e6);
    expect(plan.natsMemoryBytes).toBeCloseTo(30e6);
    expect(plan.platformBytes).toBeCloseTo(200e3);
    expect(plan.natsInBytes).toBeCloseTo(300e3);
    expect(plan.natsOutBytes).toBeCloseTo(800e3);
    expect(plan.agentBytesPerRelay).toBeCloseTo(300e3);
    // 500 agents of the one that went, at 1 ms each, on half a core.
    expect(plan.reconnectSeconds).toBeCloseTo(1);
  });

  test.each([1_000, 5_000, 20_000, 100_000])(
    '%i agents: nothing is asked for that is not there',
    (agents) => {
      const plan = planFor(agents, round, plain);
      expect(plan.leaderCores).toBeLessThanOrEqual(plain.busiest);
      expect(plan.eventsPerSecond / plan.scripts).toBeLessThanOrEqual(
        round.logEntriesPerSecond * plain.busiest,
      );
      expect(plan.agentsPerRelay).toBeLessThanOrEqual(plain.connectionsPerRelay);
      expect(plan.agentsPerRelay * plan.scripts * (plan.relaysPerScript - 1)).toBeCloseTo(agents);
    },
  );

  test('where leading alone fills a core, there are several scripts', () => {
    expect(planFor(5_500, round, plain).scripts).toBeGreaterThan(1);
  });

  test('the fewest relays: a script more may spare some', () => {
    for (const agents of [3_000, 9_000, 30_000]) {
      const plan = planFor(agents, round, plain);
      const alone = planFor(agents / plan.scripts, round, plain);
      expect(relaysOf(plan)).toBeLessThanOrEqual(plan.scripts * relaysOf(alone));
    }
  });
});

describe('docs/scale.md', () => {
  const text = readFileSync('docs/scale.md', 'utf8');

  test('says what the model is given', () => expect(text).toContain(inputTable().join('\n')));
  test.each([
    ['with interim lines', ASSUMED],
    ['with finals only', FINALS_ONLY],
  ])('says what the model comes to %s', (_, assumed) => {
    expect(text).toContain(planTable(assumed).join('\n'));
  });

  test('its figures are fit for the model', () => {
    for (const figure of [...Object.values(MEASURED), ...Object.values(ASSUMED)]) {
      expect(figure).toBeGreaterThan(0);
    }
  });
});
