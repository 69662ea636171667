/** What can be done with the list of keyword profiles. */
import { computed, type ReadonlySignal, signal } from '@preact/signals';
import {
  type KeywordProfile,
  MAX_PROFILES,
  type Preferences,
  profileColours,
} from '../../utils/settings/preferences.ts';
import type { PreferencesEditor } from './preferences-editor.ts';
import {
  type ProfileRow,
  type RemovedProfile,
  rememberProfile,
  restoreProfile,
  rowsOf,
} from './removed-profiles.ts';

type ProfilePart = Partial<Omit<KeywordProfile, 'id'>>;

export type KeywordList = {
  /** Those that were just removed stand where they stood. */
  rows: ReadonlySignal<readonly ProfileRow[]>;
  profiles: ReadonlySignal<readonly KeywordProfile[]>;
  /** No other can be added; one that can still be had back keeps its place. */
  isFull: ReadonlySignal<boolean>;
  /** Adds an empty one and gives its id. */
  add(): string;
  /** Stores a choice. */
  edit(id: string, part: ProfilePart): void;
  /** Stores what is typed, after a pause. */
  type(id: string, part: ProfilePart): void;
  remove(id: string): void;
  /** Does nothing while the list is full. */
  restore(id: string): void;
  /** Gives up what was removed. */
  forget(id: string): void;
};

type ListDeps = {
  editor: Pick<PreferencesEditor, 'shown' | 'edit' | 'type'>;
  createId(): string;
};

export function createKeywordList({ editor, createId }: ListDeps): KeywordList {
  const removed = signal<readonly RemovedProfile[]>([]);
  const profiles = computed(() => editor.shown.value.profiles);
  const rows = computed(() => rowsOf(profiles.value, removed.value));

  function changed(id: string, part: ProfilePart): Pick<Preferences, 'profiles'> {
    return {
      profiles: profiles.peek().map((profile) => (profile.id === id ? { ...profile, ...part } : profile)),
    };
  }

  function forget(id: string): void {
    removed.value = removed.peek().filter(({ profile }) => profile.id !== id);
  }

  return {
    rows,
    profiles,
    isFull: computed(() => profiles.value.length + removed.value.length >= MAX_PROFILES),
    add() {
      const id = createId();
      const colour = leastUsedColour(profiles.peek());
      const profile = { id, name: '', query: '', colour, badge: true, notify: false, sound: false };
      editor.edit({ profiles: [...profiles.peek(), profile] });
      return id;
    },
    edit: (id, part) => editor.edit(changed(id, part)),
    type: (id, part) => editor.type(changed(id, part)),
    remove(id) {
      const gone = rememberProfile(rows.peek(), id);
      if (gone === undefined) return;
      removed.value = [...removed.peek(), gone];
      editor.edit({ profiles: profiles.peek().filter((profile) => profile.id !== id) });
    },
    restore(id) {
      if (profiles.peek().length >= MAX_PROFILES) return;
      editor.edit({ profiles: restoreProfile(profiles.peek(), removed.peek(), id) });
      forget(id);
    },
    forget,
  };
}

/** The first of those that are used least. */
function leastUsedColour(profiles: readonly KeywordProfile[]): KeywordProfile['colour'] {
  const uses = (colour: string) => profiles.filter((profile) => profile.colour === colour).length;
  return profileColours.reduce((least, colour) => (uses(colour) < uses(least) ? colour : least));
}
