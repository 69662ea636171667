/** The events that the inspector shows: the last ones, held still while one of them is studied. */
import { computed, type ReadonlySignal, signal } from '@preact/signals';
import type { RawEvent } from '../../utils/messaging/options-port.ts';

const MAX_EVENTS = 50;

export type InspectorEvents = {
  /** Oldest first, at most `MAX_EVENTS`. */
  shown: ReadonlySignal<readonly RawEvent[]>;
  chosen: ReadonlySignal<RawEvent | undefined>;
  /** How many came since one was chosen; they are shown once none is. */
  waitingCount: ReadonlySignal<number>;
  take(events: readonly RawEvent[]): void;
  choose(event: RawEvent): void;
  /** None is studied any more. */
  goOn(): void;
  /** Another relay's will come. */
  clear(): void;
};

export function createInspectorEvents(): InspectorEvents {
  const last = signal<readonly RawEvent[]>([]);
  const studied = signal<{ event: RawEvent; shown: readonly RawEvent[] } | undefined>(undefined);
  const cameSince = signal(0);

  function goOn(): void {
    studied.value = undefined;
    cameSince.value = 0;
  }

  return {
    shown: computed(() => studied.value?.shown ?? last.value),
    chosen: computed(() => studied.value?.event),
    waitingCount: cameSince,
    take(events) {
      // A line that was opened again tells anew what it told before.
      const known = new Set(last.peek().map(keyOf));
      const fresh = events.filter((event) => !known.has(keyOf(event)));
      if (fresh.length === 0) return;
      last.value = [...last.peek(), ...fresh].slice(-MAX_EVENTS);
      if (studied.peek() !== undefined) cameSince.value += fresh.length;
    },
    choose(event) {
      studied.value = { event, shown: studied.peek()?.shown ?? last.peek() };
    },
    goOn,
    clear() {
      last.value = [];
      goOn();
    },
  };
}

/** A relay that lost its stream counts anew, at a later time. */
export function keyOf({ seq, atMs }: RawEvent): string {
  return `${seq} ${atMs}`;
}
