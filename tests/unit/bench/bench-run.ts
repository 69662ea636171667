/** Sections and reports as a bench might give them. */
import type { Report } from '../../../bench/report.ts';
import type { Goal, Section } from '../../../bench/section.ts';

export function goalOf(what: string, value: number, limit: Goal['limit'] = { atMost: 2 }): Goal {
  return { what, value, unit: '×', limit };
}

export function sectionOf(goals: readonly Goal[], ratios: Section['ratios'] = {}): Section {
  return { tables: [], ratios, figures: {}, goals };
}

export function reportOf(ratios: Report['ratios'], given: Partial<Report> = {}): Report {
  return {
    date: '2026-01-05T09:00:00.000Z',
    commit: 'abc1234',
    dirty: false,
    mode: 'full',
    machine: { node: 'v24.21.0', cores: 2, cpu: 'A Processor' },
    ratios,
    figures: {},
    goals: [],
    ...given,
  };
}
