/**
 * What is found in the lines, by chunk. A line is looked through once for each thing that is looked for, so a new
 * line costs the same in a call of ten and of twenty thousand.
 */
import { computed, type ReadonlySignal } from '@preact/signals';
import type { LineEntry } from '../../utils/transcript/call.ts';
import { type FoldedText, foldText } from '../../utils/transcript/fold-text.ts';
import type { Chunk } from './call-model.ts';

export type LineFind<Found> = { index: number; found: readonly Found[] };
export type Finder<Found> = (text: FoldedText) => readonly Found[];
export type FindsOf<Found> = (chunk: Chunk) => ReadonlySignal<readonly LineFind<Found>[]>;

const folded = new WeakMap<LineEntry, FoldedText>();

function foldLine(line: LineEntry): FoldedText {
  const known = folded.get(line);
  if (known !== undefined) return known;
  const made = foldText(line.text);
  folded.set(line, made);
  return made;
}

/** Only lines with finds are named; `undefined` for a finder: nothing is looked for now. */
export function createLineFinds<Found>(finder: ReadonlySignal<Finder<Found> | undefined>): FindsOf<Found> {
  const nothing: readonly LineFind<Found>[] = [];
  const byChunk = new WeakMap<Chunk['entries'], ReadonlySignal<readonly LineFind<Found>[]>>();
  let byLine = new WeakMap<LineEntry, readonly Found[]>();
  let lastFind: Finder<Found> | undefined;

  function findInLine(find: Finder<Found>, line: LineEntry): readonly Found[] {
    if (find !== lastFind) byLine = new WeakMap();
    lastFind = find;
    const known = byLine.get(line);
    if (known !== undefined) return known;
    const found = find(foldLine(line));
    byLine.set(line, found);
    return found;
  }

  function findInChunk({ entries }: Chunk): readonly LineFind<Found>[] {
    const find = finder.value;
    if (find === undefined) return nothing;
    const finds: LineFind<Found>[] = [];
    for (const entry of entries.value) {
      const found = entry.kind === 'line' ? findInLine(find, entry) : [];
      if (found.length > 0) finds.push({ index: entry.index, found });
    }
    return finds.length === 0 ? nothing : finds;
  }

  return (chunk) => {
    const made = byChunk.get(chunk.entries) ?? computed(() => findInChunk(chunk));
    byChunk.set(chunk.entries, made);
    return made;
  };
}
