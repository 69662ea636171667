/** The sidebar's picture of the calls: signals over what the background sends, and the one of them that is shown. */
import { batch, computed, type ReadonlySignal, signal } from '@preact/signals';
import type { CallChange, Status, ToSidebar } from '../../utils/messaging/sidebar-port.ts';
import type { FollowMode, PageRecord, View } from '../../utils/messaging/surface.ts';
import type { CallSummary } from '../../utils/transcript/call.ts';
import { type CallModel, createCall, dropBefore, putEntries } from './call-model.ts';
import { chooseCall, offerCall } from './choose-call.ts';

export type ShownRelays = Pick<Extract<ToSidebar, { type: 'relays' }>, 'relays' | 'current'>;
/** The site of the page beside, where there is one. */
export type PageSite = Extract<ToSidebar, { type: 'site' }>['site'];

export type SidebarModel = {
  status: ReadonlySignal<Status | undefined>;
  /** In the order in which they began. */
  calls: ReadonlySignal<readonly CallModel[]>;
  shown: ReadonlySignal<CallModel | undefined>;
  /** A live call that began since and is not shown, because the reader is busy with another. */
  offered: ReadonlySignal<CallModel | undefined>;
  mode: ReadonlySignal<FollowMode>;
  /** What the page under the overlay shows. */
  page: ReadonlySignal<PageRecord | undefined>;
  /** The relays there are and the one whose calls these are. */
  relays: ReadonlySignal<ShownRelays>;
  site: ReadonlySignal<PageSite>;
  /** What was read before a reload or on another surface; known from the first message on. */
  lastView: ReadonlySignal<View | undefined>;
  /** Every call there was is named here, though not everything that was said. */
  complete: ReadonlySignal<boolean>;
  /** Shows this call until the reader says otherwise. */
  pin(callId: string): void;
  follow(mode: FollowMode): void;
  /** Offers this call no more. */
  decline(callId: string): void;
  /** While it is held, the shown call changes by no other hand than the reader's. */
  hold(held: boolean): void;
  /** The extension was updated or removed: nothing will come any more. */
  ended: ReadonlySignal<boolean>;
  end(): void;
  take(message: ToSidebar): void;
};

/** `country` is the agent's, as `Choice` wants it. */
export function createSidebarModel(country: () => string = () => ''): SidebarModel {
  const status = signal<Status>();
  const ended = signal(false);
  const calls = signal<readonly CallModel[]>([]);
  const shownId = signal<string>();
  const mode = signal<FollowMode>('record');
  const page = signal<PageRecord>();
  const relays = signal<ShownRelays>({ relays: [], current: '' });
  const site = signal<PageSite>();
  const lastView = signal<View>();
  const complete = signal(false);
  /** The calls as far as the choice between them goes: it changes with a call, not with every line. */
  const lineup = signal<readonly CallSummary[]>([]);
  const declined = signal<ReadonlySet<string>>(new Set());
  let held = false;
  /** Calls named since `reset`, until the snapshot is complete. */
  let named: Set<string> | undefined;
  const shown = computed(() => calls.value.find(({ id }) => id === shownId.value));
  const offered = computed(() => {
    const offeredId = offerCall(choice(), declined.value);
    return calls.value.find(({ id }) => id === offeredId);
  });

  function choice() {
    return {
      calls: lineup.value,
      shownId: shownId.value,
      mode: mode.value,
      page: page.value,
      country: country(),
      held,
    };
  }

  function choose(): void {
    if (named !== undefined) return;
    // A pinned call that is no longer kept pins nothing.
    const isKept = lineup.value.some(({ id }) => id === shownId.value);
    if (mode.value === 'pinned' && !isKept) mode.value = 'record';
    shownId.value = chooseCall(choice());
  }

  /** Not before a snapshot is complete, or a call would be offered for a moment that is about to be shown. */
  function lineUp(): void {
    if (named !== undefined) return;
    const summaries = calls.value.map(({ summary }) => summary.value);
    const isSame = summaries.length === lineup.value.length && summaries.every(isInLine);
    if (isSame) return;
    lineup.value = summaries;
    choose();
  }

  function isInLine({ id, startedAtMs, phase, parties }: CallSummary, at: number): boolean {
    const known = lineup.value[at];
    return (
      known?.id === id &&
      known.startedAtMs === startedAtMs &&
      known.phase === phase &&
      known.parties.caller === parties.caller &&
      known.parties.callee === parties.callee
    );
  }

  function take(message: ToSidebar): void {
    switch (message.type) {
      case 'reset':
        named = new Set();
        status.value = message.status;
        if (lastView.value === undefined && !complete.value) takeView(message.view);
        return;
      case 'status':
        status.value = message.status;
        return;
      case 'changes':
        // First what is forgotten: a call may be let go and begin anew in one message.
        if (message.forgotten.length > 0) forget(message.forgotten);
        for (const change of message.calls) takeChange(change);
        return lineUp();
      case 'older':
        takeChange(message.change);
        return lineUp();
      case 'complete':
        calls.value = calls.value.filter(({ id }) => named?.has(id) ?? true);
        named = undefined;
        lineUp();
        choose();
        complete.value = true;
        return;
      case 'page':
        page.value = message.page;
        return choose();
      case 'relays':
        relays.value = { relays: message.relays, current: message.current };
        return;
      case 'site':
        site.value = message.site;
        return;
      case 'target':
      case 'inserted':
      case 'notes':
      case 'chime':
      case 'moved':
        return;
    }
  }

  /** Only before anything else was read: the reader's own choice is newer than what was kept. */
  function takeView(view: View | undefined): void {
    if (view === undefined) return;
    lastView.value = view;
    mode.value = view.mode;
    shownId.value = view.callId;
  }

  function forget(callIds: readonly string[]): void {
    calls.value = calls.value.filter(({ id }) => !callIds.includes(id));
  }

  function takeChange(change: CallChange): void {
    const { id, startedAtMs } = change.call;
    named?.add(id);
    const sameId = calls.value.find((call) => call.id === id);
    // A call's beginning never changes: another one under this id is another call. One that has older lines than before
    // is begun anew, too: a worker let them go, and died before it had written that down.
    const hasOlder = sameId !== undefined && change.firstIndex < sameId.firstIndex.peek();
    const known = sameId?.startedAtMs === startedAtMs && !hasOlder ? sameId : undefined;
    if (known === undefined) forget([id]);
    const call = known ?? createCall(change.call);
    call.summary.value = change.call;
    dropBefore(call, change.firstIndex);
    putEntries(call, change.entries);
    if (known === undefined) {
      calls.value = [...calls.value, call].sort((one, other) => one.startedAtMs - other.startedAtMs);
    }
  }

  return {
    status,
    calls,
    shown,
    offered,
    mode,
    page,
    relays,
    site,
    lastView,
    complete,
    pin: (callId) =>
      batch(() => {
        mode.value = 'pinned';
        shownId.value = callId;
      }),
    follow: (next) =>
      batch(() => {
        mode.value = next;
        held = false;
        choose();
      }),
    decline(callId) {
      declined.value = new Set([...declined.value, callId]);
    },
    hold(next) {
      held = next;
      if (!held) batch(choose);
    },
    ended,
    end() {
      ended.value = true;
    },
    take: (message) => batch(() => take(message)),
  };
}
