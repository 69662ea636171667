/** The sign of a hop's state: told apart by shape, and not by colour alone. */
import type { JSX } from 'preact';
import type { HopState } from './hop-run.ts';

const paths: Record<HopState['state'], string> = {
  waiting: '',
  running: 'M8 2.500a5.500 5.500 0 0 1 5.500 5.500',
  unreached: 'M5.500 8h5',
  good: 'm4.800 8.300 2.200 2.200 4.300-4.800',
  poor: 'm5.500 5.500 5 5m0-5-5 5',
  unknown: 'M6.300 6.400a1.750 1.750 0 1 1 2.600 1.500q-.9.500-.9 1.300m0 1.900v.1',
};

export function HopIcon({ state }: { state: HopState['state'] }): JSX.Element {
  return (
    <svg class="hop-icon" viewBox="0 0 16 16" aria-hidden="true">
      <circle cx="8" cy="8" r="5.500" />
      <path d={paths[state]} />
    </svg>
  );
}
