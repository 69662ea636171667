/** The three states, which never hide: the relay, the platform, the call. */
import type { ReadonlySignal } from '@preact/signals';
import type { JSX } from 'preact';
import { words } from '../../utils/browser/runtime.ts';
import type { PlatformState, RelayState } from '../../utils/connection/state.ts';
import type { FromSidebar } from '../../utils/messaging/sidebar-port.ts';
import type { CallSummary } from '../../utils/transcript/call.ts';
import { formatDuration } from '../duration.ts';
import { CloseIcon, SettingsIcon } from '../icons.tsx';
import type { SidebarModel } from './model.ts';

/** A pause this long is worth a look; it is not the end of the call. */
const SILENT_AFTER_MS = 60_000;

type Tone = 'ok' | 'wait' | 'bad' | 'none';
type State = { tone: Tone; label: string; detail?: string | undefined };

type HeaderProps = {
  model: SidebarModel;
  now: ReadonlySignal<number>;
  say(message: FromSidebar): void;
};

export function Header({ model, now, say }: HeaderProps): JSX.Element {
  const status = model.status.value;
  const call = model.shown.value?.summary.value;
  const nowMs = now.value;
  return (
    <header class="header">
      <div class="states">
        <StateView name="relay" {...relayLabel(status?.relay, nowMs)} />
        <StateView name="platform" {...platformLabel(status?.platform)} />
        <StateView name="call" {...callLabel(call, nowMs)} />
      </div>
      <button
        class="icon"
        type="button"
        title={words('openOptions')}
        onClick={() => say({ type: 'open-options' })}
      >
        <SettingsIcon />
      </button>
      <button class="icon" type="button" title={words('closeSidebar')} onClick={() => say({ type: 'close' })}>
        <CloseIcon />
      </button>
    </header>
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

function relayLabel(relay: RelayState | undefined, nowMs: number): State {
  switch (relay?.name) {
    case 'connected':
      return { tone: 'ok', label: words('stateRelay') };
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

/** Silence is not the end: a live call only says how long ago its last line came. */
function callLabel(call: CallSummary | undefined, nowMs: number): State {
  if (call === undefined) return { tone: 'none', label: words('callNone') };
  const label = words('stateCall');
  if (call.phase === 'ended') return { tone: 'none', label, detail: words('callEnded') };
  if (call.lastLineAtMs === undefined) return { tone: 'ok', label, detail: words('callNoLine') };
  const sinceMs = nowMs - call.lastLineAtMs;
  const isSilent = sinceMs >= SILENT_AFTER_MS;
  return {
    tone: isSilent ? 'wait' : 'ok',
    label,
    detail: words(isSilent ? 'callSilent' : 'callAgo', formatDuration(sinceMs)),
  };
}
