/**
 * How high a chunk will about be that was never laid out, so that the scrollbar tells the truth from the start;
 * `settle-heights.ts` learns it exactly.
 */
import type { Entry } from '../../utils/transcript/call.ts';
import type { Turn } from '../../utils/transcript/turns.ts';

/** CSS pixels at the default text size and width of the sidebar; sidebar.css has them. */
const ROW_PX = 19;
const LINE_EXTRA_PX = 3;
const TURN_EXTRA_PX = 24;
const GAP_PX = 68;
const LETTERS_A_ROW = 43;
/** Fifty lines of a row and a half, and a dozen turns. */
const UNKNOWN_CHUNK_PX = 1_900;

export function estimateHeightPx(turns: readonly Turn[]): number {
  let height = 0;
  for (const turn of turns) {
    if (turn.kind === 'gap') height += GAP_PX;
    else height += TURN_EXTRA_PX + turn.lines.reduce((sum, line) => sum + lineHeightPx(line), 0);
  }
  return Math.round(height);
}

function lineHeightPx({ text }: Extract<Entry, { kind: 'line' }>): number {
  return Math.max(1, Math.ceil(text.length / LETTERS_A_ROW)) * ROW_PX + LINE_EXTRA_PX;
}

/** Of chunks whose lines are not looked at yet. */
export function unknownHeightPx(chunkCount: number): number {
  return chunkCount * UNKNOWN_CHUNK_PX;
}

/**
 * Of a box of that height: one that is empty, or one whose lines are not laid out while it is out of view. Written out,
 * since a custom property would be inherited by every line of it, and each be styled anew when it changes.
 */
export function boxStyle(heightPx: number, isEmpty: boolean): Record<string, string> {
  return { [isEmpty ? 'blockSize' : 'containIntrinsicBlockSize']: `${heightPx}px` };
}
