/** Moves an item of the note by its grip: with the mouse, a pen or a finger. */
import { type ReadonlySignal, signal } from '@preact/signals';

/** The item that is held, and the place it would take if it were let go now. */
export type Held = { id: string; from: number; to: number };

export type NoteDrag = {
  held: ReadonlySignal<Held | undefined>;
  /** For the grip of the item at `from`. */
  begin(event: PointerEvent, id: string, from: number): void;
};

/** `list` holds the items, each with `data-item`; `drop` hears of those that were let go somewhere else. */
export function createNoteDrag(list: () => HTMLElement | null, drop: (held: Held) => void): NoteDrag {
  const held = signal<Held>();

  function begin(event: PointerEvent, id: string, from: number): void {
    const grip = event.currentTarget;
    if (!(grip instanceof HTMLElement) || event.button !== 0) return;
    // The focus stays where it was.
    event.preventDefault();
    grip.setPointerCapture(event.pointerId);
    held.value = { id, from, to: from };
    const leaving = new AbortController();
    const { signal: left } = leaving;
    const end = (isDropped: boolean) => {
      leaving.abort();
      const last = held.peek();
      held.value = undefined;
      if (isDropped && last !== undefined && last.to !== last.from) drop(last);
    };
    grip.addEventListener('pointermove', ({ clientY }) => hold(clientY, id, from), { signal: left });
    grip.addEventListener('pointerup', () => end(true), { signal: left });
    grip.addEventListener('lostpointercapture', () => end(false), { signal: left });
    const letGo = (key: KeyboardEvent) => {
      if (key.key !== 'Escape') return;
      key.preventDefault();
      key.stopPropagation();
      end(false);
    };
    document.addEventListener('keydown', letGo, { signal: left, capture: true });
  }

  function hold(clientY: number, id: string, from: number): void {
    const rows = [...(list()?.querySelectorAll<HTMLElement>('[data-item]') ?? [])];
    const others = rows.filter((row) => row.dataset['item'] !== id);
    const to = others.filter((row) => clientY > middleOf(row)).length;
    if (held.peek()?.to === to) return;
    held.value = { id, from, to };
    rows[to]?.scrollIntoView({ block: 'nearest' });
  }

  return { held, begin };
}

function middleOf(row: HTMLElement): number {
  const { top, height } = row.getBoundingClientRect();
  return top + height / 2;
}
