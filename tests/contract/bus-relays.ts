/** Relays as a bus sees them: each with its own hand on one script, reading all the while. */
import { randomUUID } from 'node:crypto';
import { expect, onTestFinished } from 'vitest';
import type {
  Appended,
  Bus,
  EventEntry,
  LeaseNote,
  LogEntry,
  LogWindow,
  Script,
  ScriptLog,
  Term,
} from '../../relay/bus/bus.ts';
import { until } from '../unit/relay/until.ts';
import { createReading, type Reading } from './bus-readings.ts';
import type { BusWorld } from './bus-worlds.ts';

export type BusRelay = { log: ScriptLog; reading: Reading };

const WINDOW: LogWindow = { events: 10_000, ms: 600_000, bytes: 8 * 1024 ** 2 };

/** One that no other test has. */
export function newScript(window: Partial<LogWindow> = {}): Script {
  return {
    name: `s-${randomUUID()}`,
    url: 'wss://platform.example/stream',
    window: { ...WINDOW, ...window },
  };
}

/** Closed when the test ends. */
export function openLog(bus: Bus, script: Script): ScriptLog {
  const log = bus.open(script);
  onTestFinished(() => log.close());
  return log;
}

export function openRelay(bus: Bus, script: Script): BusRelay {
  const log = openLog(bus, script);
  const reading = createReading();
  log.follow(reading.reader);
  return { log, reading };
}

/** Of one script that is new, each on a bus of its own where there are several. */
export function threeRelays(world: BusWorld): [BusRelay, BusRelay, BusRelay] {
  const script = newScript();
  const open = () => openRelay(world.joinBus(), script);
  return [open(), open(), open()];
}

/** However long the bus takes to be there. */
export function beginTerm(log: ScriptLog): Promise<Term> {
  return until(async () => {
    const term = await log.beginTerm();
    if (term === 'away') throw new Error('the bus is away');
    return term;
  });
}

export function event(json: string): EventEntry {
  return { kind: 'event', atMs: 1_700_000_000_000, json };
}

/** Numbered lines, from 1. */
export function lines(count: number, prefix = 'line'): EventEntry[] {
  return Array.from({ length: count }, (_, index) => event(JSON.stringify(`${prefix} ${index + 1}`)));
}

/** All at once, each after the one before. */
export function appendAll(term: Term, entries: readonly LogEntry[], after = term.head): Promise<Appended[]> {
  return Promise.all(entries.map((entry, index) => term.append(entry, after + index)));
}

/** What all are answered who are taken in a row after `after`. */
export function storedAfter(after: number, count: number): Appended[] {
  return Array.from({ length: count }, (_, index) => ({ kind: 'stored', seq: after + index + 1 }));
}

/** Begins a term and writes them in it. */
export async function write(log: ScriptLog, entries: readonly LogEntry[]): Promise<Term> {
  const term = await beginTerm(log);
  expect(await appendAll(term, entries)).toEqual(storedAfter(term.head, entries.length));
  return term;
}

export function note(relay: string, knownUpMs?: number): LeaseNote {
  return { relay, upstream: { state: 'up', since: 1_700_000_000_000 }, knownUpMs };
}
