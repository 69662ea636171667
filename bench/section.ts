/** What every part of the bench gives: tables for people, figures for the history, and what is held against them. */

/** `quick`: a part of it in well under a minute, held to limits with room for a busy machine. */
export type Mode = 'full' | 'quick';

export type Limit = { atMost: number } | { atLeast: number };

export type Goal = {
  /** In a reader's words: `arrival to paint, p50, 20 lines/s, CRM idle`. */
  what: string;
  value: number;
  /** Of `value`: `×` is a ratio of two figures of this run. */
  unit: '×' | 'ms' | 'kB' | 'MB' | '/s' | 'lines' | 'bytes';
  limit: Limit;
  /** Where the goal is not reached, and docs/performance.md says why: what is held all the same. */
  held?: Limit;
};

export type Table = {
  title: string;
  /** The first row is the columns' titles. */
  rows: readonly (readonly string[])[];
};

export type Section = {
  tables: readonly Table[];
  /** Ratios of two figures of this run, by name such as `paint.idle.20.p50`: these are compared between runs. */
  ratios: Readonly<Record<string, number>>;
  /** Absolute figures with their unit in the name, such as `paint.idle.20.sidebar.p50Ms`: of this machine alone. */
  figures: Readonly<Record<string, number>>;
  goals: readonly Goal[];
};

export type Measure = (mode: Mode) => Promise<Section>;

export function isMet({ value, limit }: Goal): boolean {
  return isWithin(value, limit);
}

/** Whether the bench lets it pass. */
export function isHeld(goal: Goal): boolean {
  return isMet(goal) || (goal.held !== undefined && isWithin(goal.value, goal.held));
}

function isWithin(value: number, limit: Limit): boolean {
  return 'atMost' in limit ? value <= limit.atMost : value >= limit.atLeast;
}
