/** What an hour of calls leaves in memory and costs the page, as a part of the bench. */
import type { Goal, Mode, Section } from '../section.ts';
import type { Heap } from './heap.ts';
import { type Hour, LONG_CALL_LINES, LONG_CALLS, type Moment, moments, type Part, parts } from './hour.ts';

const MAX_HEAP_MB = 25;
const MAX_GROWTH = 1.05;
/** A thousandth of the hour. */
const MAX_HOUR_MS = 3_600;
/** A few seconds say less of an hour. */
const SLACK: Record<Mode, number> = { full: 1, quick: 2 };

const HOUR_S = 3_600;
const HOUR_MS = 3_600_000;
const BYTES_A_MB = 1_000_000;

const titles: Record<Moment, string> = {
  start: 'just opened',
  held: `${LONG_CALLS} calls × ${LONG_CALL_LINES} lines`,
  read: 'the same, shown in turn',
  full: 'and 30 short calls that ended',
  firstHalf: 'half an hour of calls later',
  secondHalf: 'an hour of calls later',
};

export function hourSection(hour: Hour, mode: Mode): Section {
  const timeMs = (hour.onMsASecond - hour.offMsASecond) * HOUR_S;
  const pageMs = timeMs + hour.eventsMs;
  return {
    tables: [heapTable(hour), pageTable(hour, timeMs)],
    ratios: Object.fromEntries(parts.map((part) => [`page.hour.heap.${part}`, growth(hour, part)])),
    figures: { 'page.hour.timeMs': timeMs, 'page.hour.eventsMs': hour.eventsMs, ...heapFigures(hour) },
    goals: [
      ...(['sidebar', 'background'] as const).map(
        (part): Goal => ({
          what: `heap of the ${part}, the most while it holds ${LONG_CALLS} calls × ${LONG_CALL_LINES} lines`,
          value: Math.max(...moments.map((moment) => megabytes(hour.heaps[moment][part].usedBytes))),
          unit: 'MB',
          limit: { atMost: MAX_HEAP_MB },
        }),
      ),
      ...parts.map(
        (part): Goal => ({
          what: `heap of the ${part} after an hour, to half an hour`,
          value: growth(hour, part),
          unit: '×',
          limit: { atMost: MAX_GROWTH },
        }),
      ),
      {
        what: 'main thread of the page in an hour of calls, beyond the sidebar off',
        value: pageMs,
        unit: 'ms',
        limit: { atMost: MAX_HOUR_MS * SLACK[mode] },
      },
    ],
  };
}

function growth({ heaps }: Hour, part: Part): number {
  return heaps.secondHalf[part].usedBytes / heaps.firstHalf[part].usedBytes;
}

function megabytes(bytes: number): number {
  return bytes / BYTES_A_MB;
}

function heapTable({ heaps }: Hour) {
  const cell = ({ usedBytes, totalBytes, embedderBytes }: Heap) =>
    [usedBytes, totalBytes, embedderBytes].map((bytes) => megabytes(bytes).toFixed(1)).join(' / ');
  return {
    title: 'Heaps in MB: used / taken / of the browser for them',
    rows: [
      ['moment', ...parts],
      ...moments.map((moment) => [titles[moment], ...parts.map((part) => cell(heaps[moment][part]))]),
    ],
  };
}

function heapFigures({ heaps }: Hour): Record<string, number> {
  return Object.fromEntries(
    moments.flatMap((moment) =>
      parts.flatMap((part) =>
        Object.entries(heaps[moment][part]).map(([what, bytes]) => [
          `page.heap.${moment}.${part}.${what}`,
          bytes,
        ]),
      ),
    ),
  );
}

function pageTable({ offMsASecond, onMsASecond, eventsMs, events }: Hour, timeMs: number) {
  const ofHour = (ms: number) => `${((ms / HOUR_MS) * 100).toFixed(4)} %`;
  const row = (what: string, ms: number) => [what, ms.toFixed(0), ofHour(ms)];
  return {
    title: 'Main thread of the page in an hour of calls',
    rows: [
      ['time of the processor', 'ms', 'of the hour'],
      row('sidebar off', offMsASecond * HOUR_S),
      row('sidebar on and no call', onMsASecond * HOUR_S),
      row(`beyond that, ${events} events`, eventsMs),
      row('beyond the sidebar off', timeMs + eventsMs),
    ],
  };
}
