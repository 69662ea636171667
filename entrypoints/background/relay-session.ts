/** When there is a connection to the relay, and what of it the sidebars are told. */
import type { DeliveredFrame, MachineState } from '../../utils/connection/machine-types.ts';
import { parseRelayAddress } from '../../utils/connection/relay-address.ts';
import { type ConnectionDeps, createRelayConnection } from '../../utils/connection/relay-connection.ts';
import type { RelayState, RetryReason, StopReason } from '../../utils/connection/state.ts';
import { findRelay, type Relay } from '../../utils/settings/settings.ts';
import type { SettingsStore } from '../../utils/settings/settings-store.ts';
import type { CallStore } from './call-store.ts';

export type RelaySession = {
  /** A connection is wanted while a sidebar is open somewhere. */
  setWanted(wanted: boolean): void;
  /** The settings may have changed: a new token for the same relay is renewed in place, all else connects anew. */
  settingsChanged(): void;
  /** Somebody asks to connect now. */
  retry(): void;
  suspect(): void;
};

export type RelaySessionDeps = { settings: SettingsStore; connection: ConnectionDeps; store: CallStore };

export function createRelaySession({ settings, connection: deps, store }: RelaySessionDeps): RelaySession {
  let wanted = false;
  let lastRetry: RetryReason | undefined;
  const ready = store.ready.then((checkpoint) =>
    createRelayConnection(
      deps,
      {
        deliver(frame, checkpointAfter) {
          deliver(frame, store);
          store.setCheckpoint(checkpointAfter);
        },
        reportGap: (fromMs, toMs) => store.takeGap({ fromMs, toMs, reason: 'relay-away' }),
        stateChanged: (state) => show(toRelayState(state, deps.nowMs())),
      },
      checkpoint,
    ),
  );

  function show(relay: RelayState): void {
    if (relay.name !== 'connecting') lastRetry = relay.name === 'waiting' ? relay.reason : undefined;
    store.setRelay(relay.name === 'connecting' ? { ...relay, after: lastRetry } : relay);
    if (relay.name !== 'connected') store.setPlatform({ name: 'unknown', sinceMs: deps.nowMs() });
  }

  async function connect(how: 'start' | 'renew'): Promise<void> {
    const [known, connection] = await Promise.all([settings.read(), ready]);
    const relay = findRelay(known);
    const token = relay === undefined ? '' : await settings.tokenOf(relay);
    if (!wanted) return;
    const target = readTarget(relay, token);
    if (typeof target !== 'string') return connection[how](target);
    connection.stop();
    show({ name: 'stopped', sinceMs: deps.nowMs(), reason: target });
  }

  return {
    setWanted(next) {
      if (next === wanted) return;
      wanted = next;
      if (wanted) void connect('start');
      else void ready.then((connection) => connection.stop());
    },
    settingsChanged() {
      if (wanted) void connect('renew');
    },
    retry() {
      if (wanted) void connect('start');
    },
    suspect: () => void ready.then((connection) => connection.suspect()),
  };
}

function readTarget(relay: Relay | undefined, token: string) {
  const plain = relay?.plain ?? false;
  const parsed = parseRelayAddress(relay?.address ?? '', plain);
  if (!parsed.ok)
    return (parsed.problem === 'address-empty' ? 'relay-not-set' : 'address-wrong') satisfies StopReason;
  if (token === '' && !plain) return 'token-missing' satisfies StopReason;
  return { address: parsed.address, token, plain };
}

function deliver(frame: DeliveredFrame, store: CallStore): void {
  switch (frame.type) {
    case 'events':
      return store.takeEvents(frame.events);
    case 'gap':
      return store.takeGap({ fromMs: frame.from, toMs: frame.to, reason: frame.reason });
    case 'upstream':
      return store.setPlatform({ name: frame.state, sinceMs: frame.since, detail: frame.detail });
    case 'position':
    case 'resumed':
      return;
  }
}

function toRelayState(state: MachineState, sinceMs: number): RelayState {
  switch (state.name) {
    case 'off':
      return { name: 'off', sinceMs };
    case 'connecting':
    case 'greeting':
    case 'asking':
      return { name: 'connecting', sinceMs };
    case 'connected':
      return { name: 'connected', sinceMs, agent: state.agent, tokenExpiresAtMs: state.tokenExpiresAtMs };
    case 'waiting':
      return { name: 'waiting', sinceMs, retryAtMs: state.retryAtMs, reason: state.reason };
    case 'stopped':
      return { name: 'stopped', sinceMs, reason: state.reason, expiredAtMs: state.expiredAtMs };
  }
}
