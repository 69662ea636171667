import { describe, expect, test } from 'vitest';
import { createCallArchive } from '../../../entrypoints/background/call-archive.ts';
import { createCallStore } from '../../../entrypoints/background/call-store.ts';
import { takePort } from '../../../entrypoints/background/sidebar-hub.ts';
import type { IncomingPort } from '../../../utils/browser/ports.ts';
import { createHandClock, settle } from './hand-clock.ts';
import { createMemoryArea } from './memory-area.ts';

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

function setUp(isReady = true) {
  const clock = createHandClock();
  const store = createCallStore(clock, createCallArchive(createMemoryArea()));
  const gate = Promise.withResolvers<void>();
  if (isReady) gate.resolve();
  const on = new Set([1]);
  const acted: unknown[] = [];
  return {
    clock,
    store,
    on,
    acted,
    becomeReady: gate.resolve,
    take(port: IncomingPort): void {
      takePort(port, {
        store,
        ready: gate.promise,
        isOn: (tabId) => on.has(tabId),
        act: (message, tabId) => acted.push([message, tabId]),
      });
    },
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
      { n: 1, message: { type: 'reset' } },
      { n: 2, message: { type: 'changes', calls: [{ entries: [{ text: 'one' }] }] } },
      { n: 3, message: { type: 'complete' } },
      { n: 4, message: { type: 'changes', calls: [{ entries: [{ text: 'two' }] }] } },
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
      { n: 4, message: { type: 'reset' } },
      { n: 5, message: { type: 'changes', calls: [{ entries: [{ text: 'one' }] }] } },
      { n: 6, message: { type: 'complete' } },
    ]);
  });

  test('is numbered by itself, whatever others are sent', async () => {
    const { take } = setUp();
    const [one, other] = [createPort(), createPort()];
    take(one);
    await settle();
    one.say({ type: 'again' });
    take(other);
    await settle();
    expect(other.posted).toMatchObject([{ n: 1 }, { n: 2 }]);
  });

  test.each(['close', 'open-options', 'retry'])('may say %s', async (type) => {
    const { take, acted } = setUp();
    const port = createPort();
    take(port);
    await settle();
    port.say({ type });
    expect(acted).toEqual([[{ type }, 1]]);
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

describe('what is no sidebar of ours gets nothing', () => {
  test.each<[string, Partial<IncomingPort>]>([
    ['a port of another name', { name: 'devtools' }],
    ['a port without a name', { name: '' }],
    ['a port of somebody else’s page', { senderIsOurPage: false }],
    ['a port that is in no tab', { tabId: undefined }],
    ['a port in a tab that is off', { tabId: 2 }],
  ])('%s is closed', async (_name, given) => {
    const { take, say, acted } = setUp();
    const port = createPort(given);
    take(port);
    await settle();
    say('hello');
    port.say({ type: 'again' });
    port.say({ type: 'retry' });
    expect(port.closed).toBe(true);
    expect(port.posted).toEqual([]);
    expect(acted).toEqual([]);
  });

  test('an overlay’s port is held open and left silent', async () => {
    const { take, say, acted } = setUp();
    const port = createPort({ name: 'overlay', senderIsOurPage: false });
    take(port);
    await settle();
    say('hello');
    port.say({ type: 'again' });
    port.say({ type: 'close' });
    expect([port.closed, port.posted, acted]).toEqual([false, [], []]);
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
    expect(port.posted).toMatchObject([{ n: 1, message: { type: 'reset' } }, { n: 2 }, { n: 3 }]);
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
