import fc from 'fast-check';
import { expect, test } from 'vitest';
import { LIMITS, type Limits } from '../../../relay/limits.ts';
import { createSimulatedServer, type Stored } from './simulated-log.ts';
import { createSimulatedPlatform, type Line } from './simulated-platform.ts';
import { type SimulatedRelay, startSimulatedRelay } from './simulated-relay.ts';
import { createSimulatedTime } from './simulated-time.ts';

const limits: Limits = { ...LIMITS, appendsAtOnce: 16, pendingEntries: 60 };
const RELAYS = 3;

const relay = fc.nat(RELAYS - 1);
const forMs = fc.oneof(fc.integer({ min: 50, max: 4_000 }), fc.integer({ min: 4_000, max: 25_000 }));
const fault = fc.oneof(
  fc.record({ do: fc.constant('kill' as const), relay, forMs }),
  fc.record({ do: fc.constant('finish' as const), relay, forMs }),
  fc.record({ do: fc.constant('pause' as const), relay, forMs }),
  fc.record({ do: fc.constant('cut off' as const), relay, forMs }),
  fc.record({ do: fc.constant('cut all off' as const), forMs }),
  fc.record({
    do: fc.constant('lose' as const),
    relay,
    forMs,
    loss: fc.double({ min: 0.05, max: 0.6, noNaN: true }),
  }),
  fc.record({ do: fc.constant('platform cuts' as const), isClean: fc.boolean() }),
  fc.record({ do: fc.constant('platform away' as const), forMs }),
  fc.record({ do: fc.constant('burst' as const), lines: fc.integer({ min: 5, max: 120 }) }),
);
type Fault = typeof fault extends fc.Arbitrary<infer Each> ? Each : never;
const schedule = fc.record({
  seed: fc.nat(),
  lineMs: fc.oneof(fc.integer({ min: 60, max: 600 }), fc.integer({ min: 600, max: 4_000 })),
  faults: fc.array(fc.tuple(fc.integer({ min: 0, max: 6_000 }), fault), { maxLength: 8 }),
});

/** Mulberry32: the same numbers for the same seed. */
function createRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

function createWorld(seed: number) {
  const random = createRandom(seed);
  const time = createSimulatedTime();
  const server = createSimulatedServer(time, limits.leaseMs);
  const platform = createSimulatedPlatform(time, random);
  let started = 0;
  const start = () => {
    started += 1;
    return startSimulatedRelay(`relay ${started}`, { time, server, platform, random, limits });
  };
  const relays = Array.from({ length: RELAYS }, start);
  const relayAt = (index: number): SimulatedRelay => relays[index] ?? start();
  const later = (ms: number, run: () => void) => time.at(time.now() + ms, run);

  function replace(index: number, gone: SimulatedRelay): void {
    if (relays[index] === gone) relays[index] = start();
  }

  function begin(now: Fault): void {
    switch (now.do) {
      case 'kill': {
        const killed = relayAt(now.relay);
        killed.kill();
        return later(now.forMs, () => replace(now.relay, killed));
      }
      case 'finish': {
        const ending = relayAt(now.relay);
        void ending.finish();
        return later(now.forMs + limits.appendTimeoutMs, () => {
          if (ending.machine.state !== 'dead') ending.kill();
          replace(now.relay, ending);
        });
      }
      case 'pause': {
        const { machine } = relayAt(now.relay);
        if (machine.state !== 'running') return;
        machine.state = 'paused';
        const sinceMs = time.now();
        return later(now.forMs, () => {
          platform.readLate(sinceMs - 100);
          time.resume(machine);
        });
      }
      case 'cut off': {
        const { link } = relayAt(now.relay);
        link.weather.isCut = true;
        return later(now.forMs, link.mended);
      }
      case 'cut all off': {
        const links = relays.map(({ link }) => link);
        for (const link of links) link.weather.isCut = true;
        return later(now.forMs, () => {
          for (const link of links) link.mended();
        });
      }
      case 'lose': {
        const { weather } = relayAt(now.relay).link;
        weather.loss = now.loss;
        return later(now.forMs, () => {
          weather.loss = 0;
        });
      }
      case 'platform cuts':
        return platform.cutAll(now.isClean);
      case 'platform away':
        platform.setAway(true);
        platform.cutAll(false);
        return later(now.forMs, () => platform.setAway(false));
      case 'burst':
        for (let line = 0; line < now.lines; line += 1) platform.sendLine();
        return;
      default:
        now satisfies never;
    }
  }

  return { time, server, platform, relays, begin };
}

/** Lines of the log in order, none twice; where some are missing a gap stands among them and reaches over each. */
function expectWhole(stored: readonly Stored[], lines: readonly Line[]): void {
  let newest = 0;
  let gaps: { from: number; to: number }[] = [];

  function expectTold(before: number): void {
    // What was said before any relay was there is missed by none.
    const sinceMs = newest === 0 ? (gaps[0]?.from ?? Number.POSITIVE_INFINITY) : 0;
    const missing = lines.slice(newest, before - 1).filter(({ sentMs }) => sentMs >= sinceMs);
    for (const { sentMs, latestMs } of missing) {
      const isTold = gaps.some(({ from, to }) => from <= latestMs && sentMs <= to);
      expect(isTold, JSON.stringify({ newest, before, sentMs, latestMs, gaps })).toBe(true);
    }
  }

  for (const { entry } of stored) {
    if (entry === 'marker') continue;
    if (entry.kind === 'gap') {
      gaps.push(entry.gap);
      continue;
    }
    const number = Number(entry.json);
    expect(number, 'in order').toBeGreaterThan(newest);
    expectTold(number);
    newest = number;
    gaps = [];
  }
  expectTold(lines.length + 1);
}

/** Once a term has begun nobody writes who began one before. */
function expectTermsApart(stored: readonly Stored[]): void {
  let current = '';
  for (const { term, entry } of stored) {
    if (entry === 'marker') current = term;
    expect(term).toBe(current);
  }
}

test('whatever happens to the relays the log has every line once and in order, or a gap in its place', async () => {
  await fc.assert(
    fc.asyncProperty(schedule, async ({ seed, lineMs, faults }) => {
      const { time, server, platform, relays, begin } = createWorld(seed);
      let isSpeaking = true;
      const speak = () => {
        if (!isSpeaking) return;
        platform.sendLine();
        time.at(time.now() + lineMs, speak);
      };
      speak();
      await time.runFor(500);
      for (const [waitMs, now] of faults) {
        await time.runFor(waitMs);
        begin(now);
      }
      // The longest fault, the platform's longest backoff, and all that is waited for once everything is well again.
      await time.runFor(90_000);
      isSpeaking = false;
      await time.runFor(10_000);

      expectTermsApart(server.stored);
      expectWhole(server.stored, platform.lines);
      const leading = relays.filter(({ isLeading }) => isLeading());
      expect(leading).toHaveLength(1);
      expect(platform.connected()).toEqual(leading.map(({ machine }) => machine));
    }),
    { numRuns: 500 },
  );
}, 60_000);
