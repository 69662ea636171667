/** The three states, which never hide: the relay, the platform, the call; and what can be done with the sidebar. */
import type { ComponentChildren, JSX } from 'preact';
import { words } from '../../utils/browser/runtime.ts';
import type { PlatformState, RelayState } from '../../utils/connection/state.ts';
import type { Status } from '../../utils/messaging/sidebar-port.ts';
import type { CallSummary } from '../../utils/transcript/call.ts';
import { formatDuration } from '../duration.ts';
import { CloseIcon, CollapseIcon, SearchIcon } from '../icons.tsx';
import { callState } from './call-state.ts';
import { useDesk } from './context.ts';
import type { SidebarModel } from './model.ts';
import { shownRelayName } from './relay-choice.tsx';

type Tone = 'ok' | 'wait' | 'bad' | 'none';
type State = { tone: Tone; label: string; detail?: string | undefined };

type HeaderProps = {
  states: ComponentChildren;
  menu: ComponentChildren;
  /** `undefined`: there is no call to search in. */
  openSearch: (() => void) | undefined;
  collapse(): void;
};

export function Header({ states, menu, openSearch, collapse }: HeaderProps): JSX.Element {
  const { surface, say } = useDesk();
  return (
    <header class="header">
      {states}
      <div class="tools">
        {openSearch === undefined ? null : (
          <button
            class="icon"
            type="button"
            title={words('searchOpen')}
            data-search-open
            onClick={openSearch}
          >
            <SearchIcon />
          </button>
        )}
        {menu}
        {surface === 'overlay' ? (
          <>
            <button class="icon" type="button" title={words('collapse')} data-collapse onClick={collapse}>
              <CollapseIcon />
            </button>
            <button
              class="icon"
              type="button"
              title={words('closeSidebar')}
              onClick={() => say({ type: 'close' })}
            >
              <CloseIcon />
            </button>
          </>
        ) : null}
      </div>
    </header>
  );
}

export function States({ model }: { model: SidebarModel }): JSX.Element {
  const status = model.status.value;
  const nowMs = useDesk().now.value;
  return (
    <div class="states">
      <StateView
        name="relay"
        {...relayLabel(status?.relay, nowMs, shownRelayName(model.relays.value) ?? words('stateRelay'))}
      />
      <StateView name="platform" {...platformLabel(status?.platform)} />
      <StateView name="call" {...callLabel(model.shown.value?.summary.value, nowMs, isHeard(status))} />
    </div>
  );
}

/** In the demo there is no relay and no platform, and it says so. */
export function DemoStates(): JSX.Element {
  return (
    <div class="states">
      <StateView name="demo" tone="none" label={words('demoState')} />
    </div>
  );
}

function StateView({ name, tone, label, detail }: State & { name: string }): JSX.Element {
  return (
    <span class={`state ${tone}`} data-state={name} data-tone={tone}>
      <i aria-hidden="true" />
      {label}
      {detail === undefined ? null : <b>{detail}</b>}
    </span>
  );
}

/** `name`: what a relay that is connected is called. */
function relayLabel(relay: RelayState | undefined, nowMs: number, name: string): State {
  switch (relay?.name) {
    case 'connected':
      return { tone: 'ok', label: name };
    case 'waiting':
      return {
        tone: 'wait',
        label: words('relayReconnecting', formatDuration(relay.retryAtMs - nowMs + 999)),
      };
    case 'stopped':
      return { tone: 'bad', label: stoppedLabel(relay.reason) };
    case 'off':
      return { tone: 'none', label: words('relayOff') };
    case 'connecting':
    case undefined:
      return { tone: 'wait', label: words('relayConnecting') };
  }
}

function stoppedLabel(reason: Extract<RelayState, { name: 'stopped' }>['reason']): string {
  switch (reason) {
    case 'relay-not-set':
      return words('relayNotSet');
    case 'token-missing':
    case 'token-refused':
      return words('relayTokenRefused');
    case 'token-expired':
      return words('relayTokenExpired');
    default:
      return words('relayStopped');
  }
}

function platformLabel(platform: PlatformState | undefined): State {
  switch (platform?.name) {
    case 'up':
      return { tone: 'ok', label: words('statePlatform') };
    case 'connecting':
      return { tone: 'wait', label: words('platformConnecting') };
    case 'down':
      return { tone: 'bad', label: words('platformDown') };
    case 'unauthorized':
      return { tone: 'bad', label: words('platformUnauthorized') };
    case 'unknown':
    case undefined:
      return { tone: 'wait', label: words('statePlatform') };
  }
}

/** Whether a line that is spoken now would arrive. */
function isHeard(status: Status | undefined): boolean {
  return status?.relay.name === 'connected' && status.platform.name === 'up';
}

/** Silence is not the end: a live call only says how long ago its last line came. */
function callLabel(call: CallSummary | undefined, nowMs: number, heard: boolean): State {
  if (call === undefined) return { tone: 'none', label: words('callNone') };
  const label = words('stateCall');
  const state = callState(call, nowMs);
  if (state === 'ended') return { tone: 'none', label, detail: words('callEnded') };
  const tone = heard ? 'ok' : 'wait';
  if (call.lastLineAtMs === undefined) return { tone, label, detail: words('callNoLine') };
  const since = formatDuration(nowMs - call.lastLineAtMs);
  return state === 'silent'
    ? { tone: 'wait', label, detail: words('callSilent', since) }
    : { tone, label, detail: words('callAgo', since) };
}
