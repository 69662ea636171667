/** How two figures compare that were measured in turns. */
import { median } from './percentile.ts';

/** The median of what one was beside the other in the same round. */
export function pairedRatio(one: readonly number[], other: readonly number[]): number {
  return median(one.map((figure, round) => figure / (other[round] ?? Number.NaN)));
}
