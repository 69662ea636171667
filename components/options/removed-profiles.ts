/** The list of keyword profiles with those in it that were removed and can still be had back. */
import type { KeywordProfile } from '../../utils/settings/preferences.ts';

/** `before`: the ids of the rows that stood before it. */
export type RemovedProfile = { profile: KeywordProfile; before: readonly string[] };
export type ProfileRow = { profile: KeywordProfile; isRemoved: boolean };

/** A row's profile as it is to be removed, with its place; undefined where there is none. */
export function rememberProfile(rows: readonly ProfileRow[], id: string): RemovedProfile | undefined {
  const index = rows.findIndex(({ profile }) => profile.id === id);
  const row = rows[index];
  if (row === undefined) return undefined;
  return { profile: row.profile, before: rows.slice(0, index).map(({ profile }) => profile.id) };
}

/** `removed` in the order of removal; each stands right behind the last of those that it stood behind. */
export function rowsOf(
  profiles: readonly KeywordProfile[],
  removed: readonly RemovedProfile[],
): ProfileRow[] {
  const rows: ProfileRow[] = profiles.map((profile) => ({ profile, isRemoved: false }));
  for (const { profile, before } of removed) {
    if (rows.some((row) => row.profile.id === profile.id)) continue;
    const last = rows.findLastIndex((row) => before.includes(row.profile.id));
    rows.splice(last + 1, 0, { profile, isRemoved: true });
  }
  return rows;
}

/** The profiles with a removed one back in its place; unchanged where it is not among `removed`. */
export function restoreProfile(
  profiles: readonly KeywordProfile[],
  removed: readonly RemovedProfile[],
  id: string,
): KeywordProfile[] {
  return rowsOf(profiles, removed)
    .filter(({ profile, isRemoved }) => !isRemoved || profile.id === id)
    .map(({ profile }) => profile);
}
