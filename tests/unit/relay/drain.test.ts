/** Sending everybody away: the slices by fake time, and that nothing is lost by a real relay. */
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { sayByeInSlices } from '../../../relay/clients/drain.ts';
import { type Clock, systemClock } from '../../../relay/clock.ts';
import { LIMITS } from '../../../relay/limits.ts';
import { startTestRelay } from './relay-under-test.ts';
import { until } from './until.ts';

describe('slices', () => {
  beforeEach(() => void vi.useFakeTimers({ now: 0 }));
  afterEach(() => void vi.useRealTimers());

  type Told = { index: number; atMs: number; backAtMs: number; isPumped: boolean };

  /** Drains `count` clients to the end. */
  async function drain(count: number, { isBusy = false } = {}) {
    const told: Told[] = [];
    const clients = Array.from({ length: count }, (_, index) => {
      let isPumped = false;
      return {
        pump(): void {
          isPumped = true;
        },
        bye(_code: number, _message: string, retryAfterMs = 0) {
          const atMs = Date.now();
          told.push({ index, atMs, backAtMs: atMs + retryAfterMs, isPumped });
        },
      };
    });
    let seed = 1;
    const random = () => {
      seed = (seed * 16_807) % 2_147_483_647;
      return (seed - 1) / 2_147_483_646;
    };
    /** One that is busy wakes up three slices late. */
    const clock: Clock = {
      ...systemClock,
      after: (delayMs, action) => systemClock.after(isBusy ? delayMs + 300 : delayMs, action),
    };
    let tookMs: number | undefined;
    const done = sayByeInSlices(clients, 'the relay is restarting', { clock, random, limits: LIMITS }).then(
      () => {
        tookMs = Date.now();
      },
    );
    await vi.runAllTimersAsync();
    await done;
    return { told, tookMs };
  }

  test.each([
    [0, 0],
    [1, 0],
    [50, 0],
    [51, 100],
    [500, 900],
    [4_000, 7_900],
    [10_000, 9_900],
    [100_000, 9_900],
  ])('%i are told within %i ms', async (count, ms) => {
    const { told, tookMs } = await drain(count);
    expect([new Set(told.map(({ index }) => index)).size, tookMs]).toEqual([count, ms]);
  });

  test('a machine that is late for its slices still ends in time', async () => {
    const { told, tookMs } = await drain(5_000, { isBusy: true });
    expect([told.length, tookMs]).toEqual([5_000, 10_000]);
  });

  test('each gets what came meanwhile first, and returns after the last was told', async () => {
    const { told, tookMs = 0 } = await drain(500);
    expect(told.every(({ isPumped }) => isPumped)).toBe(true);
    expect(Math.min(...told.map(({ backAtMs }) => backAtMs))).toBeGreaterThanOrEqual(tookMs);
  });

  test('who is told when does not follow who came when', async () => {
    const { told } = await drain(500);
    const early = told.slice(0, 50).filter(({ index }) => index < 50);
    expect(early.length).toBeLessThan(20);
  });

  test('thousands come back over as long as they left, not all at once', async () => {
    const { told } = await drain(5_000);
    const perSecond = new Map<number, number>();
    for (const { backAtMs } of told) {
      const second = Math.floor(backAtMs / 1_000);
      perSecond.set(second, (perSecond.get(second) ?? 0) + 1);
    }
    expect(Math.max(...perSecond.values())).toBeLessThan(700);
  });
});

describe('a relay that drains', () => {
  const SLOWLY = { drainSliceClients: 1, drainSliceMs: 300, drainMs: 3_000 };

  test('passes on what comes to those who wait for their turn, and lets nobody in', async () => {
    const { relay, platform, connect, untilUp, httpUrl, session } = await startTestRelay({ limits: SLOWLY });
    const agents = Array.from({ length: 5 }, () => connect());
    await Promise.all(agents.map((agent) => agent.ready()));
    await untilUp();
    const stopped = relay.stop();
    await until(() => expect(agents.filter((agent) => agent.closeCode() === 1012)).toHaveLength(1));
    platform.say('still here');
    expect((await fetch(`${httpUrl}/readyz`)).status).toBe(503);
    expect((await session({ authorization: 'Bearer x' })).status).toBe(503);
    await stopped;
    expect(agents.filter((agent) => agent.data().includes('still here'))).toHaveLength(4);
    for (const agent of agents) {
      expect(agent.frames.at(-1)).toMatchObject({
        type: 'bye',
        code: 1012,
        retryAfterMs: expect.any(Number),
      });
    }
    await until(() => expect(platform.connections()).toBe(0));
  });

  test('is ready again only with the platform', async () => {
    const { httpUrl, untilUp, platform } = await startTestRelay();
    await untilUp();
    await until(async () => expect((await fetch(`${httpUrl}/readyz`)).status).toBe(200));
    platform.refuseWith('503 Service Unavailable');
    platform.cut();
    await until(async () => expect((await fetch(`${httpUrl}/readyz`)).status).toBe(503));
    expect((await fetch(`${httpUrl}/healthz`)).status).toBe(200);
  });
});
