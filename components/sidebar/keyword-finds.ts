/** The keywords of the user's profiles in the shown call: where, and in how many lines. */
import { computed, type ReadonlySignal } from '@preact/signals';
import type { Preferences } from '../../utils/settings/preferences.ts';
import type { FoldedText } from '../../utils/transcript/fold-text.ts';
import {
  type CompiledProfile,
  compileProfiles,
  findKeywords,
  type KeywordHit,
} from '../../utils/transcript/keywords.ts';
import type { CallModel } from './call-model.ts';
import { tallyChunks } from './chunk-groups.ts';
import { createLineFinds, type FindsOf, type LineFind } from './line-finds.ts';

type KeywordCount = { compiled: CompiledProfile; count: number };

export type KeywordFinds = {
  findsOf: FindsOf<KeywordHit>;
  /** Lines of the shown call by profile; only profiles that were met. */
  counts: ReadonlySignal<readonly KeywordCount[]>;
};

export function createKeywordFinds(
  preferences: ReadonlySignal<Preferences>,
  call: ReadonlySignal<CallModel | undefined>,
): KeywordFinds {
  const profiles = computed(() => preferences.value.profiles);
  const compiled = computed(() => compileProfiles(profiles.value));
  const finder = computed(() => {
    const all = compiled.value;
    return all.length === 0
      ? undefined
      : (text: FoldedText): readonly KeywordHit[] => findKeywords(all, text);
  });
  const findsOf = createLineFinds(finder);
  const { total } = tallyChunks(call, (chunk) => countLines(findsOf(chunk).value), addCounts);
  const counts = computed(() =>
    compiled.value
      .map((one): KeywordCount => ({ compiled: one, count: total.value.get(one.profile.id) ?? 0 }))
      .filter(({ count }) => count > 0),
  );
  return { findsOf, counts };
}

/** By the id of a profile. */
type LineCounts = ReadonlyMap<string, number>;

const none: LineCounts = new Map();

function countLines(finds: readonly LineFind<KeywordHit>[]): LineCounts {
  if (finds.length === 0) return none;
  return addCounts(finds.map(({ found }) => new Map(found.map(({ profile }) => [profile.id, 1]))));
}

function addCounts(counts: readonly LineCounts[]): LineCounts {
  const sum = new Map<string, number>();
  for (const [id, count] of counts.flatMap((one) => [...one])) sum.set(id, (sum.get(id) ?? 0) + count);
  return sum;
}
