/** What the sidebar holds beside the calls: what is searched, what is read, the demo, and the quiet words at the foot. */
import { computed, effect, type ReadonlySignal, type Signal, signal } from '@preact/signals';
import type { View } from '../../utils/messaging/surface.ts';
import type { Preferences } from '../../utils/settings/preferences.ts';
import type { CallModel } from './call-model.ts';
import type { DemoCall } from './demo-call.ts';
import { createKeywordFinds, type KeywordFinds } from './keyword-finds.ts';
import type { SidebarModel } from './model.ts';
import { createSearch, type Search } from './search.ts';

type Notice = { text: string; tone: 'done' | 'failed' };

export type SidebarState = {
  /** The calls that are shown: the real ones, or the demo's. */
  model: ReadonlySignal<SidebarModel>;
  shown: ReadonlySignal<CallModel | undefined>;
  search: Search;
  keywords: KeywordFinds;
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
};

const CONFIRMED_MS = 1_600;
const FAILED_MS = 6_400;

export function createSidebarState(
  real: SidebarModel,
  preferences: ReadonlySignal<Preferences>,
): SidebarState {
  const demo = signal<DemoCall>();
  const collapsed = signal(false);
  const leaving = new Set<() => void>();
  const anchors = signal<ReadonlyMap<string, NonNullable<View['anchor']>>>(new Map());
  const notice = signal<Notice>();
  const model = computed(() => demo.value?.model ?? real);
  const shown = computed(() => model.value.shown.value);
  const search = createSearch(shown);

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
      const callId = real.shown.value?.summary.peek().id;
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
    notify(next) {
      notice.value = next;
      setTimeout(
        () => {
          if (notice.peek() === next) notice.value = undefined;
        },
        next.tone === 'done' ? CONFIRMED_MS : FAILED_MS,
      );
    },
  };
}
