/** The list of keyword profiles. */
import { type KeywordProfile, MAX_PROFILES, profileColours } from '../../utils/settings/preferences.ts';
import { createEditableList, type EditableList, type ListDeps } from './editable-list.ts';

export type KeywordList = EditableList<KeywordProfile>;

export function createKeywordList(deps: ListDeps): KeywordList {
  return createEditableList<KeywordProfile>(deps, {
    max: MAX_PROFILES,
    read: ({ profiles }) => profiles,
    write: (profiles) => ({ profiles }),
    createEmpty: (id, profiles) => ({
      id,
      name: '',
      query: '',
      colour: leastUsedColour(profiles),
      badge: true,
      notify: false,
      sound: false,
    }),
  });
}

/** The first of those that are used least. */
function leastUsedColour(profiles: readonly KeywordProfile[]): KeywordProfile['colour'] {
  const uses = (colour: string) => profiles.filter((profile) => profile.colour === colour).length;
  return profileColours.reduce((least, colour) => (uses(colour) < uses(least) ? colour : least));
}
