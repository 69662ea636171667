/** The state of everything in names and numbers, for whoever helps: `utils/messaging/diagnosis.ts` says what may be in it. */
import { parseRelayAddress } from '../../utils/connection/relay-address.ts';
import type { PlatformState, RelayState } from '../../utils/connection/state.ts';
import type { Diagnosis, RelayReport } from '../../utils/messaging/diagnosis.ts';
import type { Surface } from '../../utils/messaging/surface.ts';
import type { Relay, Site } from '../../utils/settings/settings.ts';
import type { SettingsStore } from '../../utils/settings/settings-store.ts';
import { countCalls } from './call-counts.ts';
import type { RelayRoom } from './relay-room.ts';
import type { TabState } from './tab-toggle.ts';

export type DiagnoseDeps = {
  startedAtMs: number;
  settings: Pick<SettingsStore, 'read' | 'tokenOf'>;
  rooms(): readonly RelayRoom[];
  tabs(): ReadonlyMap<number, TabState>;
  sidebars(): Iterable<{ surface: Surface }>;
  mayStandOn(origin: string): Promise<boolean>;
};

export async function diagnose(deps: DiagnoseDeps): Promise<Diagnosis> {
  const { relays, sites } = await deps.settings.read();
  const tabs = [...deps.tabs().values()];
  const open = [...deps.sidebars()];
  const countTabs = (state: TabState) => tabs.filter((one) => one === state).length;
  const countSurfaces = (surface: Surface) => open.filter((one) => one.surface === surface).length;
  return {
    startedAtMs: deps.startedAtMs,
    relays: await Promise.all(
      deps.rooms().map((room) =>
        report(
          room,
          relays.find(({ id }) => id === room.id),
          deps.settings,
        ),
      ),
    ),
    tabs: { on: countTabs('on'), left: countTabs('left'), refused: countTabs('refused') },
    surfaces: {
      overlay: countSurfaces('overlay'),
      panel: countSurfaces('panel'),
      window: countSurfaces('window'),
    },
    sites: { listed: sites.length, allowed: await countAllowed(sites, deps.mayStandOn) },
    notes: deps.rooms().reduce((sum, { notes }) => sum + notes.notes().length, 0),
  };
}

async function countAllowed(sites: readonly Site[], mayStandOn: DiagnoseDeps['mayStandOn']): Promise<number> {
  const allowed = await Promise.all(sites.map(({ origin }) => mayStandOn(origin).catch(() => false)));
  return allowed.filter((one) => one).length;
}

async function report(
  room: RelayRoom,
  relay: Relay | undefined,
  settings: DiagnoseDeps['settings'],
): Promise<RelayReport> {
  const status = room.store.status();
  return {
    relay: nameState(status.relay),
    platform: nameState(status.platform),
    plain: relay?.plain ?? false,
    address: addressKind(relay),
    hasToken: relay !== undefined && (await settings.tokenOf(relay)) !== '',
    fieldMap: room.fieldMapOf(),
    ...countCalls(room.store.calls()),
    ...room.store.counts(),
    journal: [...room.journal.entries()],
  };
}

/** A reason is a word of ours; what a relay says in its own words may name somebody, and is left out. */
function nameState(state: RelayState | PlatformState): string {
  return 'reason' in state ? `${state.name} ${state.reason}` : state.name;
}

function addressKind(relay: Relay | undefined): RelayReport['address'] {
  const parsed = parseRelayAddress(relay?.address ?? '', relay?.plain);
  if (!parsed.ok) return parsed.problem === 'address-empty' ? 'none' : 'wrong';
  return parsed.address.streamUrl.startsWith('wss:') ? 'wss' : 'ws';
}
