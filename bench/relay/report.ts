/** The figures as a table for people, and what is held against them. */
import { type SubjectName, subjectNames } from './messages.ts';
import type { SizeFigures } from './run-size.ts';

/** The relay's deliveries against the bare broadcast's: less than this is a failure. */
const LEAST_RATIO = 0.8;

const TITLES: Record<SubjectName, string> = {
  bare: 'bare broadcast',
  relay: 'relay, sees all',
  rules: 'relay, rules',
  nginx: 'nginx, passed on',
};
const COLUMNS = [
  '',
  'deliveries/s',
  '× bare',
  'events/frame',
  'p50 ms',
  'p99 ms',
  'CPU µs/delivery',
  'KiB/connection',
  'lost',
];

export function describeSize({ connections, offeredPerSecond, subjects }: SizeFigures): string {
  const bare = subjects.bare?.deliveriesPerSecond ?? Number.NaN;
  const rows = subjectNames.flatMap((name) => {
    const figures = subjects[name];
    if (figures === undefined) return [];
    const { bytesPerConnection: bytes } = figures;
    return [
      [
        TITLES[name],
        Math.round(figures.deliveriesPerSecond).toLocaleString('en'),
        (figures.deliveriesPerSecond / bare).toFixed(2),
        figures.eventsPerFrame.toFixed(1),
        figures.p50Ms.toFixed(1),
        figures.p99Ms.toFixed(1),
        figures.cpuUsPerDelivery.toFixed(1),
        bytes === undefined ? '' : (bytes / 1024).toFixed(1),
        String(figures.lost),
      ],
    ];
  });
  const offered = Math.round(offeredPerSecond).toLocaleString('en');
  return `\n${connections} connections; delays and CPU at ${offered} deliveries/s offered to each\n${table([COLUMNS, ...rows])}`;
}

function table(rows: readonly string[][]): string {
  const widths = COLUMNS.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const line = (row: readonly string[]) =>
    row
      .map((cell, column) =>
        column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0),
      )
      .join('  ');
  return rows.map(line).join('\n');
}

/** One line for each thing that must not be. */
export function findFaults(sizes: readonly SizeFigures[]): string[] {
  return sizes.flatMap(({ connections, subjects }) => {
    const at = `at ${connections} connections`;
    const bare = subjects.bare?.deliveriesPerSecond ?? Number.NaN;
    const relays = (['relay', 'rules'] as const).flatMap((name) => {
      const ratio = (subjects[name]?.deliveriesPerSecond ?? 0) / bare;
      return ratio >= LEAST_RATIO ? [] : [`${TITLES[name]}: ${ratio.toFixed(2)} of the bare broadcast ${at}`];
    });
    const losses = subjectNames.flatMap((name) => {
      const lost = subjects[name]?.lost ?? 0;
      return lost === 0 ? [] : [`${TITLES[name]}: ${lost} events or connections lost ${at}`];
    });
    return [...relays, ...losses];
  });
}
