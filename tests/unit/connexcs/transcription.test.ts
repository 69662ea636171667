import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { createAppLoader } from '../../../demo/simulator/app-loader.ts';

const source = readFileSync(
  join(import.meta.dirname, '..', '..', '..', 'connexcs', 'transcription.js'),
  'utf8',
);
const secret = 'four two four two';

let logged: string[];

beforeEach(() => {
  logged = [];
  vi.spyOn(console, 'log').mockImplementation((line: string) => void logged.push(line));
});

afterEach(() => vi.restoreAllMocks());

type Platform = { send?: (frame: unknown) => unknown; subscription?: unknown };

/** Runs the script on a platform of our own; `publish` gives it an event, `disconnect` ends the connection. */
async function run({ send = () => {}, subscription }: Platform = {}) {
  const sent = vi.fn(send);
  const closed = Promise.withResolvers<void>();
  const subscribe = vi.fn(
    (_topic: string, _key: string, _callback: (event: unknown) => unknown) => subscription,
  );
  const loader = createAppLoader(source);
  onTestFinished(() => loader.dispose());
  const app = await loader.load({
    cxPubSub: { publish: vi.fn(), subscribe },
    cxWebSocket: { send: sent, waitForClose: () => closed.promise },
  });
  const ended = Promise.resolve(app.main({}, {}));
  const callback = subscribe.mock.calls[0]?.[2];
  if (callback === undefined) throw new Error('the script has not subscribed');
  return {
    app,
    subscribe,
    publish: callback,
    frames: () => sent.mock.calls.map(([frame]) => frame),
    disconnect: () => {
      closed.resolve();
      return ended;
    },
  };
}

describe('the App+ script', () => {
  test('imports nothing but what the platform has', () => {
    const imported = [...source.matchAll(/\bfrom '([^']+)'/g)].map(([, name]) => name);
    expect(imported).toEqual(['cxPubSub', 'cxWebSocket']);
  });

  test('subscribes once, to every transcription event', async () => {
    const { subscribe } = await run();
    expect(subscribe).toHaveBeenCalledExactlyOnceWith('transcription', '*', expect.any(Function));
  });

  test('sends strings and bytes as they are, and anything else as JSON', async () => {
    const bytes = new Uint8Array([1, 2]);
    const { publish, frames } = await run();
    for (const event of ['plain', { text: 'hi', leg: 0 }, [{ a: 1 }], null, 7, bytes]) publish(event);
    expect(frames()).toEqual(['plain', '{"text":"hi","leg":0}', '[{"a":1}]', 'null', '7', bytes]);
  });

  const circular: { self?: unknown; text: string } = { text: secret };
  circular.self = circular;

  test.each([
    ['an event that is no JSON', {}, circular],
    ['an event that is nothing', {}, undefined],
    [
      'a send that throws',
      {
        send: () => {
          throw new Error(secret);
        },
      },
      { text: secret },
    ],
    [
      'a send that throws no error',
      {
        send: () => {
          throw secret;
        },
      },
      { text: secret },
    ],
    ['a send that rejects', { send: () => Promise.reject(new Error(secret)) }, { text: secret }],
  ])('survives %s, and goes on', async (_name, platform: Platform, event) => {
    const { publish, disconnect } = await run(platform);
    expect(() => publish(event)).not.toThrow();
    expect(() => publish('next')).not.toThrow();
    await disconnect();
    expect(logged.at(-1)).toMatch(/^earshot: client disconnected after \d+ s, 2 events, [12] failed$/);
  });

  test('logs a failure once, and nothing of what was said', async () => {
    const { publish, app, disconnect } = await run({
      send: () => {
        throw new RangeError(secret);
      },
    });
    for (let count = 0; count < 50; count += 1) publish({ text: secret });
    await app.onData?.(secret);
    await disconnect();
    expect(logged).toEqual([
      'earshot: client connected',
      'earshot: an event could not be sent (RangeError)',
      'earshot: client disconnected after 0 s, 50 events, 50 failed',
    ]);
  });

  const end = vi.fn();

  test.each([
    ['unsubscribe()', { unsubscribe: end }],
    ['close()', { close: end }],
    ['a call', end],
  ])('ends its subscription by %s when the client goes, and not before', async (_name, subscription) => {
    end.mockClear();
    const { disconnect } = await run({ subscription });
    expect(end).not.toHaveBeenCalled();
    await disconnect();
    expect(end).toHaveBeenCalledOnce();
  });

  test.each([
    ['has no end', undefined],
    ['is a number', 3],
    [
      'throws at its end',
      {
        unsubscribe: () => {
          throw new Error(secret);
        },
      },
    ],
    ['rejects at its end', { unsubscribe: () => Promise.reject(new Error(secret)) }],
  ])('ends quietly where the subscription %s', async (_name, subscription) => {
    const { disconnect } = await run({ subscription });
    await expect(disconnect()).resolves.toBeUndefined();
    expect(logged.join()).not.toContain(secret);
  });
});
