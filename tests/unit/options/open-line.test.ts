/** A line to the background: it outlives the background, and asks again for what it watched. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createOpenLine } from '../../../components/options/open-line.ts';
import type { ToOptions } from '../../../utils/messaging/options-port.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

function setUp() {
  const ports: { said: unknown[]; isClosed: boolean; tell(message: unknown): void; end(): void }[] = [];
  const heard: ToOptions[] = [];
  let isGone = false;
  const openLine = createOpenLine({
    connect() {
      if (isGone) throw new Error('Extension context invalidated.');
      let hear: (message: unknown) => void = () => {};
      let close: () => void = () => {};
      const port = {
        said: [] as unknown[],
        isClosed: false,
        tell: (raw: unknown) => hear(raw),
        end: () => close(),
      };
      ports.push(port);
      return {
        post: (message) => void port.said.push(message),
        onMessage: (listener) => {
          hear = listener;
        },
        onClosed: (listener) => {
          close = listener;
        },
        close: () => {
          port.isClosed = true;
        },
      };
    },
    setTimer: (run, ms) => setTimeout(run, ms),
  });
  const line = openLine((message) => heard.push(message));
  return {
    ports,
    heard,
    line,
    updateExtension() {
      isGone = true;
    },
  };
}

const progress = { type: 'progress', sidebars: 1, lines: 2 };

test('hears what is understood and nothing else', () => {
  const { ports, heard } = setUp();
  ports[0]?.tell({ type: 'later' });
  ports[0]?.tell(progress);
  expect(heard).toEqual([progress]);
});

test('is opened again when the background ends, and names the relay it watched', () => {
  const { ports, heard, line } = setUp();
  line.say({ type: 'diagnose' });
  line.say({ type: 'watch', relayId: 'a' });
  ports[0]?.end();
  vi.runAllTimers();
  expect(ports).toHaveLength(2);
  expect(ports[1]?.said).toEqual([{ type: 'watch', relayId: 'a' }]);
  ports[1]?.tell(progress);
  expect(heard).toEqual([progress]);
});

test('stays closed once it was closed', () => {
  const { ports, heard, line } = setUp();
  line.close();
  ports[0]?.tell(progress);
  ports[0]?.end();
  vi.runAllTimers();
  expect(ports.map(({ isClosed }) => isClosed)).toEqual([true]);
  expect(heard).toEqual([]);
});

test('is quiet when the extension was updated under the page', () => {
  const { ports, line, updateExtension } = setUp();
  updateExtension();
  ports[0]?.end();
  vi.runAllTimers();
  expect(ports).toHaveLength(1);
  expect(() => line.say({ type: 'forget' })).not.toThrow();
});
