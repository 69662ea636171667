/** Two runs beside each other: whether their ratios agree. */
import type { SavedReport } from './report.ts';
import { table } from './table.ts';

const MOST_PER_CENT = 20;

export type Difference = {
  name: string;
  one: number | undefined;
  other: number | undefined;
  /** Of the other to the one; undefined where one of them has none. */
  perCent: number | undefined;
};

/** Every ratio that either has, by name. */
export function compareRatios(one: SavedReport, other: SavedReport): Difference[] {
  const names = [...new Set([...Object.keys(one.ratios), ...Object.keys(other.ratios)])].sort();
  return names.map((name) => {
    const [before, after] = [one.ratios[name], other.ratios[name]];
    const perCent = before === undefined || after === undefined ? undefined : differenceOf(before, after);
    return { name, one: before, other: after, perCent };
  });
}

function differenceOf(before: number, after: number): number {
  return after === before ? 0 : (after / before - 1) * 100;
}

export function agrees({ perCent }: Difference): boolean {
  return perCent === undefined || Math.abs(perCent) <= MOST_PER_CENT;
}

export function describeDifferences(
  differences: readonly Difference[],
  [one, other]: readonly [SavedReport, SavedReport],
): string {
  const rows = differences.map((difference) => [
    difference.name,
    difference.one?.toFixed(3) ?? '',
    difference.other?.toFixed(3) ?? '',
    difference.perCent === undefined ? '' : `${difference.perCent.toFixed(1)} %`,
    agrees(difference) ? '' : `more than ${MOST_PER_CENT} %`,
  ]);
  return table([['ratio', titleOf(one), titleOf(other), 'difference', ''], ...rows]);
}

function titleOf({ commit, date, mode }: SavedReport): string {
  return `${commit} ${date.slice(0, 16)} ${mode}`;
}
