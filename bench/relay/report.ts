/** The figures as a table for people, and what is held against them. */

import { table } from '../table.ts';
import { type SubjectName, subjectNames } from './messages.ts';
import type { SizeFigures } from './run-size.ts';

/** The relay's deliveries against the bare broadcast's, where that was measured: less than this is a failure. */
const LEAST_RATIO = 0.8;

export const TITLES: Record<SubjectName, string> = {
  bare: 'bare broadcast',
  relay: 'relay, sees all',
  rules: 'relay, rules',
  nginx: 'nginx, passed on',
  nats: 'relay on NATS, leads',
  follower: 'relay on NATS, follows',
  followers: 'relay on NATS, follows with 3 others',
  own: 'relay, own calls',
};
const COLUMNS = (reference: string) => [
  '',
  'deliveries/s',
  `× ${reference}`,
  'events/frame',
  'p50 ms',
  'p99 ms',
  'CPU µs/delivery',
  'CPU µs/connect',
  'KiB/connection',
  'lost',
];

export function describeSize({ connections, offeredPerSecond, subjects }: SizeFigures): string {
  const reference = subjects.bare === undefined ? 'relay' : 'bare';
  const first = subjects[reference]?.deliveriesPerSecond ?? Number.NaN;
  const rows = subjectNames.flatMap((name) => {
    const figures = subjects[name];
    if (figures === undefined) return [];
    const { bytesPerConnection: bytes, cpuUsPerConnect } = figures;
    return [
      [
        TITLES[name],
        Math.round(figures.deliveriesPerSecond).toLocaleString('en'),
        (figures.deliveriesPerSecond / first).toFixed(2),
        figures.eventsPerFrame.toFixed(1),
        figures.p50Ms.toFixed(1),
        figures.p99Ms.toFixed(1),
        figures.cpuUsPerDelivery.toFixed(1),
        cpuUsPerConnect === undefined ? '' : cpuUsPerConnect.toFixed(0),
        bytes === undefined ? '' : (bytes / 1024).toFixed(1),
        String(figures.lost),
      ],
    ];
  });
  const offered = Math.round(offeredPerSecond).toLocaleString('en');
  return `\n${connections} connections; delays and CPU at ${offered} deliveries/s offered to each\n${table([COLUMNS(reference), ...rows])}`;
}

/** One line for each thing that must not be. */
export function findFaults(sizes: readonly SizeFigures[]): string[] {
  return sizes.flatMap(({ connections, subjects }) => {
    const at = `at ${connections} connections`;
    const { bare } = subjects;
    const relays = (['relay', 'rules'] as const).flatMap((name) => {
      if (bare === undefined) return [];
      const ratio = (subjects[name]?.deliveriesPerSecond ?? 0) / bare.deliveriesPerSecond;
      return ratio >= LEAST_RATIO ? [] : [`${TITLES[name]}: ${ratio.toFixed(2)} of the bare broadcast ${at}`];
    });
    const losses = subjectNames.flatMap((name) => {
      const lost = subjects[name]?.lost ?? 0;
      return lost === 0 ? [] : [`${TITLES[name]}: ${lost} events or connections lost ${at}`];
    });
    return [...relays, ...losses];
  });
}
