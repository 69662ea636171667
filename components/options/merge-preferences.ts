/**
 * What to show when several pages change the preferences at once: every field that was changed here since `base`
 * stays as it is here, every other is taken from `theirs`.
 */
import { isSame } from '../../utils/settings/plain-data.ts';
import {
  MAX_PATTERNS,
  MAX_PROFILES,
  MAX_TEMPLATES,
  type Preferences,
  type RedactionRules,
} from '../../utils/settings/preferences.ts';
import type { Identified } from './removed-items.ts';

type Labels = Preferences['labels'];

export function mergePreferences(base: Preferences, mine: Preferences, theirs: Preferences): Preferences {
  return {
    ...mergeFields(base, mine, theirs),
    labels: mergeLabels(base.labels, mine.labels, theirs.labels),
    profiles: mergeLists(base.profiles, mine.profiles, theirs.profiles, MAX_PROFILES),
    templates: mergeLists(base.templates, mine.templates, theirs.templates, MAX_TEMPLATES),
    redaction: mergeRedaction(base.redaction, mine.redaction, theirs.redaction),
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

function mergeRedaction(base: RedactionRules, mine: RedactionRules, theirs: RedactionRules): RedactionRules {
  return {
    ...mergeFields(base, mine, theirs),
    patterns: mergeLists(base.patterns, mine.patterns, theirs.patterns, MAX_PATTERNS),
  };
}

/** Their order. What was removed here is gone; what was removed there is kept only where it was changed here. */
function mergeLists<Item extends Identified>(
  base: readonly Item[],
  mine: readonly Item[],
  theirs: readonly Item[],
  max: number,
): Item[] {
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
  return merged.slice(0, max);
}

function mergeFields<T extends object>(base: T, mine: T, theirs: T): T {
  const merged = { ...theirs };
  for (const key of keysOf(mine)) {
    if (mine[key] !== base[key]) merged[key] = mine[key];
  }
  return merged;
}

function byId<Item extends Identified>(items: readonly Item[]): Map<string, Item> {
  return new Map(items.map((item) => [item.id, item]));
}

function keysOf<T extends object>(of: T): (keyof T)[] {
  return Object.keys(of) as (keyof T)[];
}
