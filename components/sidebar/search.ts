/**
 * Search in the shown call: for what is typed, or for a keyword profile; counted over the whole call, with a current
 * match that stays itself while lines come. The cost of a line is that of its own chunk.
 */
import { batch, computed, type ReadonlySignal, signal } from '@preact/signals';
import { findText } from '../../utils/transcript/find-text.ts';
import { type FoldedText, foldText } from '../../utils/transcript/fold-text.ts';
import type { CompiledProfile } from '../../utils/transcript/keywords.ts';
import { matchQuery } from '../../utils/transcript/query/match-query.ts';
import type { TextRange } from '../../utils/transcript/query/query.ts';
import { type CallModel, chunkAt, chunkNumber } from './call-model.ts';
import { tallyChunks } from './chunk-groups.ts';
import { createLineFinds, type Finder, type FindsOf, type LineFind } from './line-finds.ts';

export type SearchTarget = { kind: 'text'; text: string } | { kind: 'keyword'; compiled: CompiledProfile };

/** The `nth` match, from 0, in the line at `index`. */
type SearchMatch = { index: number; nth: number };

export type Search = {
  /** `undefined`: the search is closed. */
  target: ReadonlySignal<SearchTarget | undefined>;
  total: ReadonlySignal<number>;
  /** The current match's place among all, from 1; 0 where there is none. */
  place: ReadonlySignal<number>;
  current: ReadonlySignal<SearchMatch | undefined>;
  findsOf: FindsOf<TextRange>;
  /** Where in its line a match stands. */
  rangesOf(match: SearchMatch): readonly TextRange[];
  /** Looks for it; begins at the first match at or after the entry `fromIndex`, unless the current one still is one. */
  lookFor(target: SearchTarget, fromIndex: number): void;
  /** Looks for it again where the reader already is: they are brought to no match. */
  restore(text: string): void;
  /** Goes to the next match, or the one before; over the end it begins again. */
  go(step: 1 | -1): void;
  close(): void;
};

export function createSearch(call: ReadonlySignal<CallModel | undefined>): Search {
  const target = signal<SearchTarget>();
  const chosen = signal<{ call: CallModel | undefined; match: SearchMatch }>();
  const finder = computed((): Finder<TextRange> | undefined => {
    const wanted = target.value;
    if (wanted === undefined) return undefined;
    if (wanted.kind === 'keyword') return (text) => matchQuery(wanted.compiled.query, text) ?? [];
    const needle = foldText(wanted.text.trim());
    return wanted.text.trim() === '' ? undefined : (text: FoldedText) => findText(text, needle);
  });
  const findsOf = createLineFinds(finder);
  const tally = tallyChunks(call, (chunk) => countIn(findsOf(chunk).value), sum);
  /** The match that was last current in this call, whether it is still there or not. */
  const last = computed(() => (chosen.value?.call === call.value ? chosen.value?.match : undefined));
  const current = computed(() => {
    const wanted = last.value;
    if (wanted === undefined) return undefined;
    return wanted.nth < rangesIn(wanted.index).length ? wanted : undefined;
  });
  const place = computed(() => {
    const wanted = current.value;
    if (wanted === undefined) return 0;
    const number = chunkNumber(wanted.index);
    const before = findsIn(number).filter(({ index }) => index < wanted.index);
    return tally.before(number) + countIn(before) + wanted.nth + 1;
  });

  function findsIn(number: number): readonly LineFind<TextRange>[] {
    const chunk = chunkAt(call.value?.chunks.value ?? [], number);
    return chunk === undefined ? [] : findsOf(chunk).value;
  }

  function rangesIn(line: number): readonly TextRange[] {
    return findsIn(chunkNumber(line)).find(({ index }) => index === line)?.found ?? [];
  }

  /** Every match, in the call's order. */
  function all(): SearchMatch[] {
    return (call.value?.chunks.value ?? []).flatMap((chunk) =>
      findsOf(chunk).value.flatMap(({ index, found }) =>
        found.map((_range, nth): SearchMatch => ({ index, nth })),
      ),
    );
  }

  function choose(match: SearchMatch | undefined): void {
    chosen.value = match === undefined ? undefined : { call: call.value, match };
  }

  /** Where the current match is no longer there, the search goes on from where it was. */
  function atStep(matches: readonly SearchMatch[], step: 1 | -1): number {
    if (place.value > 0) return (place.value - 1 + step) % matches.length;
    const from = last.value?.index ?? 0;
    if (step === -1) return matches.findLastIndex(({ index }) => index < from);
    return Math.max(
      0,
      matches.findIndex(({ index }) => index >= from),
    );
  }

  return {
    target,
    total: tally.total,
    place,
    current,
    findsOf,
    rangesOf: ({ index, nth }) => rangesIn(index).slice(nth, nth + 1),
    lookFor: (next, fromIndex) =>
      batch(() => {
        target.value = next;
        if (current.value !== undefined) return;
        const matches = all();
        choose(matches.find(({ index }) => index >= fromIndex) ?? matches.at(-1));
      }),
    restore(text) {
      target.value = { kind: 'text', text };
    },
    go(step) {
      const matches = all();
      choose(matches.at(atStep(matches, step)));
    },
    close: () =>
      batch(() => {
        target.value = undefined;
        choose(undefined);
      }),
  };
}

function countIn(finds: readonly LineFind<TextRange>[]): number {
  return sum(finds.map(({ found }) => found.length));
}

function sum(counts: readonly number[]): number {
  return counts.reduce((total, count) => total + count, 0);
}
