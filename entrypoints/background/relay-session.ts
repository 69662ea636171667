/** When there is a connection to a relay, and what of it the sidebars are told. */
import type { DeliveredFrame, MachineState } from '../../utils/connection/machine-types.ts';
import { parseRelayAddress } from '../../utils/connection/relay-address.ts';
import {
  type ConnectionDeps,
  createRelayConnection,
  type RelayConnection,
} from '../../utils/connection/relay-connection.ts';
import type { RelayState, RetryReason, StopReason } from '../../utils/connection/state.ts';
import type { Relay } from '../../utils/settings/settings.ts';
import type { SettingsStore } from '../../utils/settings/settings-store.ts';
import type { FieldMap } from '../../utils/transcript/field-map.ts';
import type { CallStore } from './call-store.ts';
import type { Journal } from './journal.ts';

export type RelaySession = {
  /** A connection is wanted while a sidebar that shows this relay is open somewhere, or somebody watches it. */
  setWanted(wanted: boolean): void;
  /** The settings may have changed: a new token for the same relay is renewed in place, all else connects anew. */
  settingsChanged(): void;
  /** Somebody asks to connect now. */
  retry(): void;
  suspect(): void;
};

export type RelaySessionDeps = {
  relayId: string;
  settings: Pick<SettingsStore, 'read' | 'tokenOf'>;
  connection: ConnectionDeps;
  store: Pick<CallStore, 'ready' | 'takeEvents' | 'takeGap' | 'setCheckpoint' | 'setRelay' | 'setPlatform'>;
  journal: Journal;
  /** The relay has greeted us, and says how its events are to be read; before any of them. */
  greeted(fieldMap: FieldMap | undefined): void;
};

export function createRelaySession({
  relayId,
  settings,
  connection: deps,
  store,
  journal,
  greeted,
}: RelaySessionDeps): RelaySession {
  let wanted = false;
  /** What was last connected to; settings change for many reasons, and most are none to connect anew. */
  let connectedTo: string | undefined;
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
        stateChanged(state) {
          journal.note('reason' in state ? `${state.name} ${state.reason}` : state.name);
          if (state.name === 'connected') greeted(state.fieldMap);
          show(toRelayState(state, deps.nowMs()));
        },
        closed: (code) => journal.note('closed', code),
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
    const relay = known.relays.find(({ id }) => id === relayId);
    const token = relay === undefined ? '' : await settings.tokenOf(relay);
    if (!wanted) return;
    const target = readTarget(relay, token);
    const before = connectedTo;
    connectedTo = JSON.stringify(target);
    if (how === 'renew' && connectedTo === before) return;
    if (typeof target !== 'string') return connection[how](target);
    connection.stop();
    journal.note(`stopped ${target}`);
    show({ name: 'stopped', sinceMs: deps.nowMs(), reason: target });
  }

  function disconnect(connection: RelayConnection): void {
    if (wanted) return;
    connectedTo = undefined;
    connection.stop();
  }

  return {
    setWanted(next) {
      if (next === wanted) return;
      wanted = next;
      if (wanted) void connect('start');
      else void ready.then(disconnect);
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

function deliver(frame: DeliveredFrame, store: RelaySessionDeps['store']): void {
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
