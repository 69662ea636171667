/** The agent's keyword profiles, read once and looked for in many lines. */
import type { KeywordProfile } from '../settings/preferences.ts';
import type { FoldedText } from './fold-text.ts';
import { matchQuery } from './query/match-query.ts';
import { parseQuery } from './query/parse-query.ts';
import type { Query, TextRange } from './query/query.ts';

export type CompiledProfile = { readonly profile: KeywordProfile; readonly query: Query };
export type KeywordHit = { profile: KeywordProfile; ranges: TextRange[] };

/** In their order, without those whose query cannot be used. */
export function compileProfiles(profiles: readonly KeywordProfile[]): CompiledProfile[] {
  return profiles.flatMap((profile) => {
    const parsed = parseQuery(profile.query);
    return parsed.ok ? [{ profile, query: parsed.query }] : [];
  });
}

/** The profiles that a line matches, in their order, each with where; ranges of two profiles may overlap. */
export function findKeywords(compiled: readonly CompiledProfile[], folded: FoldedText): KeywordHit[] {
  const hits: KeywordHit[] = [];
  for (const { profile, query } of compiled) {
    const ranges = matchQuery(query, folded);
    if (ranges !== undefined) hits.push({ profile, ranges });
  }
  return hits;
}
