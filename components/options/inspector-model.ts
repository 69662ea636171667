/**
 * The inspector: the last events of a relay, the field map that is being made from them by clicks, and what it reads.
 * Until it is saved nothing but this page reads by it.
 */
import { batch, computed, effect, type ReadonlySignal, signal } from '@preact/signals';
import type { RawEvent } from '../../utils/messaging/options-port.ts';
import { findRelay, type Relay, type Settings } from '../../utils/settings/settings.ts';
import type { SettingsStore } from '../../utils/settings/settings-store.ts';
import type { TranscriptEvent } from '../../utils/transcript/event.ts';
import type { FieldMap, FieldPath, MappableField } from '../../utils/transcript/field-map.ts';
import { parseEvents } from '../../utils/transcript/parse-event.ts';
import { createInspectorEvents, type InspectorEvents } from './inspector-events.ts';
import type { Line, OpenLine } from './open-line.ts';

export type ReadEvent = { event: RawEvent; read: readonly TranscriptEvent[] };
/** Whose map holds where nothing is being changed. */
export type MapOwner = 'none' | 'own' | 'relay';
type Saving = 'idle' | 'saved' | 'failed';

export type InspectorModel = {
  relay: ReadonlySignal<Relay | undefined>;
  chooseRelay(relayId: string): void;
  events: InspectorEvents;
  /** What the shown events say by `map`, oldest first. */
  reads: ReadonlySignal<readonly ReadEvent[]>;
  /** As it is being made, or as it holds. */
  map: ReadonlySignal<FieldMap>;
  owner: ReadonlySignal<MapOwner>;
  isChanged: ReadonlySignal<boolean>;
  saving: ReadonlySignal<Saving>;
  /** The value at `path` is this field; without a path none is. */
  setPath(field: MappableField, path: FieldPath | undefined): void;
  setLeg(value: string, leg: 'caller' | 'callee'): void;
  setFinal(value: string, isFinal: boolean): void;
  /** Another map in place of the one being made. */
  replace(map: FieldMap): void;
  undo(): void;
  save(): Promise<void>;
  /** Removes this browser's own map: the relay's holds again, if it tells one. */
  forget(): Promise<void>;
  /** Begins to watch; returns the end of it. */
  open(): () => void;
};

export type InspectorDeps = {
  held: ReadonlySignal<Settings>;
  settings: Pick<SettingsStore, 'putRelay' | 'tokenOf'>;
  openLine: OpenLine;
};

const emptyMap: FieldMap = { paths: {}, legValues: {}, finalValues: {} };

export function createInspectorModel({ held, settings, openLine }: InspectorDeps): InspectorModel {
  const events = createInspectorEvents();
  const relayId = signal<string | undefined>(undefined);
  const relay = computed(() => findRelay(held.value, relayId.value));
  const told = signal<FieldMap | undefined>(undefined);
  const draft = signal<FieldMap | undefined>(undefined);
  const saving = signal<Saving>('idle');
  /** What was stored in a relay that is still held as it was before. */
  const stored = signal<{ in: Relay; fieldMap: FieldMap | undefined } | undefined>(undefined);
  const own = computed(() =>
    stored.value !== undefined && stored.value.in === relay.value
      ? stored.value.fieldMap
      : relay.value?.fieldMap,
  );
  const map = computed(() => draft.value ?? own.value ?? told.value ?? emptyMap);
  const watchedId = computed(() => relay.value?.id);
  let line: Line | undefined;
  let lastWatched: string | undefined;

  function edit(changed: FieldMap | undefined): void {
    draft.value = changed;
    saving.value = 'idle';
  }

  /** Whoever comes back to the same relay finds the map as they left it. */
  function watch(watched: string | undefined): void {
    if (watched !== lastWatched) {
      batch(() => {
        events.clear();
        told.value = undefined;
        edit(undefined);
      });
    }
    lastWatched = watched;
    line?.say({ type: 'watch', relayId: watched });
  }

  async function store(fieldMap: FieldMap | undefined): Promise<void> {
    const known = relay.peek();
    if (known === undefined) return;
    const { fieldMap: _old, ...rest } = known;
    const made = draft.peek();
    try {
      await settings.putRelay(
        fieldMap === undefined ? rest : { ...rest, fieldMap },
        await settings.tokenOf(known),
      );
    } catch {
      saving.value = 'failed';
      return;
    }
    // What was changed meanwhile is still to be saved.
    if (draft.peek() !== made) return;
    batch(() => {
      stored.value = { in: known, fieldMap };
      draft.value = undefined;
      saving.value = 'saved';
    });
  }

  return {
    relay,
    chooseRelay(chosen) {
      relayId.value = chosen;
    },
    events,
    reads: computed(() =>
      events.shown.value.map((event) => ({ event, read: parseEvents(event.data, map.value) })),
    ),
    map,
    owner: computed(() => {
      if (own.value !== undefined) return 'own';
      return told.value === undefined ? 'none' : 'relay';
    }),
    isChanged: computed(() => draft.value !== undefined),
    saving,
    setPath(field, path) {
      const { [field]: _old, ...others } = map.peek().paths;
      edit({ ...map.peek(), paths: path === undefined ? others : { ...others, [field]: path } });
    },
    setLeg: (value, leg) => edit({ ...map.peek(), legValues: { ...map.peek().legValues, [value]: leg } }),
    setFinal: (value, isFinal) =>
      edit({ ...map.peek(), finalValues: { ...map.peek().finalValues, [value]: isFinal } }),
    replace: edit,
    undo: () => edit(undefined),
    save: () => store(map.peek()),
    forget: () => store(undefined),
    open() {
      line = openLine((message) => {
        if (!('relayId' in message) || message.relayId !== relay.peek()?.id) return;
        if (message.type === 'watched') told.value = message.relayFieldMap;
        else events.take(message.events);
      });
      const stop = effect(() => watch(watchedId.value));
      return () => {
        stop();
        line?.close();
        line = undefined;
      };
    },
  };
}
