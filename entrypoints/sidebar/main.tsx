/** Wires the sidebar page: port, model, preferences, clock, paint. */
import { effect, signal } from '@preact/signals';
import { options, render } from 'preact';
import { createAnnouncer } from '../../components/sidebar/announcer.ts';
import { App } from '../../components/sidebar/app.tsx';
import { createAskOlder, readingOf } from '../../components/sidebar/ask-older.ts';
import { createChime } from '../../components/sidebar/chime.ts';
import { connectModel } from '../../components/sidebar/connect-model.ts';
import { type Desk, DeskProvider } from '../../components/sidebar/context.ts';
import { copyText } from '../../components/sidebar/copy-text.ts';
import { playDemoCall } from '../../components/sidebar/demo-call.ts';
import { IDLE_WITHIN_MS } from '../../components/sidebar/idle-slice.ts';
import { keepFocus } from '../../components/sidebar/keep-focus.ts';
import { createSidebarModel } from '../../components/sidebar/model.ts';
import { pasteKeys } from '../../components/sidebar/note-keys.ts';
import { tellNotes } from '../../components/sidebar/note-teller.ts';
import { createPacedPaint } from '../../components/sidebar/paced-paint.ts';
import { createPreview, firstUse } from '../../components/sidebar/preview.ts';
import { createSidebarState } from '../../components/sidebar/sidebar-state.ts';
import { SpokenLog } from '../../components/sidebar/spoken-log.tsx';
import { createTellSeen } from '../../components/sidebar/tell-seen.ts';
import { tellView } from '../../components/sidebar/tell-view.ts';
import { readPolicy } from '../../utils/browser/managed.ts';
import { connectPort } from '../../utils/browser/ports.ts';
import { readOwnFile, uiDirection, uiLanguage, words } from '../../utils/browser/runtime.ts';
import { localArea, onStorageChanged } from '../../utils/browser/storage.ts';
import { isPreview, preparePanel, surfaceOf } from '../../utils/browser/surfaces.ts';
import { countryOf } from '../../utils/crm/phone.ts';
import { SIDEBAR_PORT, type ToSidebar } from '../../utils/messaging/sidebar-port.ts';
import type { Surface } from '../../utils/messaging/surface.ts';
import { decodePolicy, isLocked } from '../../utils/settings/policy.ts';
import { decodePreferences } from '../../utils/settings/preferences.ts';
import { createPreferencesStore, preferencesKeys } from '../../utils/settings/preferences-store.ts';

const setTimer = (run: () => void, ms: number) => setTimeout(run, ms);
options.debounceRendering = createPacedPaint({
  soon: queueMicrotask,
  // In a hidden tab no frame comes and nothing is painted; nothing is queued either.
  nextFrame: (run) => requestAnimationFrame(run),
  setTimer,
  nowMs: () => performance.now(),
});

const surface = surfaceOf(location.href);
const store = createPreferencesStore(localArea, readPolicy);
const preferences = signal(decodePreferences(undefined));
const policy = signal(decodePolicy(undefined));
const spoken = signal<readonly string[]>([]);
const model = createSidebarModel(() => countryOf(preferences.value.country, uiLanguage()));
const state = createSidebarState(model, preferences, {
  say: (message) => say(message),
  copy: (written) => copyText(document, written),
  pasteKeys,
  newId: () => crypto.randomUUID(),
  setTimer,
});
const chime = createChime();
const announcer = createAnnouncer({
  setTimer,
  isOn: () => preferences.peek().announce,
  say(lines) {
    spoken.value = typeof lines === 'number' ? [words('announceMany', lines)] : lines;
  },
});
const isShownOnly = isPreview(location.href);
const { say, renew } = isShownOnly
  ? createPreview((section) => {
      parent.location.hash = section;
    })
  : connectModel({
      open: () => connectPort(SIDEBAR_PORT),
      take(message) {
        model.take(message);
        state.take(message);
        announcer.take(message, model.shown.peek()?.id);
        askOlder.take(message);
        act(message);
        if (message.type === 'changes' || message.type === 'complete') tellSeen();
      },
      gone: model.end,
      setTimer,
    });

const painted = Promise.withResolvers<void>();
const askOlder = createAskOlder({
  reading() {
    const call = model.shown.peek();
    return readingOf(call, call && state.anchorOf(call.id)?.index);
  },
  say,
  whenIdle(run) {
    void painted.promise.then(() => requestIdleCallback(run, { timeout: IDLE_WITHIN_MS }));
  },
});
effect(() => {
  if (model.shown.value !== undefined) askOlder.look();
});

const tellSeen = createTellSeen({
  say,
  isLooking: () => document.visibilityState === 'visible' && !state.collapsed.peek(),
  setTimer,
});
document.addEventListener('visibilitychange', tellSeen);
effect(() => {
  if (!state.collapsed.value) tellSeen();
});

function act(message: ToSidebar): void {
  if (message.type === 'chime') chime();
  if (message.type === 'moved') void leave(message.done);
}

/** Where the browser has a panel: what opens it. */
let openPanel: (() => Promise<void>) | undefined;
let panelOpens: Promise<void> | undefined;

function move(to: Surface): void {
  if (to === 'panel' && openPanel === undefined) {
    state.notify({ text: words('panelFromIcon'), tone: 'failed', help: 'pages-without-sidebar' });
    return;
  }
  // The browser takes it only from the click itself, before anything is waited for.
  panelOpens = to === 'panel' ? openPanel?.() : undefined;
  state.leave();
  if (!say({ type: 'move', to, view: state.view.peek() })) void leave(false);
}

/** The calls are shown elsewhere now, or could not be. */
async function leave(moved: boolean): Promise<void> {
  try {
    await panelOpens;
  } catch {
    moved = false;
  }
  if (!moved) state.notify({ text: words('moveFailed'), tone: 'failed', help: 'pages-without-sidebar' });
  else if (surface === 'overlay') say({ type: 'close' });
  else close();
}

function playDemo(): void {
  const load = () => readOwnFile(`/demo-call/${words('demoCallLanguage')}.json`);
  void playDemoCall({ load, nowMs: Date.now, setTimer }).then(state.setDemo);
}

/** Where they cannot be read, those that hold stay. */
async function readPreferences(): Promise<void> {
  policy.value = await readPolicy();
  preferences.value = await store.read().catch(() => preferences.peek());
}

onStorageChanged((keys) => {
  if (keys.some((key) => preferencesKeys.includes(key))) void readPreferences();
});
// A page that rests in the browser's cache loses its port without being told.
addEventListener('pageshow', ({ persisted }) => {
  if (persisted) renew();
});
const now = signal(Date.now());
setInterval(() => {
  now.value = Date.now();
}, 1_000);
effect(() => {
  document.documentElement.dataset['theme'] = preferences.value.theme;
});
const tellViewNow = tellView({ view: state.view, complete: model.complete, say, setTimer });
const tellNotesNow = tellNotes({ notes: state.notes, say, setTimer });
addEventListener('pagehide', () => {
  state.leave();
  tellViewNow();
  tellNotesNow();
});

const desk: Desk = {
  now,
  preferences,
  policy,
  prefer(part) {
    // What is locked changes for nobody, not even until the next look.
    const free = Object.entries(part).filter(([key]) => !isLocked(policy.peek(), key));
    preferences.value = { ...preferences.peek(), ...Object.fromEntries(free) };
    store
      .change(part)
      .catch(() => state.notify({ text: words('preferenceNotKept'), tone: 'failed', help: 'storage' }));
  },
  surface,
  say,
};

document.documentElement.lang = uiLanguage();
document.documentElement.dir = uiDirection();
document.title = words('sidebarTitle');
if (!isShownOnly) openPanel = await preparePanel().catch(() => undefined);
// Painted with the agent's own preferences at once.
await readPreferences();
if (isShownOnly) {
  for (const message of firstUse(Date.now())) model.take(message);
  playDemo();
}
const root = document.getElementById('app');
if (root !== null) {
  keepFocus(root);
  render(
    <DeskProvider value={desk}>
      <App state={state} move={move} playDemo={playDemo} />
      <SpokenLog lines={spoken} />
    </DeskProvider>,
    root,
  );
}
// What comes after the first lines does not keep them from being painted; a hidden page paints nothing.
requestAnimationFrame(() => setTimer(painted.resolve, 0));
setTimer(painted.resolve, IDLE_WITHIN_MS);
