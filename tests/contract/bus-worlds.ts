/** The buses that keep one contract, each as several relays have it. */
import pino from 'pino';
import { onTestFinished } from 'vitest';
import type { Bus } from '../../relay/bus/bus.ts';
import { createMemoryBus } from '../../relay/bus/memory-bus.ts';
import { createNatsBus } from '../../relay/bus/nats/nats-bus.ts';
import { systemClock } from '../../relay/clock.ts';
import { LIMITS, type Limits } from '../../relay/limits.ts';
import { silentObserver } from '../../relay/operations/observer.ts';
import { type NatsServer, type NatsServerOptions, startNatsServer } from '../nats-server.ts';

/** A lease that tests can wait for. */
export const BUS_LIMITS: Limits = { ...LIMITS, leaseMs: 1_500 };

export type BusWorld = {
  name: string;
  /** Runs of a property that are worth their time. */
  runs: number;
  start(): Promise<void>;
  stop(): Promise<void>;
  /** The bus of one more relay; closed when the test ends. */
  joinBus(): Bus;
};

/** Handles of one bus play the relays: a process of its own has no other. */
export function memoryWorld(): BusWorld {
  const bus = createMemoryBus({ clock: systemClock, limits: BUS_LIMITS });
  return { name: 'in memory', runs: 300, start: async () => {}, stop: () => bus.close(), joinBus: () => bus };
}

export function natsWorld(): BusWorld {
  let server: NatsServer | undefined;
  return {
    name: 'NATS',
    runs: 12,
    async start() {
      server = await startNatsServer();
    },
    stop: async () => server?.stop(),
    joinBus() {
      if (server === undefined) throw new Error('the world has not been started');
      return joinNats([server.url]);
    },
  };
}

/** The bus of a relay of its own; closed when the test ends. */
export function joinNats(servers: readonly string[], replicas: 1 | 3 | 5 = 1): Bus {
  const bus = createNatsBus(
    { servers, replicas },
    {
      clock: systemClock,
      log: pino({ enabled: false }),
      random: Math.random,
      limits: BUS_LIMITS,
      observer: silentObserver,
    },
  );
  onTestFinished(() => bus.close());
  return bus;
}

/** Stopped when the test ends. */
export async function startServer(options: NatsServerOptions = {}): Promise<NatsServer> {
  const server = await startNatsServer(options);
  onTestFinished(() => server.stop());
  return server;
}
