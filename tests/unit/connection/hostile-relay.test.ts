/** A relay that is against us gets no more out of the connection than that it stops, or waits. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
import { readSession } from '../../../utils/connection/ask-session.ts';
import { decodeRelayFrame, MAX_RELAY_FRAME_LENGTH } from '../../../utils/protocol/codec.ts';
import { address, createFakeWorld, events, type FakeWorld, hello } from './fake-relay.ts';

const TOKEN = 'agent-token-for-tests';
const target = { address, token: TOKEN, plain: false };

function greeted(greeting: unknown = hello(5)): FakeWorld {
  const world = createFakeWorld();
  world.connection.start(target);
  world.socket().open();
  world.socket().send(JSON.stringify(greeting));
  return world;
}

function connected(): FakeWorld {
  const world = greeted();
  world.socket().send({ type: 'resumed', recovered: true, from: 5, to: 5 });
  world.delivered.length = 0;
  return world;
}

function eventAt(at: string): string {
  return `{"type":"events","events":[{"seq":6,"at":${at},"data":"x"}]}`;
}

describe('a frame', () => {
  test.each([
    ['that asks what a client asks', '{"type":"token","token":"mine"}'],
    ['of a kind that nobody knows', '{"type":"calls","calls":["another"]}'],
    ['with a name of every object’s own', '{"type":"__proto__"}'],
    ['with no name', '{}'],
    ['that is a list', '[{"type":"pong","id":1}]'],
    ['that is null', 'null'],
    ['that is a page', '<!doctype html><title>Sign in</title>'],
    ['that is cut short', '{"type":"events","events":[{"seq":6,'],
    ['that is nothing', ''],
    ['of a million opening brackets', '['.repeat(1_000_000)],
    ['that is longer than any', `"${'x'.repeat(MAX_RELAY_FRAME_LENGTH)}"`],
    ['whose events are no list', '{"type":"events","events":{"length":1}}'],
    ['whose number is below nothing', '{"type":"position","seq":-1}'],
    ['whose number is half', '{"type":"position","seq":6.5}'],
    ['whose number is past all that can be counted', '{"type":"position","seq":9007199254740993}'],
    ['whose number is a text', '{"type":"position","seq":"6"}'],
    ['at a time no clock shows', eventAt('1e300')],
    ['at a time before all time', eventAt('-1e300')],
    ['at no time', eventAt('1e999')],
    ['of a gap that ends never', '{"type":"gap","from":1,"to":1e300,"reason":"upstream-away"}'],
    ['of words without end', `{"type":"bye","code":1012,"message":"${'x'.repeat(501)}"}`],
  ])('%s ends the connection, and nothing of it is handed on', (_name, frame) => {
    const world = connected();
    world.socket().send(frame);
    expect(world.states.at(-1)).toBe('stopped protocol-broken');
    expect(world.socket().closedWith).toBe(1000);
    expect(world.delivered).toEqual([]);
    world.elapse(3_600_000);
    expect(world.sockets).toHaveLength(1);
  });

  test('in bytes ends it too', () => {
    const world = connected();
    world.socket().send(new Uint8Array([0xff, 0xfe, 0]));
    expect(world.states.at(-1)).toBe('stopped protocol-broken');
  });

  test('with keys of every object’s own changes no object', () => {
    const frame =
      '{"type":"hello","epoch":"e","seq":1,"oldest":1,"agent":"A","pingMs":20000,"window":{"events":1,"ms":1},' +
      '"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}},' +
      '"fieldMap":{"paths":{"__proto__":["polluted"],"text":["__proto__","polluted"]},"legValues":{"__proto__":"caller"}}}';
    expect(decodeRelayFrame(frame)).toMatchObject({ ok: true });
    expect(Reflect.get({}, 'polluted')).toBe(undefined);
  });
});

describe('numbers', () => {
  test('that go back or come twice are taken once, and the resume point stays', () => {
    const world = connected();
    world.socket().send(events(9));
    world.socket().send(events(7, 9, 7));
    world.socket().send({ type: 'position', seq: 2 });
    expect(world.delivered).toEqual(['9', '7', 'position']);
    expect(world.resume).toMatchObject({ seq: 9 });
  });

  test('with holes without end are remembered within bounds', () => {
    const world = connected();
    for (let seq = 1_000; seq > 10; seq -= 2) world.socket().send(events(seq));
    for (let seq = 2_000; seq < 9_000; seq += 2) world.socket().send(events(seq));
    expect(world.resume?.seen.length).toBeLessThanOrEqual(256);
  });
});

describe('its pace', () => {
  test('of pings is not the relay’s to choose: none under a second, and one in 25 s at least', () => {
    expect(greeted({ ...hello(5), pingMs: 1 }).states.at(-1)).toBe('stopped protocol-broken');
    for (const [pingMs, most] of [
      [1_000, 61],
      [1e15, 3],
    ] as const) {
      const world = greeted({ ...hello(5), pingMs });
      for (let second = 0; second < 60; second += 1) {
        world.elapse(1_000);
        world.socket().send({ type: 'pong', id: 1 });
      }
      const pings = world.socket().sent.filter((sent) => (sent as { type: string }).type === 'ping').length;
      expect(pings).toBeGreaterThanOrEqual(2);
      expect(pings).toBeLessThanOrEqual(most);
    }
  });

  test('of being sent away is not either: who is sent away at once each time comes ever later', () => {
    const world = createFakeWorld();
    world.connection.start(target);
    for (let ms = 0; ms < 60_000; ms += 100) {
      if (world.socket().closedWith === undefined) {
        world.socket().open();
        world.socket().send(hello(5));
        world.socket().send({ type: 'bye', code: 1012, message: '', retryAfterMs: 0 });
      }
      world.elapse(100);
    }
    expect(world.sockets.length).toBeGreaterThan(5);
    expect(world.sockets.length).toBeLessThan(15);
  });

  test.each(['-1', '1e999', '"soon"'])('a refusal that says to come back after %s is none', async (after) => {
    const world = createFakeWorld();
    world.answerSession(429, `{"code":"rate","retryAfterMs":${after}}`);
    world.connection.start(target);
    world.socket().close(1006);
    await world.settle();
    expect(world.states.at(-1)).toBe('waiting not-a-relay');
  });
});

describe('the question why it refused', () => {
  async function serve(server: Server): Promise<string> {
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    onTestFinished(() => {
      server.close();
      server.closeAllConnections();
    });
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1/session`;
  }

  test('is not carried on to where the relay redirects it, nor the token with it', async () => {
    const asked: unknown[] = [];
    const elsewhere = await serve(
      createServer((request, response) => {
        asked.push(request.headers);
        response.end('{"agent":"A","calls":"all","upstream":"up"}');
      }),
    );
    const relay = await serve(
      createServer((_request, response) => response.writeHead(307, { location: elsewhere }).end()),
    );
    const answer = await readSession(fetch, relay, TOKEN, AbortSignal.timeout(10_000));
    expect(answer).toEqual({ kind: 'unreachable' });
    expect(asked).toEqual([]);
  });

  test('is given up where it is never answered', async () => {
    const relay = await serve(createServer(() => {}));
    const answer = await readSession(fetch, relay, TOKEN, AbortSignal.timeout(200));
    expect(answer).toEqual({ kind: 'unreachable' });
  });

  test('that is answered with a page says that this is no relay', async () => {
    const relay = await serve(
      createServer((_request, response) => response.end('<script>alert(1)</script>')),
    );
    const answer = await readSession(fetch, relay, TOKEN, AbortSignal.timeout(10_000));
    expect(answer).toEqual({ kind: 'not-a-relay' });
  });
});
