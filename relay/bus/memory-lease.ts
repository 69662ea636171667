/** The lease of a script whose relays are all in one process. */
import type { Clock } from '../clock.ts';
import type { Limits } from '../limits.ts';
import type { LeaseNote } from './bus.ts';

type HolderListener = (note: LeaseNote | undefined) => void;
/** Of one handle; compared by identity. */
export type LeaseHolder = { listeners: Set<HolderListener> };
export type MemoryLease = ReturnType<typeof createMemoryLease>;

/** Expires unheard, as everywhere: whoever watches it goes by the last note. */
export function createMemoryLease(clock: Clock, { leaseMs }: Pick<Limits, 'leaseMs'>) {
  const watching = new Set<LeaseHolder>();
  let held: { by: LeaseHolder; note: LeaseNote; untilMs: number } | undefined;

  const inForce = () => (held !== undefined && clock.now() < held.untilMs ? held : undefined);

  function tell(note: LeaseNote | undefined): void {
    for (const { listeners } of watching) for (const listener of listeners) listener(note);
  }

  return {
    hold(by: LeaseHolder, note: LeaseNote): 'held' | 'other' {
      const current = inForce();
      if (current !== undefined && current.by !== by) return 'other';
      held = { by, note, untilMs: clock.now() + leaseMs };
      tell(note);
      return 'held';
    },
    release(by: LeaseHolder): void {
      if (held?.by !== by) return;
      held = undefined;
      tell(undefined);
    },
    watch(holder: LeaseHolder, listener: HolderListener): void {
      holder.listeners.add(listener);
      watching.add(holder);
      const current = inForce();
      if (current !== undefined) listener(current.note);
    },
    unwatch: (holder: LeaseHolder): void => void watching.delete(holder),
  };
}
