/** The sidebar: header, call, transcript, and what is said at its foot. */
import { useComputed, useSignalEffect } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect, useLayoutEffect, useMemo, useRef } from 'preact/hooks';
import { uiLanguage, words } from '../../utils/browser/runtime.ts';
import type { Status } from '../../utils/messaging/sidebar-port.ts';
import type { Surface } from '../../utils/messaging/surface.ts';
import type { Written } from '../../utils/transcript/formats/format.ts';
import { CallStrip } from './call-strip.tsx';
import { useDesk } from './context.ts';
import { CopyMenu } from './copy-menu.tsx';
import { copyText } from './copy-text.ts';
import { DemoBanner } from './demo-banner.tsx';
import { EmptyState } from './empty-state.tsx';
import { DemoStates, Header, States } from './header.tsx';
import { KeywordChips } from './keyword-chips.tsx';
import { createLineActions, type LineActions } from './line-actions.ts';
import { firstVisibleLine, indexOf } from './line-element.ts';
import { MainMenu } from './main-menu.tsx';
import { NotePanel } from './note-panel.tsx';
import { ForgottenNotice, OfferedCall, ProblemBanner, UnreadNotice } from './notices.tsx';
import { Pill } from './pill.tsx';
import { ResizeHandle } from './resize-handle.tsx';
import { SearchBar } from './search-bar.tsx';
import type { SidebarState } from './sidebar-state.ts';
import { Transcript } from './transcript.tsx';
import { WhatToDo } from './what-to-do.tsx';
import { createWriteOut } from './write-out.ts';

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
  // A call's summary is new with every line, of which only its list has to know.
  const isLive = useComputed(() => state.shown.value?.summary.value.phase === 'live');
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

  const writeOut = useMemo(
    () => createWriteOut({ preferences, page: state.page, nowMs: Date.now, locale: uiLanguage() }),
    [preferences, state],
  );
  const actions = useMemo(() => {
    const { notes, insertion, notify } = state;
    const putOnClipboard = (written: Written) => copyText(document, written);
    return call && createLineActions({ call, writeOut, notes, insertion, notify, putOnClipboard });
  }, [call, writeOut]);

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
              <MainMenu
                state={state}
                writeOut={writeOut}
                move={move}
                playDemo={isLive.value ? undefined : playDemo}
              />
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
            {call === undefined || actions === undefined ? (
              <EmptyState status={status} playDemo={playDemo} />
            ) : (
              <>
                <CallStrip model={model} shown={call} />
                <SearchBar search={search} fromIndex={firstIndexInView} close={closeSearch} />
                <KeywordChips keywords={keywords} search={search} fromIndex={firstIndexInView} />
                <Transcript
                  key={`${isDemo} ${call.id} ${call.startedAtMs}`}
                  call={call}
                  search={search}
                  keywords={keywords}
                  anchor={isDemo ? undefined : state.anchorOf(call.id)}
                  onLeave={state.onLeave}
                  placed={(anchor) => {
                    if (!isDemo) state.place(call.id, anchor);
                  }}
                  hold={model.hold}
                  notes={state.notes}
                  actions={actions}
                  writeOut={writeOut}
                />
                <NotePanel
                  key={`note ${isDemo} ${call.id} ${call.startedAtMs}`}
                  state={state}
                  call={call}
                  writeOut={writeOut}
                  putOnClipboard={(written) => copyText(document, written)}
                />
              </>
            )}
            <OfferedCall model={model} />
          </main>
          <Foot state={state} status={status} actions={actions} />
        </>
      )}
    </div>
  );
}

type FootProps = { state: SidebarState; status: Status | undefined; actions: LineActions | undefined };

function Foot({ state, status, actions }: FootProps): JSX.Element {
  const notice = state.notice.value;
  const call = state.shown.value;
  return (
    <footer class="foot">
      {status === undefined ? null : <UnreadNotice unread={status.unread} />}
      {status === undefined ? null : <ForgottenNotice count={status.forgottenCount} />}
      <div class="foot-row">
        <p class="said" role="status" data-copied={notice?.tone === 'done'}>
          {notice === undefined ? (
            <span class="hint">{call === undefined ? '' : words('copyHint')}</span>
          ) : (
            <span class={notice.tone}>{notice.text}</span>
          )}
          {notice?.help === undefined ? null : <WhatToDo topic={notice.help} />}
          {notice?.action === undefined ? null : (
            <button type="button" onClick={notice.action.run}>
              {notice.action.label}
            </button>
          )}
        </p>
        {call === undefined || actions === undefined ? null : (
          <CopyMenu call={call} notes={state.notes} actions={actions} />
        )}
      </div>
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
