/** Tells when the bus comes and goes, and once for each time that it stays away for long. */
import type { Clock } from '../clock.ts';
import type { Limits } from '../limits.ts';
import type { Bus } from './bus.ts';

export type BusWatchDependencies = {
  clock: Pick<Clock, 'after'>;
  limits: Pick<Limits, 'busAwayMs'>;
  onChange: () => void;
  /** It has been away for `busAwayMs`. */
  onLongAway: () => void;
};

export function watchBus(
  bus: Pick<Bus, 'onStatus'>,
  { clock, limits, onChange, onLongAway }: BusWatchDependencies,
): { stop: () => void } {
  let cancel = () => {};
  let isAway = false;
  bus.onStatus(({ state }) => {
    if (isAway !== (state === 'away')) {
      isAway = !isAway;
      cancel();
      if (isAway) cancel = clock.after(limits.busAwayMs, onLongAway);
    }
    onChange();
  });
  return { stop: () => cancel() };
}
