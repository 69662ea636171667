/** Whether the last change of a relay was stored. */
import type { JSX } from 'preact';
import { words } from '../../utils/browser/runtime.ts';
import type { RelaySaving } from './relay-list.ts';

export function RelaySaved({ saving }: { saving: RelaySaving }): JSX.Element {
  return (
    <p class={`saved ${saving}`} role="status" data-saved={saving}>
      {saving === 'saved' ? words('changesSaved') : null}
      {saving === 'failed' ? words('relayNotStored') : null}
    </p>
  );
}
