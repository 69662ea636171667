/** A room for each relay of the settings, and one where there is none, so that somebody can say so. */
import { decodeSettings, findRelay, type Settings } from '../../utils/settings/settings.ts';
import type { SettingsStore } from '../../utils/settings/settings-store.ts';
import type { Area } from '../../utils/storage/area.ts';
import { type RelayRoom, ROOM_KEYS, roomPrefix } from './relay-room.ts';

export type RelayRooms = {
  /** Resolves once the settings are read and every room is ready. */
  ready: Promise<void>;
  /** As they were read last. */
  settings(): Settings;
  all(): readonly RelayRoom[];
  /** The room of this relay, else of the default one; none before `ready`. */
  room(relayId?: string): RelayRoom | undefined;
  /** The settings may have changed. Resolves once the rooms are as they say. */
  settingsChanged(): Promise<void>;
  /** Exactly these relays are to be connected. */
  setWanted(relayIds: ReadonlySet<string>): void;
};

export type RelayRoomsDeps = {
  settings: Pick<SettingsStore, 'read'>;
  area: Area;
  makeRoom(relayId: string): RelayRoom;
};

export function createRelayRooms({ settings: store, area, makeRoom }: RelayRoomsDeps): RelayRooms {
  let settings = decodeSettings(undefined);
  let rooms = new Map<string, RelayRoom>();
  let last = load();

  async function load(): Promise<void> {
    await arrange();
    await sweep();
  }

  /** New rooms count only when they are ready: everybody else may take them as they are. */
  async function arrange(): Promise<void> {
    // Settings that cannot be read are as good as none.
    const read = await store.read().catch(() => decodeSettings(undefined));
    const ids = read.relays.length === 0 ? [''] : read.relays.map(({ id }) => id);
    const next = new Map(ids.map((id) => [id, rooms.get(id) ?? makeRoom(id)]));
    await Promise.all([...next.values()].map(({ ready }) => ready));
    const gone = [...rooms.values()].filter(({ id }) => !next.has(id));
    settings = read;
    rooms = next;
    for (const { id, fieldMap } of read.relays) next.get(id)?.setOwnFieldMap(fieldMap);
    for (const room of gone) void room.close();
  }

  /** What a relay left behind that was removed while nobody was there to notice. */
  async function sweep(): Promise<void> {
    const keys = Object.keys(await area.read().catch(() => ({})));
    const prefixes = [...rooms.keys()].map(roomPrefix);
    const left = keys.filter(
      (key) => key.startsWith(ROOM_KEYS) && !prefixes.some((prefix) => key.startsWith(prefix)),
    );
    if (left.length > 0) await area.remove(left).catch(() => {});
  }

  return {
    ready: last,
    settings: () => settings,
    all: () => [...rooms.values()],
    room: (relayId) => rooms.get(findRelay(settings, relayId)?.id ?? ''),
    settingsChanged() {
      const before = rooms;
      last = last.then(arrange).then(() => {
        for (const [id, room] of rooms) if (before.get(id) === room) room.session.settingsChanged();
      });
      return last;
    },
    setWanted(relayIds) {
      for (const [id, room] of rooms) room.session.setWanted(relayIds.has(id));
    },
  };
}
