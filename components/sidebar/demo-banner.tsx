/** Says that what is shown is no real call. */
import type { JSX } from 'preact';
import { words } from '../../utils/browser/runtime.ts';

export function DemoBanner({ stop }: { stop(): void }): JSX.Element {
  return (
    <div class="banner demo" data-demo-banner>
      {words('demoBanner')}{' '}
      <button type="button" onClick={stop}>
        {words('demoStop')}
      </button>
    </div>
  );
}
