/** The keywords of all rooms taken together. */
import type { KeywordProfile } from '../../utils/settings/preferences.ts';
import type { RelayRoom } from './relay-room.ts';

export type WatchedKeywords = {
  /** Watches in a new room for what is watched for in the others. */
  watch(room: RelayRoom): RelayRoom;
  setProfiles(profiles: readonly KeywordProfile[]): void;
  unseen(): number;
  seen(): void;
};

export function createWatchedKeywords(rooms: () => readonly RelayRoom[]): WatchedKeywords {
  let watchedFor: readonly KeywordProfile[] = [];
  return {
    watch(room) {
      room.keywords.setProfiles(watchedFor);
      return room;
    },
    setProfiles(profiles) {
      watchedFor = profiles;
      for (const { keywords } of rooms()) keywords.setProfiles(profiles);
    },
    unseen: () => rooms().reduce((sum, { keywords }) => sum + keywords.unseen(), 0),
    seen() {
      for (const { keywords } of rooms()) keywords.seen();
    },
  };
}
