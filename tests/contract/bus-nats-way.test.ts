/** What a relay reads and writes that is cut off from NATS while others go on. */
import { describe, expect, onTestFinished, test } from 'vitest';
import { startTcpProxy } from '../chaos/tcp-proxy.ts';
import { until } from '../unit/relay/until.ts';
import { appendAll, event, lines, newScript, openLog, openRelay, write } from './bus-relays.ts';
import { joinNats, startServer } from './bus-worlds.ts';

const PATIENCE_MS = 60_000;

describe('a relay', { timeout: PATIENCE_MS }, () => {
  test.each([
    { name: 'fewer entries than the window holds', count: 15, begins: 1 },
    { name: 'more entries than the window holds', count: 50, begins: 2 },
  ])('that was cut off while there came $name hears what it can', async ({ count, begins }) => {
    const server = await startServer();
    const proxy = await startTcpProxy(server.port, {});
    onTestFinished(() => proxy.stop());
    const script = newScript({ events: 20 });
    const writer = openLog(joinNats([server.url]), script);
    const bus = joinNats([`nats://127.0.0.1:${proxy.port}`]);
    const { reading, log } = openRelay(bus, script);
    const before = await write(writer, lines(3, 'before'));
    await reading.reads(lines(3, 'before'));

    proxy.block();
    await until(() => expect(bus.status().state).toBe('away'));
    const meanwhile = lines(count, 'meanwhile');
    await appendAll(before, meanwhile, before.head + 3);
    const head = before.head + 3 + count;
    proxy.unblock();
    const held = begins === 1 ? [...lines(3, 'before'), ...meanwhile] : meanwhile.slice(-20);
    await reading.reads(held);
    expect(reading.begins).toHaveLength(begins);
    expect(reading.begins.at(-1)).toEqual({ epoch: before.epoch, lostSeq: begins === 1 ? 0 : head - 20 });
    await until(() => expect(log.lag()).toBe(0));
    await before.append(event('"after"'), head);
    await reading.reads([...held, event('"after"')]);
  });

  test('whose connection goes silent says so, and reads on when it is through again', async () => {
    const server = await startServer();
    const proxy = await startTcpProxy(server.port, {});
    onTestFinished(() => proxy.stop());
    const script = newScript();
    const writer = openLog(joinNats([server.url]), script);
    const bus = joinNats([`nats://127.0.0.1:${proxy.port}`]);
    const { reading } = openRelay(bus, script);
    const term = await write(writer, lines(3, 'before'));
    await reading.reads(lines(3, 'before'));

    proxy.stall();
    await appendAll(term, lines(3, 'meanwhile'), term.head + 3);
    await until(() => expect(bus.status().state).toBe('away'));
    proxy.flow();
    await reading.reads([...lines(3, 'before'), ...lines(3, 'meanwhile')]);
    await until(() => expect(bus.status().state).toBe('here'));
    expect(reading.begins).toHaveLength(1);
  });

  test('that was cut off while another led can write no more when it is back', async () => {
    const server = await startServer();
    const proxy = await startTcpProxy(server.port, {});
    onTestFinished(() => proxy.stop());
    const script = newScript();
    const old = openRelay(joinNats([`nats://127.0.0.1:${proxy.port}`]), script);
    const young = openRelay(joinNats([server.url]), script);
    const former = await write(old.log, lines(3, 'old'));

    proxy.stall();
    const late = lines(10, 'late');
    const answers = appendAll(former, late, former.head + 3);
    const latter = await write(young.log, lines(3, 'young'));
    proxy.flow();
    for (const { kind } of await answers) expect(kind).not.toBe('stored');
    for (const { kind } of await appendAll(former, late, former.head + 3)) expect(kind).not.toBe('stored');
    expect(latter.head).toBe(former.head + 4);
    for (const { reading } of [old, young]) await reading.reads([...lines(3, 'old'), ...lines(3, 'young')]);
  });
});
