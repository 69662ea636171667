/** The sidebar: header, call, transcript, and what is said at its foot. */
import { useSignalEffect } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import { words } from '../../utils/browser/runtime.ts';
import type { Status } from '../../utils/messaging/sidebar-port.ts';
import type { Surface } from '../../utils/messaging/surface.ts';
import { formatLine } from '../../utils/transcript/format-line.ts';
import { type CallModel, ENTRIES_A_CHUNK } from './call-model.ts';
import { CallStrip } from './call-strip.tsx';
import { useDesk } from './context.ts';
import { copyText } from './copy-text.ts';
import { DemoBanner } from './demo-banner.tsx';
import { EmptyState } from './empty-state.tsx';
import { DemoStates, Header, States } from './header.tsx';
import { KeywordChips } from './keyword-chips.tsx';
import { firstVisibleLine, indexOf } from './line-element.ts';
import { MainMenu } from './main-menu.tsx';
import { ForgottenNotice, OfferedCall, ProblemBanner, UnreadNotice } from './notices.tsx';
import { Pill } from './pill.tsx';
import { ResizeHandle } from './resize-handle.tsx';
import { SearchBar } from './search-bar.tsx';
import type { SidebarState } from './sidebar-state.ts';
import { labelsOf, speakerLabel } from './speaker-label.ts';
import { Transcript } from './transcript.tsx';

type AppProps = {
  state: SidebarState;
  move(to: Surface): void;
  playDemo(): void;
};

export function App({ state, move, playDemo }: AppProps): JSX.Element {
  const { surface, preferences } = useDesk();
  const { search, keywords } = state;
  const model = state.model.value;
  const isDemo = state.demo.value !== undefined;
  const status = model.status.value;
  const call = state.shown.value;
  const isCollapsed = state.collapsed.value && surface === 'overlay';

  function openSearch(): void {
    search.lookFor({ kind: 'text', text: '' }, firstIndexInView());
  }

  const hasToggled = useRef(false);
  function collapse(collapsed: boolean): void {
    hasToggled.current = true;
    state.collapsed.value = collapsed;
  }
  useLayoutEffect(() => {
    // The button that was pressed is gone: the focus goes on to the one that undoes it.
    if (hasToggled.current) document.querySelector<HTMLElement>('[data-pill], [data-collapse]')?.focus();
    hasToggled.current = false;
  }, [isCollapsed]);

  function closeSearch(): void {
    search.close();
    document.querySelector<HTMLElement>('[data-transcript]')?.focus({ preventScroll: true });
  }

  function copyLine(shown: CallModel, index: number, element: HTMLElement): void {
    const chunk = shown.chunks.peek().find(({ number }) => number === Math.floor(index / ENTRIES_A_CHUNK));
    const line = chunk?.entries.peek().find((entry) => entry.index === index);
    if (line?.kind !== 'line') return;
    const { parties, startedAtMs } = shown.summary.peek();
    const labels = labelsOf(parties.direction ?? 'unknown', preferences.peek().labels);
    const copied = copyText(document, formatLine(line, speakerLabel(line, labels), startedAtMs));
    if (copied) flash(element);
    state.notify(
      copied ? { text: words('copied'), tone: 'done' } : { text: words('copyFailed'), tone: 'failed' },
    );
  }

  useEffect(() => {
    const take = (event: KeyboardEvent) => {
      if (!isSearchKey(event) || state.shown.peek() === undefined || state.collapsed.peek()) return;
      event.preventDefault();
      openSearch();
    };
    document.addEventListener('keydown', take);
    return () => document.removeEventListener('keydown', take);
  }, []);
  useSignalEffect(() => {
    document.documentElement.toggleAttribute(
      'data-collapsed',
      state.collapsed.value && surface === 'overlay',
    );
  });

  return (
    <div
      class="app"
      data-connection={status?.relay.name ?? 'connecting'}
      data-platform={status?.platform.name}
      data-surface={surface}
      data-demo={isDemo}
    >
      {isCollapsed ? (
        <main class="main">
          <h1 class="spoken">{words('sidebarTitle')}</h1>
          <Pill model={model} expand={() => collapse(false)} />
        </main>
      ) : (
        <>
          <Header
            states={isDemo ? <DemoStates /> : <States model={model} />}
            menu={
              <MainMenu move={move} playDemo={call?.summary.value.phase === 'live' ? undefined : playDemo} />
            }
            openSearch={call === undefined ? undefined : openSearch}
            collapse={() => collapse(true)}
          />
          <main class="main">
            {surface === 'overlay' ? <ResizeHandle /> : null}
            {isDemo ? <DemoBanner stop={() => state.setDemo(undefined)} /> : null}
            {model.ended.value ? (
              <div class="banner bad" role="alert" data-problem="problemExtensionGone">
                {words('problemExtensionGone')}
              </div>
            ) : null}
            {status === undefined || isFirstUse(status) ? null : <ProblemBanner status={status} />}
            {call === undefined ? (
              <EmptyState status={status} playDemo={playDemo} />
            ) : (
              <>
                <CallStrip model={model} shown={call} />
                <SearchBar search={search} fromIndex={firstIndexInView} close={closeSearch} />
                <KeywordChips keywords={keywords} search={search} fromIndex={firstIndexInView} />
                <Transcript
                  key={`${isDemo} ${call.summary.peek().id} ${call.summary.peek().startedAtMs}`}
                  call={call}
                  search={search}
                  keywords={keywords}
                  anchor={isDemo ? undefined : state.anchorOf(call.summary.peek().id)}
                  onLeave={state.onLeave}
                  placed={(anchor) => {
                    if (!isDemo) state.place(call.summary.peek().id, anchor);
                  }}
                  hold={model.hold}
                  copyLine={(index, element) => copyLine(call, index, element)}
                />
              </>
            )}
            <OfferedCall model={model} />
          </main>
          <Foot state={state} status={status} />
        </>
      )}
    </div>
  );
}

function Foot({ state, status }: { state: SidebarState; status: Status | undefined }): JSX.Element {
  const notice = state.notice.value;
  return (
    <footer class="foot">
      {status === undefined ? null : <UnreadNotice unread={status.unread} />}
      {status === undefined ? null : <ForgottenNotice count={status.forgottenCount} />}
      <p class="said" role="status" data-copied={notice?.tone === 'done'}>
        {notice === undefined ? (
          <span class="hint">{state.shown.value === undefined ? '' : words('copyHint')}</span>
        ) : (
          <span class={notice.tone}>{notice.text}</span>
        )}
      </p>
    </footer>
  );
}

/** Nothing is wrong yet where nothing was set: the empty state teaches instead. */
function isFirstUse({ relay }: Status): boolean {
  return relay.name === 'stopped' && relay.reason === 'relay-not-set';
}

/** Ctrl+F searches in the call; pressed again in the search field it is the browser's own. */
function isSearchKey({ key, ctrlKey, metaKey, altKey, target }: KeyboardEvent): boolean {
  const isTyping = target instanceof HTMLInputElement;
  if (key === '/' && !ctrlKey && !metaKey && !altKey) return !isTyping;
  return key.toLowerCase() === 'f' && (ctrlKey || metaKey) && !altKey && !isTyping;
}

function firstIndexInView(): number {
  const scroller = document.querySelector<HTMLElement>('[data-transcript]');
  const line = scroller === null ? undefined : firstVisibleLine(scroller);
  return line === undefined ? 0 : indexOf(line);
}

function flash(element: HTMLElement): void {
  if (matchMedia('(prefers-reduced-motion: reduce)').matches) return;
  element.animate([{ opacity: 0.4 }, { opacity: 1 }], { duration: 250, easing: 'ease-out' });
}
