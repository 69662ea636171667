/** What is being typed into a field, which nothing from elsewhere overwrites meanwhile. */
import { useSignal } from '@preact/signals';

type DraftDeps = { value: string; maxLength: number; type(value: string): void; leave(): void };

export type Draft = { shown: string; type(typed: string): void; leave(): void };

export function useDraft({ value, maxLength, type, leave }: DraftDeps): Draft {
  const draft = useSignal<string | undefined>(undefined);
  return {
    shown: draft.value ?? value,
    type(typed) {
      draft.value = typed.slice(0, maxLength);
      type(draft.value);
    },
    leave() {
      draft.value = undefined;
      leave();
    },
  };
}
