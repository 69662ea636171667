/** Preferences and keyword profiles for tests. */
import {
  decodePreferences,
  type KeywordProfile,
  type Preferences,
} from '../../../utils/settings/preferences.ts';

export function makeProfile(id: string, part: Partial<KeywordProfile> = {}): KeywordProfile {
  return { id, name: id, query: id, colour: 'amber', badge: true, notify: false, sound: false, ...part };
}

export function makePreferences(part: Partial<Preferences> = {}): Preferences {
  return { ...decodePreferences(undefined), ...part };
}

export function makeProfiles(ids: string): KeywordProfile[] {
  return [...ids].map((id) => makeProfile(id));
}
