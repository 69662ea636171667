/** What the sidebar teaches while there is no call to show. */
import type { JSX } from 'preact';
import { words } from '../../utils/browser/runtime.ts';
import type { Status } from '../../utils/messaging/sidebar-port.ts';
import { formatDuration } from '../duration.ts';
import { useDesk } from './context.ts';
import { emptyKind } from './empty-kind.ts';
import { GapRow } from './gap-row.tsx';
import { WhatToDo } from './what-to-do.tsx';

type EmptyProps = {
  status: Status | undefined;
  playDemo(): void;
};

export function EmptyState({ status, playDemo }: EmptyProps): JSX.Element {
  const { now, say } = useDesk();
  if (status === undefined) return <Connecting />;
  const { relay, lastGap } = status;
  const isNotSet = relay.name === 'stopped' && relay.reason === 'relay-not-set';
  switch (emptyKind(status)) {
    case 'listening':
      return (
        <div class="empty" data-empty="listening">
          <h1>{words('emptyListening')}</h1>
          <p>{words('emptyListeningHint')}</p>
          <p class="since">{words('emptyConnectedFor', formatDuration(now.value - relay.sinceMs))}</p>
          {lastGap === undefined ? null : <GapRow gap={lastGap} />}
          <DemoButton playDemo={playDemo} />
          <WhatToDo topic="no-events" label="helpNoLines" />
        </div>
      );
    case 'stopped':
      return (
        <div class="empty" data-empty="stopped">
          <h1>{words('emptyNotSet')}</h1>
          {isNotSet ? <p>{words('problemRelayNotSet')}</p> : null}
          <button class="primary" type="button" onClick={() => say({ type: 'open-options' })}>
            {words('openOptions')}
          </button>
          <DemoButton playDemo={playDemo} />
          {isNotSet ? <WhatToDo topic="set-up" /> : null}
        </div>
      );
    case 'away':
      return (
        <div class="empty" data-empty="away">
          <h1>{words('emptyNotSet')}</h1>
          <DemoButton playDemo={playDemo} />
        </div>
      );
    case 'connecting':
      return <Connecting />;
  }
}

function Connecting(): JSX.Element {
  return (
    <div class="empty" data-empty="connecting">
      <h1>{words('emptyConnecting')}</h1>
    </div>
  );
}

function DemoButton({ playDemo }: { playDemo(): void }): JSX.Element {
  return (
    <button class="plain" type="button" data-demo onClick={playDemo}>
      {words('demoPlay')}
    </button>
  );
}
