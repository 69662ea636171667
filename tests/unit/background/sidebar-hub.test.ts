import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import { createSidebarHub, type OpenSidebar } from '../../../entrypoints/background/sidebar-hub.ts';
import type { IncomingPort } from '../../../utils/browser/ports.ts';
import { numbered } from '../../../utils/messaging/sidebar-port.ts';
import { type Surface, surfaces, type View } from '../../../utils/messaging/surface.ts';
import type { Note } from '../../../utils/transcript/note.ts';
import { createHandClock, settle } from './hand-clock.ts';
import { createMemoryArea } from './memory-area.ts';
import { createRoomStore } from './room-store.ts';

const view: View = { callId: 'c1', mode: 'record', collapsed: false };

type FakePort = IncomingPort & {
  posted: unknown[];
  closed: boolean;
  say(message: unknown): void;
  leave(): void;
};

function createPort(given: Partial<IncomingPort> = {}): FakePort {
  const heard: ((message: unknown) => void)[] = [];
  const left: (() => void)[] = [];
  const port: FakePort = {
    name: 'sidebar',
    senderIsOurPage: true,
    senderUrl: 'overlay',
    isFramed: true,
    tabId: 1,
    posted: [],
    closed: false,
    post(message) {
      if (port.closed) throw new Error('Attempting to use a disconnected port object');
      port.posted.push(structuredClone(message));
    },
    onMessage: (listener) => heard.push(listener),
    onClosed: (listener) => left.push(listener),
    close() {
      port.closed = true;
    },
    say(message) {
      for (const listener of heard) listener(message);
    },
    leave() {
      port.closed = true;
      for (const listener of left) listener();
    },
    ...given,
  };
  return port;
}

/** `greet` is what is done with a sidebar as it opens. */
function setUp(isReady = true, greet: (sidebar: OpenSidebar) => void = () => {}) {
  const clock = createHandClock();
  const store = createRoomStore(clock, createMemoryArea());
  const gate = Promise.withResolvers<void>();
  if (isReady) gate.resolve();
  const on = new Set([1]);
  const acted: unknown[] = [];
  /** What became of sidebars, in order. */
  const steps: string[] = [];
  const views = new Map<Surface, View>();
  const notes: Note[] = [];
  const room = { id: 'r1', store, notes: { notes: () => notes } };
  const shown = { room, relays: [{ id: 'r1', name: 'One' }] };
  const hub = createSidebarHub({
    roomOf: () => shown.room,
    relays: () => shown.relays,
    ready: gate.promise,
    // As an address names its surface is the browser’s business; here it is the name itself.
    surfaceOf: (url) => surfaces.find((surface) => surface === url) ?? 'overlay',
    isOn: (tabId) => on.has(tabId),
    viewOf: ({ surface }) => views.get(surface),
    opened(sidebar) {
      steps.push(`opened ${sidebar.surface} ${sidebar.tabId}`);
      greet(sidebar);
    },
    closed: ({ surface, tabId }) => steps.push(`closed ${surface} ${tabId}`),
    act: (message, { surface, tabId }) => acted.push([message, surface, tabId]),
  });
  return {
    clock,
    store,
    on,
    acted,
    steps,
    views,
    notes,
    shown,
    hub,
    becomeReady: gate.resolve,
    take: hub.take,
    say(text: string): void {
      store.takeEvents([{ seq: 1, at: 1, data: { callid: 'c1', text } }]);
    },
  };
}

describe('a sidebar in a tab that has one', () => {
  test('gets what there is and what changes, numbered from 1', async () => {
    const { clock, take, say } = setUp();
    say('one');
    await clock.elapse(100);
    const port = createPort();
    take(port);
    await settle();
    say('two');
    expect(port.closed).toBe(false);
    expect(port.posted).toMatchObject([
      { n: 1, message: { type: 'relays' } },
      { n: 2, message: { type: 'reset' } },
      { n: 3, message: { type: 'changes', calls: [{ entries: [{ text: 'one' }] }] } },
      { n: 4, message: { type: 'complete' } },
      { n: 5, message: { type: 'changes', calls: [{ entries: [{ text: 'two' }] }] } },
    ]);
  });

  test('gets everything again when it asks, and each change once after that', async () => {
    const { take, say } = setUp();
    const port = createPort();
    take(port);
    await settle();
    say('one');
    port.posted.length = 0;
    port.say({ type: 'again' });
    expect(port.posted).toMatchObject([
      { n: 5, message: { type: 'relays' } },
      { n: 6, message: { type: 'reset' } },
      { n: 7, message: { type: 'changes', calls: [{ entries: [{ text: 'one' }] }] } },
      { n: 8, message: { type: 'complete' } },
    ]);
  });

  test('gets what was said before, where it was read, and the rest a page at a time for the asking', async () => {
    const { clock, store, take, views, acted } = setUp();
    const said = (at: number) => ({ seq: at + 1, at: 1, data: { callid: 'c1', text: `line ${at}` } });
    store.takeEvents(Array.from({ length: 1_200 }, (_, at) => said(at)));
    await clock.elapse(100);
    views.set('overlay', {
      callId: 'c1',
      mode: 'record',
      collapsed: false,
      anchor: { index: 300, offsetPx: 0 },
    });
    const port = createPort();
    take(port);
    await settle();
    const firstTold = () =>
      port.posted.flatMap((posted) => {
        const { message } = v.parse(numbered, posted);
        if (message.type === 'older') return message.change.entries[0]?.index;
        return message.type === 'changes' ? message.calls[0]?.entries[0]?.index : [];
      });
    expect(firstTold()).toEqual([50]);
    port.say({ type: 'more', callId: 'c1' });
    port.say({ type: 'more' });
    port.say({ type: 'more' });
    port.say({ type: 'more' });
    expect(firstTold()).toEqual([50, 700, 550, 0]);
    expect(acted).toEqual([]);
  });

  test('is numbered by itself, whatever others are sent', async () => {
    const { take } = setUp();
    const [one, other] = [createPort(), createPort()];
    take(one);
    await settle();
    one.say({ type: 'again' });
    take(other);
    await settle();
    expect(other.posted).toMatchObject([{ n: 1 }, { n: 2 }, { n: 3 }]);
  });

  test.each([
    [{ type: 'close' }],
    [{ type: 'open-options' }],
    [{ type: 'retry' }],
    [{ type: 'seen' }],
    [{ type: 'resize', width: 400 }],
    [{ type: 'view', view }],
    [{ type: 'move', to: 'window', view }],
  ])('may say %j', async (message) => {
    const { take, acted } = setUp();
    const port = createPort();
    take(port);
    await settle();
    port.say(message);
    expect(acted).toEqual([[message, 'overlay', 1]]);
  });

  test('gets what was read there last, with every reset', async () => {
    const { take, views } = setUp();
    const port = createPort();
    views.set('overlay', view);
    take(port);
    await settle();
    views.set('overlay', { ...view, callId: 'c2' });
    port.say({ type: 'again' });
    expect(port.posted).toMatchObject([
      { n: 1, message: { type: 'relays' } },
      { n: 2, message: { type: 'reset', view: { callId: 'c1' } } },
      { n: 3, message: { type: 'complete' } },
      { n: 4, message: { type: 'relays' } },
      { n: 5, message: { type: 'reset', view: { callId: 'c2' } } },
      { n: 6, message: { type: 'complete' } },
    ]);
  });

  test('gets the notes before it has everything', async () => {
    const { take, notes } = setUp();
    notes.push({ callId: 'c1', callStartedAtMs: 1, items: [{ kind: 'text', id: 'a', text: 'call back' }] });
    const port = createPort();
    take(port);
    await settle();
    expect(port.posted).toMatchObject([
      { n: 1, message: { type: 'relays' } },
      { n: 2, message: { type: 'reset' } },
      { n: 3, message: { type: 'notes', notes } },
      { n: 4, message: { type: 'complete' } },
    ]);
  });

  test('is told what is told to it alone, in one count with the rest', async () => {
    const { take, hub, say } = setUp();
    const [one, other] = [createPort(), createPort()];
    take(one);
    take(other);
    await settle();
    [...hub.sidebars()][0]?.tell({ type: 'chime' });
    say('hello');
    expect(one.posted.slice(3)).toMatchObject([
      { n: 4, message: { type: 'chime' } },
      { n: 5, message: { type: 'changes' } },
    ]);
    expect(other.posted.slice(3)).toMatchObject([{ n: 4, message: { type: 'changes' } }]);
  });

  test('is told nothing more when its tab is turned off', async () => {
    const { take, hub, on, say } = setUp();
    const port = createPort();
    take(port);
    await settle();
    const before = port.posted.length;
    on.clear();
    [...hub.sidebars()][0]?.tell({ type: 'chime' });
    say('hello');
    expect(port.posted).toHaveLength(before);
  });

  test('that has gone gets nothing more, and others do', async () => {
    const { clock, take, say } = setUp();
    const [one, other] = [createPort(), createPort()];
    take(one);
    take(other);
    await settle();
    one.leave();
    say('hello');
    await clock.elapse(100);
    expect(JSON.stringify(one.posted)).not.toContain('hello');
    expect(JSON.stringify(other.posted)).toContain('hello');
  });

  test('that has gone and asks again is not subscribed', async () => {
    const { take, say } = setUp();
    const port = createPort();
    take(port);
    await settle();
    port.leave();
    port.say({ type: 'again' });
    expect(() => say('hello')).not.toThrow();
  });
});

describe('a sidebar of its own', () => {
  test.each<[Surface, number | undefined]>([
    ['panel', undefined],
    ['window', 7],
    ['window', undefined],
  ])('as a %s in tab %s is taken, whichever tabs are on', async (surface, tabId) => {
    const { take, on, acted, say } = setUp();
    on.clear();
    const port = createPort({ senderUrl: surface, isFramed: false, tabId });
    take(port);
    await settle();
    say('hello');
    port.say({ type: 'retry' });
    expect(port.closed).toBe(false);
    expect(port.posted).toMatchObject([
      { n: 1, message: { type: 'relays' } },
      { n: 2, message: { type: 'reset' } },
      { n: 3, message: { type: 'complete' } },
      { n: 4, message: { type: 'changes' } },
    ]);
    expect(acted).toEqual([[{ type: 'retry' }, surface, tabId]]);
  });
});

describe('what is no sidebar of ours gets nothing', () => {
  test.each<[string, Partial<IncomingPort>]>([
    ['a port of somebody else’s page', { senderIsOurPage: false }],
    ['a window of somebody else’s', { senderIsOurPage: false, senderUrl: 'window', isFramed: false }],
    ['an overlay that is in no tab', { tabId: undefined }],
    ['an overlay in a tab that is off', { tabId: 2 }],
    ['a panel in a tab', { senderUrl: 'panel', isFramed: false, tabId: 7 }],
    ['a panel in a frame', { senderUrl: 'panel', isFramed: true }],
    ['a panel in a frame of no tab', { senderUrl: 'panel', isFramed: true, tabId: undefined }],
    ['a window in a frame', { senderUrl: 'window', isFramed: true }],
  ])('%s is closed', async (_name, given) => {
    const { take, say, hub, steps, acted } = setUp();
    const port = createPort(given);
    take(port);
    await settle();
    say('hello');
    port.say({ type: 'again' });
    port.say({ type: 'retry' });
    expect(port.closed).toBe(true);
    expect([port.posted, acted, steps, hub.sidebars().length]).toEqual([[], [], [], 0]);
  });
});

describe('the open sidebars', () => {
  const window = () => createPort({ senderUrl: 'window', isFramed: false, tabId: 7 });

  test('are known from when they have everything until they are gone, each once', async () => {
    const { take, hub, steps } = setUp();
    const port = createPort();
    take(port);
    expect([hub.sidebars().length, steps]).toEqual([0, []]);
    await settle();
    expect([...hub.sidebars()]).toMatchObject([{ surface: 'overlay', tabId: 1 }]);
    port.say({ type: 'again' });
    expect(hub.sidebars().length).toBe(1);
    port.leave();
    expect(hub.sidebars().length).toBe(0);
    expect(steps).toEqual(['opened overlay 1', 'opened overlay 1', 'closed overlay 1']);
  });

  test('stand in the order in which they were opened', async () => {
    const { take, hub } = setUp();
    const [one, other] = [createPort(), window()];
    take(one);
    take(other);
    await settle();
    one.say({ type: 'again' });
    expect([...hub.sidebars()].map(({ surface }) => surface)).toEqual(['overlay', 'window']);
  });

  test('have everything before anything else that is told to them as they open', async () => {
    const { take } = setUp(true, (sidebar) => sidebar.tell({ type: 'page' }));
    const port = createPort();
    take(port);
    await settle();
    port.say({ type: 'again' });
    const types = ['relays', 'reset', 'complete', 'page', 'relays', 'reset', 'complete', 'page'];
    expect(port.posted).toMatchObject(types.map((type, at) => ({ n: at + 1, message: { type } })));
  });

  test('are never told of one that left before it had anything', async () => {
    const { take, steps, becomeReady } = setUp(false);
    const port = window();
    take(port);
    port.leave();
    becomeReady();
    await settle();
    expect(steps).toEqual([]);
  });

  test('drop what is said to one that has left', async () => {
    const { take, hub } = setUp();
    const port = createPort();
    take(port);
    await settle();
    const [sidebar] = hub.sidebars();
    port.leave();
    expect(() => sidebar?.tell({ type: 'chime' })).not.toThrow();
  });
});

describe('before it is known which tabs have a sidebar', () => {
  test('nothing is sent, and everything after', async () => {
    const { clock, take, say, becomeReady } = setUp(false);
    const port = createPort();
    take(port);
    say('hello');
    await clock.elapse(1_000);
    expect([port.posted, port.closed]).toEqual([[], false]);
    becomeReady();
    await settle();
    expect(port.posted).toMatchObject([{ n: 1 }, { n: 2, message: { type: 'reset' } }, { n: 3 }, { n: 4 }]);
  });

  test('nothing is sent to one that asks for it either', async () => {
    const { take } = setUp(false);
    const port = createPort();
    take(port);
    port.say({ type: 'again' });
    await settle();
    expect(port.posted).toEqual([]);
  });

  test('a tab that turns out to be off is closed', async () => {
    const { take, becomeReady, on } = setUp(false);
    const port = createPort();
    take(port);
    on.clear();
    becomeReady();
    await settle();
    expect([port.closed, port.posted]).toEqual([true, []]);
  });

  test('a sidebar that left meanwhile is never sent anything', async () => {
    const { take, say, becomeReady } = setUp(false);
    const port = createPort();
    take(port);
    port.leave();
    becomeReady();
    await settle();
    say('hello');
    expect(port.posted).toEqual([]);
  });
});

describe('a message that is not ours is ignored', () => {
  test.each([
    [undefined],
    [null],
    ['retry'],
    [42],
    [{}],
    [[]],
    [{ type: 'toggle' }],
    [{ type: ['retry'] }],
    [{ kind: 'retry' }],
    [{ type: 'overlay:remove' }],
    [{ type: 'resize' }],
    [{ type: 'resize', width: '400' }],
    [{ type: 'view' }],
    [{ type: 'view', view: { mode: 'whatever' } }],
    [{ type: 'move', to: 'desktop', view }],
    [{ type: 'move', to: 'window' }],
  ])('%j', async (message) => {
    const { take, acted } = setUp();
    const port = createPort();
    take(port);
    await settle();
    const before = port.posted.length;
    port.say(message);
    expect([acted, port.posted.length, port.closed]).toEqual([[], before, false]);
  });

  test('and one of ours from a tab that is off by now', async () => {
    const { take, acted, on } = setUp();
    const port = createPort();
    take(port);
    await settle();
    on.clear();
    port.say({ type: 'retry' });
    expect(acted).toEqual([]);
  });
});

describe('the relays', () => {
  test('are told before everything else, and again only when they change', async () => {
    const { take, hub, shown } = setUp();
    const port = createPort();
    take(port);
    await settle();
    hub.relaysChanged();
    shown.relays = [...shown.relays, { id: 'r2', name: 'Two' }];
    hub.relaysChanged();
    expect(port.posted).toMatchObject([
      { message: { type: 'relays', current: 'r1', relays: [{ name: 'One' }] } },
      { message: { type: 'reset' } },
      { message: { type: 'complete' } },
      { n: 4, message: { type: 'relays', current: 'r1', relays: [{ name: 'One' }, { name: 'Two' }] } },
    ]);
  });

  test('when another one is shown, a sidebar is sent all of that and hears no more of the other', async () => {
    const { clock, take, hub, shown, say } = setUp();
    const other = createRoomStore(clock, createMemoryArea());
    other.takeEvents([{ seq: 1, at: 1, data: { callid: 'c2', text: 'elsewhere' } }]);
    const port = createPort();
    take(port);
    await settle();
    port.posted.length = 0;
    shown.room = { id: 'r2', store: other, notes: { notes: () => [] } };
    hub.relaysChanged();
    say('not for this one');
    await clock.elapse(100);
    expect(port.posted).toMatchObject([
      { message: { type: 'relays', current: 'r2' } },
      { message: { type: 'reset' } },
      { message: { type: 'changes', calls: [{ entries: [{ text: 'elsewhere' }] }] } },
      { message: { type: 'complete' } },
    ]);
  });
});
