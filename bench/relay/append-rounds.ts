/** The same log in this process's memory, on one server of NATS and on three, written to in turns. */
import { pino } from 'pino';
import { createMemoryBus } from '../../relay/bus/memory-bus.ts';
import { createNatsBus } from '../../relay/bus/nats/nats-bus.ts';
import type { NatsOptions } from '../../relay/bus/nats/nats-options.ts';
import { systemClock } from '../../relay/clock.ts';
import { LIMITS } from '../../relay/limits.ts';
import { silentObserver } from '../../relay/operations/observer.ts';
import { startNatsCluster } from '../../tests/nats-server.ts';
import { endChildren } from '../children.ts';
import { type AppendFigures, openAppends } from './appends.ts';
import { startNats } from './nats-process.ts';

const logPlaces = ['memory', 'nats', 'natsCluster'] as const;
/** The cluster: three servers, all on this machine, which keep each entry three times. */
export type LogPlace = (typeof logPlaces)[number];

/** Of each place the round of the median; one round before them is to warm up. */
export async function measureAppends(
  folder: string,
  rounds: number,
  entries: number,
): Promise<Record<LogPlace, AppendFigures>> {
  const shared = { clock: systemClock, random: Math.random, limits: LIMITS, log: pino({ level: 'silent' }) };
  const natsBus = (options: NatsOptions) => createNatsBus(options, { ...shared, observer: silentObserver });
  const server = await startNats(folder);
  const cluster = await startNatsCluster();
  try {
    const alone = natsBus({ servers: [`nats://127.0.0.1:${server.port}`], replicas: 1 });
    const opened = {
      memory: await openAppends(createMemoryBus(shared), undefined),
      nats: await openAppends(alone, server),
      natsCluster: await openAppends(natsBus({ servers: cluster.urls, replicas: 3 }), undefined),
    };
    const figures: Record<LogPlace, AppendFigures[]> = { memory: [], nats: [], natsCluster: [] };
    for (let round = 0; round <= rounds; round += 1) {
      for (const place of logPlaces) {
        const written = await opened[place].write(entries);
        if (round > 0) figures[place].push(written);
      }
    }
    for (const place of logPlaces) await opened[place].close();
    return {
      memory: medianOf(figures.memory),
      nats: medianOf(figures.nats),
      natsCluster: medianOf(figures.natsCluster),
    };
  } finally {
    await cluster.stop();
    await endChildren();
  }
}

function medianOf(figures: readonly AppendFigures[]): AppendFigures {
  const sorted = figures.toSorted((a, b) => a.entriesPerSecond - b.entriesPerSecond);
  const middle = sorted[Math.floor(sorted.length / 2)];
  if (middle === undefined) throw new Error('no round was measured');
  return middle;
}
