import { describe, expect, test } from 'vitest';
import {
  type ActionDeps,
  createAgentActions,
  placeOf,
} from '../../../entrypoints/background/agent-actions.ts';
import type { OpenSidebar } from '../../../entrypoints/background/sidebar-hub.ts';
import { createViews, tabPlace } from '../../../entrypoints/background/views.ts';
import type { ToSidebar } from '../../../utils/messaging/sidebar-port.ts';
import { type Surface, surfaces, type View } from '../../../utils/messaging/surface.ts';
import { createHandClock, settle } from './hand-clock.ts';
import { createMemoryArea } from './memory-area.ts';

const view: View = { callId: 'c1', mode: 'pinned', anchor: { index: 4, offsetPx: 1 }, collapsed: false };

type Told = OpenSidebar & { told: ToSidebar[] };

function sidebarIn(surface: Surface, tabId: number | undefined): Told {
  const told: ToSidebar[] = [];
  return { surface, tabId, told, tell: (message) => told.push(message) };
}

const overlay = () => sidebarIn('overlay', 1);
const panel = () => sidebarIn('panel', undefined);
/** A window of its own holds the page in a tab like any other. */
const aWindow = () => sidebarIn('window', 8);

function setUp(given: Partial<ActionDeps> = {}) {
  const views = createViews(createMemoryArea(), createHandClock().setTimer);
  const done: string[] = [];
  const { act, moveToPanel } = createAgentActions({
    views,
    closeTab: async (tabId) => void done.push(`close ${tabId}`),
    async openTab(tabId) {
      done.push(`open ${tabId}`);
      return true;
    },
    lastActiveTab: async () => 5,
    openWindow: async () => void done.push('window'),
    openOptions: async (section) => void done.push(`options ${section}`),
    openHelp: async (topic) => void done.push(`help ${topic}`),
    chooseRelay: (relayId, { surface }) => done.push(`relay ${relayId} in ${surface}`),
    always: async (origin, always) => void done.push(`always on ${origin}: ${always}`),
    retry: () => done.push('retry'),
    resize: (tabId, width) => done.push(`resize ${tabId} to ${width}`),
    layoutChanged: (tabId) => done.push(`layout ${tabId}`),
    seen: () => done.push('seen'),
    insert: ({ text }) => done.push(`insert ${text}`),
    note: ({ callId }) => done.push(`note of ${callId}`),
    ...given,
  });
  return { views, done, act, moveToPanel };
}

test.each<[string, OpenSidebar, string]>([
  ['an overlay', overlay(), tabPlace(1)],
  ['a panel', panel(), 'panel'],
  ['a window', aWindow(), 'window'],
])('what is read in %s has its own place', (_name, sidebar, place) => {
  expect(placeOf(sidebar)).toBe(place);
});

describe('what a sidebar asks for', () => {
  test.each([
    [{ type: 'open-options' }, 'options undefined'],
    [{ type: 'open-options', section: 'relays' }, 'options relays'],
    [{ type: 'open-help', topic: 'token' }, 'help token'],
    [{ type: 'retry' }, 'retry'],
    [{ type: 'seen' }, 'seen'],
  ] as const)('as %s is done, wherever it stands', (message, step) => {
    for (const sidebar of [overlay(), panel(), aWindow()]) {
      const { act, done } = setUp();
      act(message, sidebar);
      expect(done).toEqual([step]);
    }
  });

  test('as another relay is shown where it was chosen', () => {
    const { act, done } = setUp();
    act({ type: 'choose-relay', relayId: 'r2' }, panel());
    expect(done).toEqual(['relay r2 in panel']);
  });

  test.each<[string, Told, string[]]>([
    ['an overlay closes it in its tab', overlay(), ['close 1']],
    ['a panel closes nothing', panel(), []],
    ['a window closes nothing', aWindow(), []],
  ])('as close, in %s', (_name, sidebar, steps) => {
    const { act, done } = setUp();
    act({ type: 'close' }, sidebar);
    expect(done).toEqual(steps);
  });

  test.each<[string, Told, string[]]>([
    ['an overlay lays it out anew', overlay(), ['resize 1 to 500']],
    ['a panel is nobody’s business', panel(), []],
    ['a window is nobody’s business', aWindow(), []],
  ])('as resize, in %s', (_name, sidebar, steps) => {
    const { act, done } = setUp();
    act({ type: 'resize', width: 500 }, sidebar);
    expect(done).toEqual(steps);
  });
});

describe('what is read', () => {
  test.each<[Told, string]>([
    [overlay(), tabPlace(1)],
    [panel(), 'panel'],
    [aWindow(), 'window'],
  ])('is kept at its place: %#', (sidebar, place) => {
    const { act, views, done } = setUp();
    act({ type: 'view', view }, sidebar);
    expect(views.get(place)).toEqual(view);
    expect(done).toEqual([]);
  });

  test('lays an overlay out anew when it shrinks or grows, and only then', () => {
    const { act, done } = setUp();
    for (const collapsed of [false, true, true, false]) {
      act({ type: 'view', view: { ...view, collapsed } }, overlay());
    }
    expect(done).toEqual(['layout 1', 'layout 1']);
  });

  test('lays out nothing where it is no overlay', () => {
    const { act, done } = setUp();
    act({ type: 'view', view: { ...view, collapsed: true } }, aWindow());
    act({ type: 'view', view: { ...view, collapsed: true } }, panel());
    expect(done).toEqual([]);
  });

  test('is where a layout finds it before that is told', () => {
    const seen: (View | undefined)[] = [];
    const { act, views } = setUp({ layoutChanged: (tabId) => seen.push(views.get(tabPlace(tabId))) });
    act({ type: 'view', view: { ...view, collapsed: true } }, overlay());
    expect(seen).toEqual([{ ...view, collapsed: true }]);
  });
});

describe('a move', () => {
  test.each<[Surface, string, string[]]>([
    ['panel', 'panel', []],
    ['window', 'window', ['window']],
    ['overlay', tabPlace(5), ['open 5']],
  ])('to the %s finds what was read there, unfolded', async (to, place, steps) => {
    const { act, views, done } = setUp();
    const sidebar = overlay();
    act({ type: 'move', to, view: { ...view, collapsed: true } }, sidebar);
    await settle();
    expect(views.get(place)).toEqual(view);
    expect(done).toEqual(steps);
    expect(sidebar.told).toEqual([{ type: 'moved', done: true }]);
  });

  test.each<[Surface, string]>([
    ['window', 'window'],
    ['overlay', tabPlace(5)],
  ])('to the %s is there before that opens', async (to, place) => {
    const seen: (View | undefined)[] = [];
    const world = setUp({
      openWindow: async () => void seen.push(world.views.get('window')),
      async openTab(tabId) {
        seen.push(world.views.get(tabPlace(tabId)));
        return true;
      },
    });
    world.act({ type: 'move', to, view }, panel());
    await settle();
    expect(seen).toEqual([view]);
    expect(world.views.get(place)).toEqual(view);
  });

  const gone = () => Promise.reject(new Error('No window with id: 3.'));
  test.each<[string, Surface, Partial<ActionDeps>]>([
    ['to a window that could not be opened', 'window', { openWindow: gone }],
    ['where no tab is in front', 'overlay', { lastActiveTab: async () => undefined }],
    ['where the tabs cannot be asked for', 'overlay', { lastActiveTab: gone }],
    ['to a page that lets nobody in', 'overlay', { openTab: async () => false }],
    ['to a tab that is gone', 'overlay', { openTab: gone }],
  ])('%s is told as not done', async (_name, to, given) => {
    const { act } = setUp(given);
    const sidebar = panel();
    act({ type: 'move', to, view }, sidebar);
    await settle();
    expect(sidebar.told).toEqual([{ type: 'moved', done: false }]);
  });

  test.each(surfaces)('to the %s is told to the one that asked, once', async (to) => {
    const { act } = setUp();
    const [one, other] = [panel(), overlay()];
    act({ type: 'move', to, view }, one);
    await settle();
    expect([one.told.length, other.told.length]).toEqual([1, 0]);
  });
});

describe('the panel, opened from the icon’s menu', () => {
  test('goes on where the tab’s overlay was, which closes', async () => {
    const { views, done, moveToPanel } = setUp();
    views.put(tabPlace(1), { ...view, collapsed: true });
    const { promise, resolve } = Promise.withResolvers<void>();
    const moved = moveToPanel(1, promise);
    expect([views.get('panel'), done]).toEqual([view, []]);
    resolve();
    await moved;
    expect(done).toEqual(['close 1']);
  });

  test('that does not open leaves the overlay', async () => {
    const { done, moveToPanel } = setUp();
    await moveToPanel(1, Promise.reject(new Error('only in a click')));
    expect(done).toEqual([]);
  });
});
