/**
 * The preferences as the page shows them. What is changed is shown at once and stored soon; what another page changes
 * meanwhile is taken over, save where something was changed here that is not stored yet.
 */
import { batch, computed, type ReadonlySignal, signal } from '@preact/signals';
import type { Preferences } from '../../utils/settings/preferences.ts';
import type { PreferencesStore } from '../../utils/settings/preferences-store.ts';
import { changedPart, mergePreferences } from './merge-preferences.ts';

/** What became of the last change. */
type Saving = 'idle' | 'saved' | 'failed';

export type PreferencesEditor = {
  shown: ReadonlySignal<Preferences>;
  saving: ReadonlySignal<Saving>;
  /** What is shown and not known to be stored. */
  unsaved: ReadonlySignal<Partial<Preferences>>;
  /** Shows a choice and stores it. */
  edit(part: Partial<Preferences>): void;
  /** Shows what is being typed, and stores it after a pause. */
  type(part: Partial<Preferences>): void;
  /** Stores what is not stored yet; resolves when that was done, or failed. */
  flush(): Promise<void>;
  /** Takes over what is stored. */
  refresh(): Promise<void>;
};

type EditorDeps = {
  store: PreferencesStore;
  initial: Preferences;
  setTimer(run: () => void, ms: number): unknown;
};

const TYPING_PAUSE_MS = 400;
const SAVED_SHOWN_MS = 2_500;

export function createPreferencesEditor({ store, initial, setTimer }: EditorDeps): PreferencesEditor {
  const shown = signal(initial);
  const saving = signal<Saving>('idle');
  /** As last known to be stored. */
  const base = signal(initial);
  const unsaved = computed(() => changedPart(base.value, shown.value));
  let typed = 0;
  let savings = 0;
  let last: Promise<void> = Promise.resolve();

  function tell(next: Saving): void {
    savings += 1;
    const said = savings;
    saving.value = next;
    if (next !== 'saved') return;
    setTimer(() => {
      if (said === savings) saving.value = 'idle';
    }, SAVED_SHOWN_MS);
  }

  async function takeOver(): Promise<void> {
    const theirs = await store.read();
    batch(() => {
      shown.value = mergePreferences(base.peek(), shown.peek(), theirs);
      base.value = theirs;
    });
  }

  async function save(): Promise<void> {
    if (!isPending()) return;
    try {
      await takeOver();
      const part = unsaved.peek();
      await store.change(part);
      base.value = { ...base.peek(), ...part };
      tell('saved');
      // What is locked was not taken, and stands on the page as it holds.
      await takeOver().catch(() => {});
    } catch {
      tell('failed');
    }
  }

  function isPending(): boolean {
    return Object.keys(unsaved.peek()).length > 0;
  }

  /** One after another, so that none takes for stored what is still on its way. */
  function queue(work: () => Promise<void>): Promise<void> {
    last = last.then(work);
    return last;
  }

  function show(part: Partial<Preferences>): void {
    typed += 1;
    shown.value = { ...shown.peek(), ...part };
  }

  return {
    shown: computed(() => shown.value),
    saving: computed(() => saving.value),
    unsaved,
    edit(part) {
      show(part);
      void queue(save);
    },
    type(part) {
      show(part);
      const mine = typed;
      setTimer(() => {
        if (mine === typed) void queue(save);
      }, TYPING_PAUSE_MS);
    },
    flush: () => queue(save),
    // Where they cannot be read, what is shown stays.
    refresh: () => queue(() => takeOver().catch(() => {})),
  };
}
