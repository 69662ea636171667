import { describe, expect, onTestFinished, test, vi } from 'vitest';
import {
  type Simulator,
  type SimulatorOptions,
  startSimulator,
} from '../../../../demo/simulator/start-simulator.ts';
import { listen } from './listener.ts';
import { guideScript, writeTemporary } from './scripts.ts';

async function simulate(app?: string, log?: SimulatorOptions['log']): Promise<Simulator> {
  const simulator = await startSimulator({
    port: 0,
    script: '10141',
    token: 'secret',
    ...(app !== undefined && { app: writeTemporary('app.js', app) }),
    ...(log !== undefined && { log }),
  });
  onTestFinished(() => simulator.stop());
  return simulator;
}

function say(simulator: Simulator, text: string, callId = 'call-1'): void {
  simulator.publish({
    kind: 'line',
    call: { callId },
    leg: 0,
    text,
    final: true,
    utteranceId: `${callId}:1`,
  });
}

function mute() {
  const log = vi.spyOn(console, 'log').mockImplementation(() => {});
  onTestFinished(() => log.mockRestore());
  return log;
}

describe('App+ scripts', () => {
  test.each([
    ["the guide's script", guideScript],
    ["the project's script", undefined],
  ])('%s runs unchanged and forwards every event', async (_name, app) => {
    mute();
    const simulator = await simulate(app);
    const listener = await listen(simulator);
    await vi.waitUntil(() => simulator.subscriptions() === 1);
    for (const text of ['one', 'two', 'three']) say(simulator, text);
    await listener.received(3);
    expect(listener.events()).toEqual(
      ['one', 'two', 'three'].map((text) => ({
        callid: 'call-1',
        leg: 0,
        text,
        final: true,
        date: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
      })),
    );
  });

  test('each connection has a run of its own, which ends with it', async () => {
    const simulator = await simulate(`
      import { subscribe } from 'cxPubSub'
      import { send, waitForClose } from 'cxWebSocket'
      let seen = 0
      export async function main() {
        subscribe('transcription', '*', () => send({ seen: ++seen }))
        await waitForClose()
      }`);
    const first = await listen(simulator);
    await vi.waitUntil(() => simulator.subscriptions() === 1);
    say(simulator, 'a');
    const second = await listen(simulator);
    await vi.waitUntil(() => simulator.subscriptions() === 2);
    say(simulator, 'b');
    expect(await first.received(2)).toEqual(['{"seen":1}', '{"seen":2}']);
    expect(await second.received(1)).toEqual(['{"seen":1}']);

    await first.close();
    await vi.waitUntil(() => simulator.subscriptions() === 1);
    expect(simulator.connections()).toBe(1);
    say(simulator, 'c');
    expect(await second.received(2)).toHaveLength(2);
    expect(first.frames).toHaveLength(2);
  });

  test('waitForClose resolves when the client goes, however it goes', async () => {
    const log = mute();
    const simulator = await simulate(`
      import { waitForClose } from 'cxWebSocket'
      export async function main() { await waitForClose(); console.log('gone') }`);
    await (await listen(simulator)).close();
    await vi.waitUntil(() => log.mock.calls.length === 1);
    const dropped = await listen(simulator);
    simulator.dropAll();
    expect(await dropped.closed).toMatchObject({ code: 1006 });
    await vi.waitUntil(() => log.mock.calls.length === 2);
    expect(log).toHaveBeenLastCalledWith('gone');
  });

  test('text frames of the client reach onData in order, those too that come while the script loads', async () => {
    const simulator = await simulate(`
      import { send, waitForClose } from 'cxWebSocket'
      export const onData = (data) => send('got ' + data)
      export const main = () => waitForClose()`);
    const listener = await listen(simulator);
    listener.send('one');
    listener.send('two');
    expect(await listener.received(2)).toEqual(['got one', 'got two']);
  });

  test('a subscription can be ended, by key or for all, and a script can publish', async () => {
    const simulator = await simulate(`
      import { publish, subscribe } from 'cxPubSub'
      import { send, waitForClose } from 'cxWebSocket'
      export async function main() {
        const all = subscribe('own', '*', (message) => send('all ' + message))
        const some = subscribe('own', 'a', (message) => send('a ' + message))
        publish('own', 'a', 1)
        publish('own', 'b', 2)
        publish('other', 'a', 3)
        all.unsubscribe()
        publish('own', 'a', 4)
        some.close()
        publish('own', 'a', 5)
        send('done')
        await waitForClose()
      }`);
    const listener = await listen(simulator);
    expect(await listener.received(5)).toEqual(['all 1', 'a 1', 'all 2', 'a 4', 'done']);
  });

  test('a subscriber that throws keeps the event from nobody', async () => {
    const log = vi.fn();
    const simulator = await simulate(
      `
      import { subscribe } from 'cxPubSub'
      import { send, waitForClose } from 'cxWebSocket'
      export async function main() {
        subscribe('transcription', '*', () => { throw new Error('no') })
        subscribe('transcription', '*', (message) => send(message.text))
        await waitForClose()
      }`,
      log,
    );
    const listener = await listen(simulator);
    await vi.waitUntil(() => simulator.subscriptions() === 2);
    say(simulator, 'still here');
    expect(await listener.received(1)).toEqual(['still here']);
    expect(log).toHaveBeenCalledExactlyOnceWith('a subscriber failed: no');
  });

  test.each([
    ['throws at load', 'throw new Error("broken")', 1011, 'the script could not be loaded: broken'],
    [
      'has no main',
      'export const a = 1',
      1011,
      'the script could not be loaded: the script exports no function main',
    ],
    [
      'throws in main',
      'export async function main() { throw new Error("broken") }',
      1011,
      "the script's main failed: broken",
    ],
    ['returns from main', 'export async function main() {}', 1000, undefined],
  ])('the platform closes the socket of a script that %s', async (_name, app, code, line) => {
    const log = vi.fn();
    const simulator = await simulate(app, log);
    const { closed } = await listen(simulator);
    expect(await closed).toMatchObject({ code });
    expect(log.mock.calls).toEqual(line === undefined ? [] : [[line]]);
    await vi.waitUntil(() => simulator.connections() === 0);
  });

  test('sendRaw goes past the script: text as text, bytes as bytes', async () => {
    const simulator = await simulate(
      `import { waitForClose } from 'cxWebSocket'; export const main = () => waitForClose()`,
    );
    const listener = await listen(simulator);
    simulator.sendRaw('{"cut');
    simulator.sendRaw(new Uint8Array([255, 0]));
    expect(await listener.received(2)).toEqual(['{"cut', new Uint8Array([255, 0])]);
  });
});
