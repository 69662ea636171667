/** What the sidebar holds beside the calls: what is searched, what is read, the demo, and the quiet words at the foot. */
import { computed, effect, type ReadonlySignal, type Signal, signal } from '@preact/signals';
import { uiLanguage, words } from '../../utils/browser/runtime.ts';
import { countryOf } from '../../utils/crm/phone.ts';
import type { HelpTopic } from '../../utils/help/topics.ts';
import type { FromSidebar, ToSidebar } from '../../utils/messaging/sidebar-port.ts';
import type { View } from '../../utils/messaging/surface.ts';
import type { Preferences } from '../../utils/settings/preferences.ts';
import type { Written } from '../../utils/transcript/formats/format.ts';
import type { CallModel } from './call-model.ts';
import { matchPage } from './choose-call.ts';
import type { DemoCall } from './demo-call.ts';
import { createInsertion, type Insertion } from './insertion.ts';
import { createKeywordFinds, type KeywordFinds } from './keyword-finds.ts';
import type { SidebarModel } from './model.ts';
import { createNoteBook, type NoteBook } from './note-book.ts';
import { createSearch, type Search } from './search.ts';

export type Notice = {
  text: string;
  tone: 'done' | 'failed';
  /** The page that says more. */
  help?: HelpTopic;
  /** What can be done about it while it is said. */
  action?: { label: string; run(): void };
};

export type SidebarState = {
  /** The calls that are shown: the real ones, or the demo's. */
  model: ReadonlySignal<SidebarModel>;
  shown: ReadonlySignal<CallModel | undefined>;
  search: Search;
  keywords: KeywordFinds;
  notes: NoteBook;
  insertion: Insertion;
  /** The page in front, which a note goes into: the demo's too. */
  page: SidebarModel['page'];
  collapsed: Signal<boolean>;
  /** Where the reader of a call is, while they are not at its newest line. */
  anchorOf(callId: string): View['anchor'];
  place(callId: string, anchor: View['anchor']): void;
  /** Calls back when the sidebar is about to go, so that the last place is known; returns the undoing. */
  onLeave(tell: () => void): () => void;
  /** To be called before `view` is read for the last time. */
  leave(): void;
  /** What would have to be known to go on here later. */
  view: ReadonlySignal<View>;
  demo: ReadonlySignal<DemoCall | undefined>;
  /** Shows a demo call, or with `undefined` the real ones again. */
  setDemo(demo: DemoCall | undefined): void;
  notice: ReadonlySignal<Notice | undefined>;
  notify(notice: Notice): void;
  /** Hears what the background says of notes and insertions. */
  take(message: ToSidebar): void;
};

export type SidebarStateDeps = {
  /** `false`: nobody heard it. */
  say(message: FromSidebar): boolean;
  /** `false`: the browser does not let it happen now. */
  copy(written: Written): boolean;
  pasteKeys: string;
  newId(): string;
  setTimer(run: () => void, ms: number): unknown;
};

const CONFIRMED_MS = 1_600;
/** Also of what offers something to do. */
const FAILED_MS = 6_400;

export function createSidebarState(
  real: SidebarModel,
  preferences: ReadonlySignal<Preferences>,
  deps: SidebarStateDeps,
): SidebarState {
  const demo = signal<DemoCall>();
  const collapsed = signal(false);
  const leaving = new Set<() => void>();
  const anchors = signal<ReadonlyMap<string, NonNullable<View['anchor']>>>(new Map());
  const notice = signal<Notice>();
  const model = computed(() => demo.value?.model ?? real);
  const shown = computed(() => model.value.shown.value);
  const search = createSearch(shown);
  const notes = createNoteBook({
    shown,
    calls: real.calls,
    newId: deps.newId,
    refuse: (reason) =>
      notify({
        text: words(reason === 'items' ? 'noteFull' : 'noteTextFull'),
        tone: 'failed',
        help: 'storage',
      }),
  });
  const insertion = createInsertion({
    ...deps,
    match() {
      const call = shown.peek()?.summary.peek();
      const country = countryOf(preferences.peek().country, uiLanguage());
      return call === undefined ? 'unknown' : matchPage(call, real.page.peek(), country);
    },
    notify,
  });

  function place(callId: string, anchor: View['anchor']): void {
    const next = new Map(anchors.peek());
    if (anchor === undefined) next.delete(callId);
    else next.set(callId, anchor);
    anchors.value = next;
  }

  function setDemo(next: DemoCall | undefined): void {
    demo.peek()?.stop();
    demo.value = next;
  }

  function notify(next: Notice): void {
    notice.value = next;
    const isBrief = next.tone === 'done' && next.action === undefined;
    deps.setTimer(
      () => {
        if (notice.peek() === next) notice.value = undefined;
      },
      isBrief ? CONFIRMED_MS : FAILED_MS,
    );
  }

  // A real call is never hidden behind a demo.
  effect(() => {
    if (real.shown.value?.summary.value.phase === 'live') setDemo(undefined);
  });
  effect(() => {
    const last = real.lastView.value;
    if (last === undefined) return;
    collapsed.value = last.collapsed;
    if (last.callId !== undefined) place(last.callId, last.anchor);
    if (last.search !== undefined) search.restore(last.search);
  });

  return {
    model,
    shown,
    search,
    keywords: createKeywordFinds(preferences, shown),
    notes,
    insertion,
    page: real.page,
    collapsed,
    anchorOf: (callId) => anchors.peek().get(callId),
    place,
    onLeave(tell) {
      leaving.add(tell);
      return () => leaving.delete(tell);
    },
    leave() {
      for (const tell of leaving) tell();
    },
    view: computed(() => {
      const target = search.target.value;
      const callId = real.shown.value?.id;
      return {
        callId,
        mode: real.mode.value,
        anchor: callId === undefined ? undefined : anchors.value.get(callId),
        search: target?.kind === 'text' ? target.text : undefined,
        collapsed: collapsed.value,
      };
    }),
    demo,
    setDemo,
    notice,
    notify,
    take(message) {
      if (message.type === 'notes') notes.take(message.notes);
      else insertion.take(message);
    },
  };
}
