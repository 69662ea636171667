import { expect, test } from 'vitest';
import { createBackgroundLink } from '../../../entrypoints/overlay.content/background-link.ts';
import type { Port } from '../../../utils/browser/ports.ts';
import type { FromOverlay, ToOverlayPort } from '../../../utils/messaging/overlay-messages.ts';

function createPort() {
  const heard: ((message: unknown) => void)[] = [];
  const left: (() => void)[] = [];
  const posted: unknown[] = [];
  const port: Port = {
    post: (message) => posted.push(message),
    onMessage: (listener) => heard.push(listener),
    onClosed: (listener) => left.push(listener),
    close: () => {},
  };
  return {
    port,
    posted,
    say: (message: unknown) => heard.forEach((listener) => void listener(message)),
    leave: () => left.forEach((listener) => void listener()),
  };
}

function setUp() {
  const taken: ToOverlayPort[] = [];
  return { taken, link: createBackgroundLink((message) => taken.push(message)) };
}

const page = (title: string): FromOverlay => ({ type: 'page', page: { title, numbers: [] } });
const layout = {
  type: 'overlay:layout',
  layout: { side: 'left', width: 300, room: 'over', collapsed: false },
} as const;

test('takes what is ours, and nothing else', () => {
  const { link, taken } = setUp();
  const { port, say } = createPort();
  link.use(port);
  for (const message of [layout, { type: 'overlay:framed' }]) say(message);
  for (const message of [undefined, 'overlay:framed', { type: 'overlay:remove' }, { ...layout, layout: {} }])
    say(message);
  say({ ...layout, layout: { ...layout.layout, width: 100_000 } });
  expect(taken).toEqual([layout, { type: 'overlay:framed' }]);
});

test('tells a new port what the page shows, and what was asked meanwhile', () => {
  const { link } = setUp();
  const [one, other, third] = [createPort(), createPort(), createPort()];
  link.use(one.port);
  link.post(page('one'));
  one.leave();
  link.post({ type: 'open-window' });
  link.post(page('two'));
  link.use(other.port);
  link.use(third.port);
  expect(one.posted).toEqual([page('one')]);
  expect(other.posted).toEqual([page('two'), { type: 'open-window' }]);
  expect(third.posted).toEqual([page('two')]);
});

test('tells a new port which editor text would go into, also when it is none', () => {
  const { link } = setUp();
  const [one, other] = [createPort(), createPort()];
  const target = { id: '1', label: 'Reply', lines: 'many', reach: 'direct' } as const;
  link.post({ type: 'target', target });
  link.use(one.port);
  link.post({ type: 'target', target: undefined });
  link.use(other.port);
  expect(one.posted).toEqual([
    { type: 'target', target },
    { type: 'target', target: undefined },
  ]);
  expect(other.posted).toEqual([{ type: 'target', target: undefined }]);
});

test('hears no port that was replaced', () => {
  const { link, taken } = setUp();
  const [one, other] = [createPort(), createPort()];
  link.use(one.port);
  link.use(other.port);
  one.say(layout);
  one.leave();
  link.post(page('one'));
  expect(taken).toEqual([]);
  expect(other.posted).toEqual([page('one')]);
});
