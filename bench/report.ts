/** What one run gives: the line of JSON that is kept, and the table of goals. */
import * as v from 'valibot';
import { type Goal, isHeld, isMet, type Limit, type Section } from './section.ts';
import { table } from './table.ts';

const finite = v.pipe(v.number(), v.finite());
const figures = v.record(v.string(), finite);

/** Of a saved report, what is read again. */
const savedReport = v.object({
  date: v.string(),
  commit: v.string(),
  mode: v.picklist(['full', 'quick']),
  ratios: figures,
});

export type SavedReport = v.InferOutput<typeof savedReport>;

export type Report = SavedReport & {
  /** Whether files differed from the commit's. */
  dirty: boolean;
  machine: { node: string; browser?: string | undefined; cores: number; cpu: string };
  figures: Readonly<Record<string, number>>;
  goals: readonly Goal[];
};

export function joinSections(parts: readonly Section[]): Pick<Report, 'ratios' | 'figures' | 'goals'> {
  return {
    ratios: Object.assign({}, ...parts.map(({ ratios }) => ratios)),
    figures: Object.assign({}, ...parts.map((part) => part.figures)),
    goals: parts.flatMap(({ goals }) => goals),
  };
}

/** Throws one sentence where the text is no report. */
export function readReport(text: string, name: string): SavedReport {
  let raw: unknown;
  try {
    raw = JSON.parse(text);
  } catch {
    throw new Error(`${name} is not JSON.`);
  }
  const read = v.safeParse(savedReport, raw);
  if (read.success) return read.output;
  throw new Error(`${name} is not what the bench wrote: ${v.getDotPath(read.issues[0]) ?? 'all of it'}.`);
}

export function describeSection({ tables }: Section): string {
  return tables.map(({ title, rows }) => `\n${title}\n${table(rows)}`).join('\n');
}

export function describeGoals(goals: readonly Goal[]): string {
  const rows = goals.map((goal) => [
    goal.what,
    `${written(goal.value, goal.unit)} ${goal.unit}`,
    writtenLimit(goal.limit, goal.unit),
    verdictOn(goal),
  ]);
  return `\nGoals\n${table([['what', 'measured', 'limit', ''], ...rows])}`;
}

function verdictOn(goal: Goal): string {
  if (isMet(goal)) return 'met';
  if (!isHeld(goal) || goal.held === undefined) return 'MISSED';
  return `not reached; ${writtenLimit(goal.held, goal.unit)} is held`;
}

function writtenLimit(limit: Limit, unit: Goal['unit']): string {
  return 'atMost' in limit ? `≤ ${written(limit.atMost, unit)}` : `≥ ${written(limit.atLeast, unit)}`;
}

function written(value: number, unit: Goal['unit']): string {
  const digits = { '×': 2, ms: 1, kB: 1, MB: 1, '/s': 0, lines: 0, bytes: 0 }[unit];
  return value.toLocaleString('en', { maximumFractionDigits: digits, minimumFractionDigits: digits });
}
