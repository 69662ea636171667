import { describe, expect, test } from 'vitest';
import { createOverlayHub } from '../../../entrypoints/background/overlay-hub.ts';
import type { IncomingPort } from '../../../utils/browser/ports.ts';
import type { Layout } from '../../../utils/messaging/overlay-messages.ts';
import { settle } from './hand-clock.ts';

function createPort(given: Partial<IncomingPort> = {}) {
  const heard: ((message: unknown) => void)[] = [];
  const left: (() => void)[] = [];
  const posted: unknown[] = [];
  const seen = { closed: false };
  const port: IncomingPort = {
    name: 'overlay',
    senderIsOurPage: false,
    senderUrl: 'https://crm.example/tickets/1',
    isFramed: false,
    tabId: 1,
    post(message) {
      if (seen.closed) throw new Error('Attempting to use a disconnected port object');
      posted.push(structuredClone(message));
    },
    onMessage: (listener) => heard.push(listener),
    onClosed: (listener) => left.push(listener),
    close() {
      seen.closed = true;
    },
    ...given,
  };
  return {
    port,
    posted,
    seen,
    say: (message: unknown) => heard.forEach((listener) => void listener(message)),
    leave() {
      seen.closed = true;
      left.forEach((listener) => void listener());
    },
  };
}

function setUp() {
  const gate = Promise.withResolvers<void>();
  const layouts = new Map<number, Layout | 'elsewhere' | undefined>();
  const heard: unknown[] = [];
  const left: number[] = [];
  const hub = createOverlayHub({
    ready: gate.promise,
    words: () => words,
    layoutOf: (tabId) => (layouts.has(tabId) ? layouts.get(tabId) : wide),
    pageChanged: (tabId, page) => heard.push([tabId, page]),
    targetChanged: (tabId, target) => heard.push([tabId, 'target', target]),
    inserted: (tabId, request, outcome) => heard.push([tabId, request, outcome]),
    async pasteInPage(tabId, text) {
      if (text === 'refused') throw new Error('Cannot access contents of the page');
      heard.push([tabId, 'paste', text]);
      return true;
    },
    openWindow: (tabId) => heard.push(['window', tabId]),
    openHelp: () => heard.push(['help']),
    closed: (tabId) => left.push(tabId),
  });
  return { hub, layouts, heard, left, becomeReady: gate.resolve };
}

const words = {
  title: 'Transcript',
  refused: 'Not here',
  openWindow: 'Window',
  help: 'Help',
  updated: 'Reload',
};
const said = { type: 'overlay:words', words };
const wide: Layout = { side: 'right', width: 360, room: 'push', collapsed: false };
const pill: Layout = { ...wide, collapsed: true };
const told = (layout: Layout) => ({ type: 'overlay:layout', layout });
const framed = { type: 'overlay:framed' };
const page = { title: 'Ticket', numbers: ['+442079460018'] };

async function setUpReady() {
  const made = setUp();
  made.becomeReady();
  await settle();
  return made;
}

describe('an overlay', () => {
  test('is told its words and its layout as soon as that is known, and nothing before', async () => {
    const { hub, layouts, becomeReady } = setUp();
    const { port, posted } = createPort();
    hub.take(port);
    hub.layoutChanged();
    hub.framed(1);
    await settle();
    expect(posted).toEqual([]);
    layouts.set(1, pill);
    becomeReady();
    await settle();
    expect(posted).toEqual([said, told(pill), framed]);
  });

  test('is told when its own layout changes, and when all do', async () => {
    const { hub, layouts } = await setUpReady();
    const [one, other] = [createPort(), createPort({ tabId: 2 })];
    hub.take(one.port);
    hub.take(other.port);
    await settle();
    layouts.set(1, pill);
    hub.layoutChanged(1);
    hub.layoutChanged(3);
    hub.layoutChanged();
    expect(one.posted).toEqual([said, told(wide), told(pill), told(pill)]);
    expect(other.posted).toEqual([said, told(wide), told(wide)]);
  });

  test('hears that its frame runs, also over a later port, until the frame is gone', async () => {
    const { hub } = await setUpReady();
    const [one, other, third] = [createPort(), createPort(), createPort()];
    hub.take(one.port);
    await settle();
    hub.framed(1);
    hub.framed(2);
    one.leave();
    hub.take(other.port);
    await settle();
    hub.unframed(1);
    other.leave();
    hub.take(third.port);
    await settle();
    expect(one.posted).toEqual([said, told(wide), framed]);
    expect(other.posted).toEqual([said, told(wide), framed]);
    expect(third.posted).toEqual([said, told(wide)]);
  });

  test('that is gone is told nothing', async () => {
    const { hub } = await setUpReady();
    const { port, leave } = createPort();
    hub.take(port);
    leave();
    await settle();
    hub.layoutChanged();
    hub.layoutChanged(1);
    expect(() => hub.framed(1)).not.toThrow();
  });

  test('tells what its page shows, until it is gone', async () => {
    const { hub, heard } = await setUpReady();
    const { port, say, leave } = createPort();
    hub.take(port);
    say({ type: 'page', page });
    expect(hub.pageOf(1)).toEqual(page);
    expect(hub.pageOf(2)).toBeUndefined();
    leave();
    expect(hub.pageOf(1)).toBeUndefined();
    expect(heard).toEqual([
      [1, page],
      [1, undefined],
    ]);
  });

  test('of the last document counts no more when that of the new one is there', async () => {
    const { hub, heard } = await setUpReady();
    const [one, other] = [createPort(), createPort()];
    hub.take(one.port);
    one.say({ type: 'page', page });
    hub.take(other.port);
    one.say({ type: 'page', page: { ...page, title: 'late' } });
    other.say({ type: 'page', page: { ...page, title: 'new' } });
    one.leave();
    await settle();
    hub.layoutChanged(1);
    expect(hub.pageOf(1)?.title).toBe('new');
    expect(heard).toEqual([
      [1, page],
      [1, undefined],
      [1, { ...page, title: 'new' }],
    ]);
    expect([one.posted.length, other.posted.length]).toEqual([0, 3]);
  });

  test('may ask for a window and for help', async () => {
    const { hub, heard } = await setUpReady();
    const { port, say } = createPort();
    hub.take(port);
    say({ type: 'open-window' });
    say({ type: 'open-help' });
    expect(heard).toEqual([['window', 1], ['help']]);
  });

  test.each([
    [undefined],
    ['open-window'],
    [{}],
    [{ type: 'close' }],
    [{ type: 'page' }],
    [{ type: 'page', page: { title: 1, numbers: [] } }],
    [{ type: 'page', page: { title: '', numbers: [1] } }],
  ])('that says %j is not heard', async (message) => {
    const { hub, heard } = await setUpReady();
    const { port, say, seen } = createPort();
    hub.take(port);
    say(message);
    expect([heard, seen.closed]).toEqual([[], false]);
  });
});

test.each<[string, Partial<IncomingPort>]>([
  ['of another name', { name: 'sidebar' }],
  ['of one of our pages', { senderIsOurPage: true }],
  ['that is in no tab', { tabId: undefined }],
])('a port %s is closed', async (_name, given) => {
  const { hub, heard } = await setUpReady();
  const { port, say, seen, posted } = createPort(given);
  hub.take(port);
  await settle();
  hub.layoutChanged();
  say({ type: 'page', page });
  expect([seen.closed, posted, heard]).toEqual([true, [], []]);
});

const target = { id: 't1', label: 'Public reply', lines: 'many', reach: 'direct' } as const;

describe('the editor of a page', () => {
  test('is known as long as its overlay is there', async () => {
    const { hub, heard, left } = await setUpReady();
    const { port, say, leave } = createPort();
    hub.take(port);
    say({ type: 'target', target });
    expect(hub.targetOf(1)).toEqual(target);
    say({ type: 'target' });
    expect(hub.targetOf(1)).toBeUndefined();
    say({ type: 'target', target });
    leave();
    expect(hub.targetOf(1)).toBeUndefined();
    expect(heard).toEqual([
      [1, 'target', target],
      [1, 'target', undefined],
      [1, 'target', target],
      [1, 'target', undefined],
    ]);
    expect(left).toEqual([1]);
  });

  test('answers what became of an insertion', async () => {
    const { hub, heard } = await setUpReady();
    const { port, say } = createPort();
    hub.take(port);
    say({ type: 'inserted', request: '7', outcome: 'not-taken' });
    say({ type: 'inserted', request: '8', outcome: 'perhaps' });
    expect(heard).toEqual([[1, '7', 'not-taken']]);
  });

  test.each([
    ['hello', true],
    ['refused', false],
  ])('is given a paste in its own world: %s', async (text, done) => {
    const { hub } = await setUpReady();
    const { port, posted, say } = createPort();
    hub.take(port);
    await settle();
    say({ type: 'paste-in-page', request: '7', text });
    await settle();
    expect(posted.at(-1)).toEqual({ type: 'overlay:pasted', request: '7', done });
  });
});

test('a script that serves a sidebar elsewhere is told no layout, and one that serves none the words alone', async () => {
  const { hub, layouts } = await setUpReady();
  layouts.set(1, 'elsewhere');
  layouts.set(2, undefined);
  const [serves, idles] = [createPort(), createPort({ tabId: 2 })];
  hub.take(serves.port);
  hub.take(idles.port);
  await settle();
  hub.layoutChanged(2);
  expect(serves.posted).toEqual([said, { type: 'overlay:serve' }]);
  expect(idles.posted).toEqual([said]);
});

test('an overlay is told what concerns it alone, where there is one', async () => {
  const { hub } = await setUpReady();
  const { port, posted } = createPort();
  hub.take(port);
  await settle();
  expect([...hub.tabs()]).toEqual([1]);
  expect([hub.has(1), hub.has(2)]).toEqual([true, false]);
  expect(hub.tell(1, { type: 'overlay:framed' })).toBe(true);
  expect(hub.tell(2, { type: 'overlay:framed' })).toBe(false);
  expect(posted).toEqual([said, told(wide), framed]);
});
