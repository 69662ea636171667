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
import { createLineFinds, type FindsOf } from './line-finds.ts';

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
  const counts = computed(() => {
    const byProfile = new Map<string, number>();
    for (const chunk of call.value?.chunks.value ?? []) {
      for (const { found } of findsOf(chunk).value) {
        for (const { profile } of found) byProfile.set(profile.id, (byProfile.get(profile.id) ?? 0) + 1);
      }
    }
    return compiled.value
      .map((one): KeywordCount => ({ compiled: one, count: byProfile.get(one.profile.id) ?? 0 }))
      .filter(({ count }) => count > 0);
  });
  return { findsOf, counts };
}
