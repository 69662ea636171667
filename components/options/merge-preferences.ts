/**
 * What to show when several pages change the preferences at once: every field that was changed here since `base`
 * stays as it is here, every other is taken from `theirs`.
 */
import { type KeywordProfile, MAX_PROFILES, type Preferences } from '../../utils/settings/preferences.ts';

type Labels = Preferences['labels'];

export function mergePreferences(base: Preferences, mine: Preferences, theirs: Preferences): Preferences {
  return {
    ...mergeFields(base, mine, theirs),
    labels: mergeLabels(base.labels, mine.labels, theirs.labels),
    profiles: mergeProfiles(base.profiles, mine.profiles, theirs.profiles),
  };
}

/** What differs from `base` and has to be stored. */
export function changedPart(base: Preferences, mine: Preferences): Partial<Preferences> {
  const changed = keysOf(mine).filter((key) => !isSame(base[key], mine[key]));
  return Object.fromEntries(changed.map((key) => [key, mine[key]]));
}

function mergeLabels(base: Labels, mine: Labels, theirs: Labels): Labels {
  return {
    inbound: mergeFields(base.inbound, mine.inbound, theirs.inbound),
    outbound: mergeFields(base.outbound, mine.outbound, theirs.outbound),
    unknown: mergeFields(base.unknown, mine.unknown, theirs.unknown),
  };
}

/** Their order. What was removed here is gone; what was removed there is kept only where it was changed here. */
function mergeProfiles(
  base: readonly KeywordProfile[],
  mine: readonly KeywordProfile[],
  theirs: readonly KeywordProfile[],
): KeywordProfile[] {
  const known = byId(base);
  const here = byId(mine);
  const merged = theirs.flatMap((their) => {
    const own = here.get(their.id);
    const before = known.get(their.id);
    if (own === undefined) return before === undefined ? [their] : [];
    return [mergeFields(before ?? their, own, their)];
  });
  const there = byId(theirs);
  for (const [index, own] of mine.entries()) {
    if (there.has(own.id) || isSame(known.get(own.id), own)) continue;
    const previous = mine[index - 1]?.id;
    merged.splice(merged.findIndex(({ id }) => id === previous) + 1, 0, own);
  }
  return merged.slice(0, MAX_PROFILES);
}

function mergeFields<T extends object>(base: T, mine: T, theirs: T): T {
  const merged = { ...theirs };
  for (const key of keysOf(mine)) {
    if (mine[key] !== base[key]) merged[key] = mine[key];
  }
  return merged;
}

function byId(profiles: readonly KeywordProfile[]): Map<string, KeywordProfile> {
  return new Map(profiles.map((profile) => [profile.id, profile]));
}

function keysOf<T extends object>(of: T): (keyof T)[] {
  return Object.keys(of) as (keyof T)[];
}

/** Of plain data; another order of keys counts as a difference, which costs no more than a needless write. */
function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
