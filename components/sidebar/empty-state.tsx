/** What the sidebar teaches while there is no call to show. */
import type { JSX } from 'preact';
import { words } from '../../utils/browser/runtime.ts';
import type { Status } from '../../utils/messaging/sidebar-port.ts';
import { formatDuration } from '../duration.ts';
import { useDesk } from './context.ts';
import { GapRow } from './gap-row.tsx';
import { WhatToDo } from './what-to-do.tsx';

type EmptyProps = {
  status: Status | undefined;
  playDemo(): void;
};

export function EmptyState({ status, playDemo }: EmptyProps): JSX.Element {
  const { now, say } = useDesk();
  const relay = status?.relay;
  switch (relay?.name) {
    case 'connected':
      return (
        <div class="empty" data-empty="listening">
          <h1>{words('emptyListening')}</h1>
          <p>{words('emptyListeningHint')}</p>
          <p class="since">{words('emptyConnectedFor', formatDuration(now.value - relay.sinceMs))}</p>
          {status?.lastGap === undefined ? null : <GapRow gap={status.lastGap} />}
          <DemoButton playDemo={playDemo} />
          <WhatToDo topic="no-events" label="helpNoLines" />
        </div>
      );
    case 'stopped':
      return (
        <div class="empty" data-empty="stopped">
          <h1>{words('emptyNotSet')}</h1>
          {relay.reason === 'relay-not-set' ? <p>{words('problemRelayNotSet')}</p> : null}
          <button class="primary" type="button" onClick={() => say({ type: 'open-options' })}>
            {words('openOptions')}
          </button>
          <DemoButton playDemo={playDemo} />
          {relay.reason === 'relay-not-set' ? <WhatToDo topic="set-up" /> : null}
        </div>
      );
    case 'waiting':
      return (
        <div class="empty" data-empty="waiting">
          <h1>{words('emptyNotSet')}</h1>
          <DemoButton playDemo={playDemo} />
        </div>
      );
    default:
      return (
        <div class="empty" data-empty="connecting">
          <h1>{words('emptyConnecting')}</h1>
        </div>
      );
  }
}

function DemoButton({ playDemo }: { playDemo(): void }): JSX.Element {
  return (
    <button class="plain" type="button" data-demo onClick={playDemo}>
      {words('demoPlay')}
    </button>
  );
}
