/** All that belongs to one relay: its connection, its calls and their notes, what its events were, and its keywords. */
import type { ConnectionDeps } from '../../utils/connection/relay-connection.ts';
import type { SettingsStore } from '../../utils/settings/settings-store.ts';
import type { Area } from '../../utils/storage/area.ts';
import { scopedArea } from '../../utils/storage/scoped-area.ts';
import { createEventLog, type EventLog } from '../../utils/transcript/event-log.ts';
import type { FieldMap } from '../../utils/transcript/field-map.ts';
import { createCallArchive } from './call-archive.ts';
import { type CallStore, createCallStore } from './call-store.ts';
import { createJournal, type Journal } from './journal.ts';
import { createKeywordWatch, type KeywordAlert, type KeywordWatch } from './keyword-watch.ts';
import { createNoteStore, type NoteStore } from './note-store.ts';
import { createRelaySession, type RelaySession } from './relay-session.ts';
import type { StorageBudget } from './storage-budget.ts';

export type RelayRoom = {
  /** The relay's; empty for the room there is while no relay is set. */
  id: string;
  /** Resolves once everything that an earlier life of the worker kept is there. */
  ready: Promise<void>;
  store: CallStore;
  notes: NoteStore;
  session: RelaySession;
  log: EventLog;
  journal: Journal;
  keywords: KeywordWatch;
  /** The field map of the settings; it goes before the relay's. */
  setOwnFieldMap(map: FieldMap | undefined): void;
  /** What the relay told last. */
  relayFieldMap(): FieldMap | undefined;
  /** Whose field map its events are read by. */
  fieldMapOf(): 'own' | 'relay' | 'none';
  /** Forgets every call and its note, and every event; resolves once the storage holds nothing of them. */
  forget(): Promise<void>;
  /** Forgets everything here, also in the storage. */
  close(): Promise<void>;
};

export type RoomDeps = {
  settings: Pick<SettingsStore, 'read' | 'tokenOf'>;
  connection: ConnectionDeps;
  area: Area;
  budget: StorageBudget;
  alert(alert: KeywordAlert): void;
  /** Calls changed, or keywords were said. */
  changed(room: RelayRoom): void;
  statusChanged(room: RelayRoom): void;
};

/** What the storage keys of all rooms begin with. */
export const ROOM_KEYS = 'relay ';

/** An id may hold anything, so it is encoded: a space ends it. */
export function roomPrefix(relayId: string): string {
  return `${ROOM_KEYS}${encodeURIComponent(relayId)} `;
}

export function createRelayRoom(relayId: string, deps: RoomDeps): RelayRoom {
  const clock = deps.connection;
  let isClosed = false;
  const area = unlessClosed(scopedArea(deps.area, roomPrefix(relayId)), () => isClosed);
  const log = createEventLog();
  const journal = createJournal(clock.nowMs);
  const store = createCallStore(clock, createCallArchive(area), log, deps.budget);
  const notes = createNoteStore(area, clock.setTimer);
  const keywords = createKeywordWatch({ nowMs: clock.nowMs, alert: deps.alert });
  let own: FieldMap | undefined;
  let told: FieldMap | undefined;
  const session = createRelaySession({
    relayId,
    settings: deps.settings,
    connection: deps.connection,
    store,
    journal,
    greeted(fieldMap) {
      told = fieldMap;
      store.setFieldMap(own ?? told);
    },
  });

  async function getReady(): Promise<void> {
    await Promise.all([store.ready, notes.ready]);
    // What an earlier life of the worker kept is no news.
    store.subscribe((message) => {
      notes.take(message);
      keywords.take(message);
      if (message.type === 'changes') deps.changed(room);
    });
    store.onStatus(() => deps.statusChanged(room));
  }

  const room: RelayRoom = {
    id: relayId,
    ready: getReady(),
    store,
    notes,
    session,
    log,
    journal,
    keywords,
    setOwnFieldMap(map) {
      own = map;
      store.setFieldMap(own ?? told);
    },
    relayFieldMap: () => told,
    fieldMapOf() {
      if (own !== undefined) return 'own';
      return told === undefined ? 'none' : 'relay';
    },
    async forget() {
      await store.forget([...store.calls().keys()], Number.POSITIVE_INFINITY);
      await notes.flush();
    },
    async close() {
      session.setWanted(false);
      await room.forget();
      store.leaveBudget();
      isClosed = true;
      const left = await area.read().catch((): Record<string, unknown> => ({}));
      await area.remove(Object.keys(left)).catch(() => {});
    },
  };
  return room;
}

/** A room that is closed may still have been about to write. */
function unlessClosed(area: Area, isClosed: () => boolean): Area {
  return {
    ...area,
    write: async (values) => (isClosed() ? undefined : area.write(values)),
  };
}
