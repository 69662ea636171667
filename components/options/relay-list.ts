/**
 * The relays as the settings page shows them: what is stored, and over it what is being typed, which is stored as soon
 * as its address can be used.
 */
import { computed, type ReadonlySignal, signal } from '@preact/signals';
import { type AddressProblem, parseRelayAddress } from '../../utils/connection/relay-address.ts';
import { findRelay, MAX_RELAYS, type Relay, type Settings } from '../../utils/settings/settings.ts';
import type { SettingsStore } from '../../utils/settings/settings-store.ts';
import { type RemovedItem, type Row, rememberItem, restoreItem, rowsOf } from './removed-items.ts';

/** A relay with the agent's token for it. */
export type RelayDraft = Relay & { token: string };

export type RelaySaving = 'idle' | 'saved' | 'failed';

export type RelayList = {
  /** At least one that is not removed, or one that was: an empty one stands where there is none. */
  rows: ReadonlySignal<readonly Row<RelayDraft>[]>;
  /** The id of the one whose fields are open. */
  selected: ReadonlySignal<string>;
  /** The id of the one that is shown where no other is chosen. */
  defaultRelay: ReadonlySignal<string>;
  isFull: ReadonlySignal<boolean>;
  saving: ReadonlySignal<RelaySaving>;
  select(id: string): void;
  /** Adds an empty one, selects it, and gives its id. */
  add(): string;
  /** Keeps what is typed; stores nothing. */
  type(id: string, part: Partial<Omit<RelayDraft, 'id'>>): void;
  /** Keeps a choice, and stores the relay. */
  choose(id: string, part: Partial<Omit<RelayDraft, 'id'>>): Promise<boolean>;
  /** Stores it; `false` where its address cannot be used, or the browser could not store it. */
  store(id: string): Promise<boolean>;
  makeDefault(id: string): Promise<void>;
  remove(id: string): Promise<void>;
  /** Does nothing while the list is full. */
  restore(id: string): Promise<void>;
  /** Gives up what was removed. */
  forget(id: string): void;
  /** Takes over what somebody else changed; what is being typed stays. */
  refresh(): Promise<void>;
};

export type RelayListDeps = {
  settings: Pick<SettingsStore, 'change' | 'putRelay' | 'removeRelay' | 'tokenOf'>;
  held: ReadonlySignal<Settings>;
  createId(): string;
};

export function createRelayList({ settings, held, createId }: RelayListDeps): RelayList {
  const kept = signal<readonly RelayDraft[]>(held.peek().relays.map((relay) => ({ ...relay, token: '' })));
  /** What was typed and is not stored, by id; also of relays that never were. */
  const typed = signal<ReadonlyMap<string, RelayDraft>>(new Map());
  const removed = signal<readonly RemovedItem<RelayDraft>[]>([]);
  const chosen = signal('');
  const saving = signal<RelaySaving>('idle');
  const blank = createBlank(createId());

  const items = computed<readonly RelayDraft[]>(() => {
    const known = kept.value.map((relay) => typed.value.get(relay.id) ?? relay);
    const added = [...typed.value.values()].filter(({ id }) => !kept.value.some((one) => one.id === id));
    const all = [...known, ...added];
    return all.length === 0 && removed.value.length === 0 ? [blank] : all;
  });
  const rows = computed(() => rowsOf(items.value, removed.value));
  const defaultRelay = computed(() => findRelay(held.value)?.id ?? '');
  const selected = computed(() => {
    const isThere = (id: string) => items.value.some((one) => one.id === id);
    return [chosen.value, defaultRelay.value].find(isThere) ?? items.value[0]?.id ?? '';
  });
  const isFull = computed(() => items.value.length + removed.value.length >= MAX_RELAYS);

  function find(id: string): RelayDraft | undefined {
    return items.peek().find((one) => one.id === id);
  }

  function drop(id: string): void {
    typed.value = new Map([...typed.peek()].filter(([key]) => key !== id));
  }

  function type(id: string, part: Partial<Omit<RelayDraft, 'id'>>): void {
    const before = find(id);
    if (before !== undefined) typed.value = new Map(typed.peek()).set(id, { ...before, ...part });
    saving.value = 'idle';
  }

  async function save(work: () => Promise<void>): Promise<boolean> {
    try {
      await work();
      saving.value = 'saved';
      return true;
    } catch {
      saving.value = 'failed';
      return false;
    }
  }

  async function put(draft: RelayDraft): Promise<boolean> {
    const { token, ...relay } = { ...draft, address: draft.address.trim(), name: draft.name.trim() };
    const isSaved = await save(() => settings.putRelay(relay, token.trim()));
    if (!isSaved) return false;
    const isKnown = kept.peek().some(({ id }) => id === draft.id);
    const next = { ...relay, token: token.trim() };
    kept.value = isKnown
      ? kept.peek().map((one) => (one.id === draft.id ? next : one))
      : [...kept.peek(), next];
    // What was typed meanwhile is still to be stored.
    if (typed.peek().get(draft.id) === draft) drop(draft.id);
    return true;
  }

  async function store(id: string): Promise<boolean> {
    const draft = find(id);
    if (draft === undefined || addressProblemOf(draft) !== undefined) return false;
    return typed.peek().has(id) ? put(draft) : true;
  }

  async function refresh(): Promise<void> {
    const { relays } = held.peek();
    const read = await Promise.all(
      relays.map(async (relay) => ({ ...relay, token: await settings.tokenOf(relay).catch(() => '') })),
    );
    if (held.peek().relays === relays) kept.value = read;
  }

  return {
    rows,
    selected,
    defaultRelay,
    isFull,
    saving,
    select(id) {
      chosen.value = id;
    },
    add() {
      const id = createId();
      typed.value = new Map(typed.peek()).set(id, createBlank(id));
      chosen.value = id;
      return id;
    },
    type,
    choose(id, part) {
      type(id, part);
      return store(id);
    },
    store,
    async makeDefault(id) {
      await save(() => settings.change((all) => ({ ...all, defaultRelay: id })));
    },
    async remove(id) {
      const gone = rememberItem(rows.peek(), id);
      if (gone === undefined) return;
      const isKept = kept.peek().some((one) => one.id === id);
      if (!isKept || (await save(() => settings.removeRelay(id)))) {
        removed.value = [...removed.peek(), gone];
        kept.value = kept.peek().filter((one) => one.id !== id);
        drop(id);
      }
    },
    async restore(id) {
      if (items.peek().length >= MAX_RELAYS) return;
      const back = removed.peek().find(({ item }) => item.id === id)?.item;
      if (back === undefined) return;
      const order = restoreItem(items.peek(), removed.peek(), id).map((one) => one.id);
      typed.value = new Map(typed.peek()).set(id, back);
      removed.value = removed.peek().filter(({ item }) => item.id !== id);
      chosen.value = id;
      if (!(await store(id))) return;
      await save(() => settings.change((all) => ({ ...all, relays: inOrder(all.relays, order) })));
    },
    forget(id) {
      removed.value = removed.peek().filter(({ item }) => item.id !== id);
    },
    refresh,
  };
}

/** Why this relay cannot be stored; `undefined` where it can. */
export function addressProblemOf({ address, plain }: Relay): AddressProblem | undefined {
  const parsed = parseRelayAddress(address, plain);
  return parsed.ok ? undefined : parsed.problem;
}

function createBlank(id: string): RelayDraft {
  return { id, name: '', address: '', plain: false, rememberToken: false, token: '' };
}

function inOrder(relays: readonly Relay[], order: readonly string[]): Relay[] {
  return relays.toSorted((one, other) => order.indexOf(one.id) - order.indexOf(other.id));
}
