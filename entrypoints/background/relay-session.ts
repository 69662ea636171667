/** When there is a connection to the relay, and what of it the sidebars are told. */
import type { DeliveredFrame, MachineState } from '../../utils/connection/machine-types.ts';
import { parseRelayAddress } from '../../utils/connection/relay-address.ts';
import { type ConnectionDeps, createRelayConnection } from '../../utils/connection/relay-connection.ts';
import type { RelayState, StopReason } from '../../utils/connection/state.ts';
import type { RelaySettings, SettingsStore } from '../../utils/settings/settings-store.ts';
import type { CallStore } from './call-store.ts';

export type RelaySession = {
  /** A connection is wanted while a sidebar is open somewhere. */
  setWanted(wanted: boolean): void;
  /** Reads the settings again and connects with them: after a change, or because somebody asks to. */
  renew(): void;
  suspect(): void;
};

export type RelaySessionDeps = { settings: SettingsStore; connection: ConnectionDeps; store: CallStore };

export function createRelaySession({ settings, connection: deps, store }: RelaySessionDeps): RelaySession {
  let wanted = false;
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
    store.setRelay(relay);
    if (relay.name !== 'connected') store.setPlatform({ name: 'unknown', sinceMs: deps.nowMs() });
  }

  async function connect(): Promise<void> {
    const [known, connection] = await Promise.all([settings.read(), ready]);
    if (!wanted) return;
    const target = readTarget(known);
    if (typeof target !== 'string') return connection.start(target);
    connection.stop();
    show({ name: 'stopped', sinceMs: deps.nowMs(), reason: target });
  }

  return {
    setWanted(next) {
      if (next === wanted) return;
      wanted = next;
      if (wanted) void connect();
      else void ready.then((connection) => connection.stop());
    },
    renew() {
      if (wanted) void connect();
    },
    suspect: () => void ready.then((connection) => connection.suspect()),
  };
}

function readTarget(known: RelaySettings) {
  const parsed = parseRelayAddress(known.relayAddress);
  if (!parsed.ok)
    return (parsed.problem === 'address-empty' ? 'relay-not-set' : 'address-wrong') satisfies StopReason;
  if (known.token === '') return 'token-missing' satisfies StopReason;
  return { address: parsed.address, token: known.token };
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
      return { name: 'connected', sinceMs, agent: state.agent };
    case 'waiting':
      return { name: 'waiting', sinceMs, retryAtMs: state.retryAtMs, reason: state.reason };
    case 'stopped':
      return { name: 'stopped', sinceMs, reason: state.reason };
  }
}
