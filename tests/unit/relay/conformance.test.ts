/**
 * Frames that RFC 6455 forbids, and some it allows but nobody sends, byte by byte: each is answered with the right
 * code, and the next client is served as if nothing had been.
 */
import { describe, expect, onTestFinished, test } from 'vitest';
import { listenRaw, openRaw } from './raw-client.ts';
import { closePayload, OP, rawFrame } from './raw-frames.ts';
import { useRelayOnTrial } from './relay-on-trial.ts';
import { ALICE_TOKEN, startTestRelay } from './relay-under-test.ts';
import { until } from './until.ts';

const { greeted, expectGoodService } = useRelayOnTrial();

const PING = '{"type":"ping","id":7}';
const ZANY = Buffer.from([0x63, 0x61, 0x66, 0xc3, 0x28]);
const repeat = (count: number, frame: Buffer) => Buffer.concat(Array.from({ length: count }, () => frame));

describe('is closed', () => {
  test.each<[string, number, Buffer]>([
    ['a frame without a mask', 1002, rawFrame(OP.text, PING, { isMasked: false })],
    ['RSV1, which no extension has been agreed for', 1002, rawFrame(OP.text, PING, { rsv: 4 })],
    ['RSV2', 1002, rawFrame(OP.text, PING, { rsv: 2 })],
    ['RSV3', 1002, rawFrame(OP.text, PING, { rsv: 1 })],
    ['RSV1 on a ping', 1002, rawFrame(OP.ping, '', { rsv: 4 })],
    ...[3, 4, 5, 6, 7, 11, 12, 13, 14, 15].map((opcode): [string, number, Buffer] => [
      `the reserved opcode ${opcode}`,
      1002,
      rawFrame(opcode, 'x'),
    ]),
    ['a continuation of nothing', 1002, rawFrame(OP.continuation, PING)],
    ['a continuation of nothing, with more to come', 1002, rawFrame(OP.continuation, PING, { fin: false })],
    [
      'a new message within a fragmented one',
      1002,
      Buffer.concat([rawFrame(OP.text, '{"a', { fin: false }), rawFrame(OP.text, PING)]),
    ],
    ['a ping in fragments', 1002, rawFrame(OP.ping, 'a', { fin: false })],
    ['a close in fragments', 1002, rawFrame(OP.close, closePayload(1000), { fin: false })],
    ['a ping of 126 bytes', 1002, rawFrame(OP.ping, 'x'.repeat(126))],
    ['a pong of 70,000 bytes', 1002, rawFrame(OP.pong, 'x'.repeat(70_000))],
    ['a close of 126 bytes', 1002, rawFrame(OP.close, closePayload(1000, 'x'.repeat(124)))],
    ['a close of one byte', 1002, rawFrame(OP.close, 'x')],
    ...[0, 999, 1004, 1005, 1006, 1015, 1016, 2999, 5000, 65_535].map((code): [string, number, Buffer] => [
      `the close code ${code}`,
      1002,
      rawFrame(OP.close, closePayload(code)),
    ]),
    ['text that is not UTF-8', 1007, rawFrame(OP.text, ZANY)],
    ['text that is not UTF-8, in a long frame', 1007, rawFrame(OP.text, Buffer.alloc(10_000, 0xc3))],
    ['a surrogate in UTF-8', 1007, rawFrame(OP.text, Buffer.from([0xed, 0xa0, 0x80]))],
    [
      'text that is not UTF-8 over two fragments',
      1007,
      Buffer.concat([
        rawFrame(OP.text, Buffer.from([0x63, 0xc3]), { fin: false }),
        rawFrame(OP.continuation, Buffer.from([0x28])),
      ]),
    ],
    ['a close reason that is not UTF-8', 1007, rawFrame(OP.close, closePayload(1000, ZANY))],
    ['a frame just over 64 KiB', 1009, rawFrame(OP.text, 'x'.repeat(64 * 1024 + 1))],
    ['a length of 2^62, at its header', 1009, rawFrame(OP.text, '', { claimedLength: 2n ** 62n })],
    ['a length of 2^40, at its header', 1009, rawFrame(OP.text, '', { claimedLength: 2n ** 40n })],
    ['a length with the high bit set', 1009, rawFrame(OP.text, '', { claimedLength: 2n ** 63n + 5n })],
    [
      'fragments that are too much together',
      1009,
      Buffer.concat([
        rawFrame(OP.text, 'x'.repeat(40_000), { fin: false }),
        rawFrame(OP.continuation, 'x'.repeat(40_000), { fin: false }),
      ]),
    ],
    [
      'more empty fragments than a message is taken in',
      1008,
      Buffer.concat([
        rawFrame(OP.text, '', { fin: false }),
        repeat(1_000, rawFrame(OP.continuation, '', { fin: false })),
      ]),
    ],
  ])('%s: %i', async (_name, code, bytes) => {
    const { socket, heard } = await greeted();
    socket.write(bytes);
    await until(() => expect(heard.closeCode()).toBe(code));
    await expectGoodService();
  });

  test.each<[string, Buffer, string]>([
    ['a binary frame', rawFrame(OP.binary, PING), 'binary'],
    ['a frame over 16 KiB', rawFrame(OP.text, `"${'x'.repeat(16 * 1024)}"`), 'larger than'],
    ['an empty message', rawFrame(OP.text), 'not JSON'],
    ['a flood of pings', repeat(200, rawFrame(OP.ping, 'x')), 'frames in a second'],
    ['a flood of messages', repeat(200, rawFrame(OP.text, PING)), 'frames in a second'],
    [
      'a message masked with another key than it says',
      Buffer.concat([Buffer.from([0x81, 0x83, 1, 1, 1, 1]), Buffer.from('abc')]),
      'not JSON',
    ],
  ])('%s: bye and 4400', async (_name, bytes, words) => {
    const { socket, heard } = await greeted();
    socket.write(bytes);
    await until(() => expect(heard.closeCode()).toBe(4400));
    expect(heard.said().at(-1)).toMatchObject({
      type: 'bye',
      code: 4400,
      message: expect.stringContaining(words),
    });
    await expectGoodService();
  });

  test.each([
    ['1000 is answered with 1000', closePayload(1000), 1000],
    ['3000 is answered with 3000', closePayload(3000), 3000],
    ['4999 with a reason of 123 bytes', closePayload(4999, 'ü'.repeat(61)), 4999],
    ['none at all is answered with none', Buffer.alloc(0), 1005],
  ])('a good close code: %s, and the connection ends', async (_name, payload, code) => {
    const { socket, heard } = await greeted();
    socket.write(rawFrame(OP.close, payload));
    await until(() => expect([heard.closeCode(), heard.isEnded()]).toEqual([code, true]));
    await expectGoodService();
  });

  test('a client that goes on after the close is not heard, and is cut', async () => {
    const { socket, heard } = await greeted();
    socket.write(rawFrame(0x3, 'x'));
    await until(() => expect(heard.closeCode()).toBe(1002));
    const said = heard.said().length;
    socket.write(repeat(100, rawFrame(OP.text, PING)));
    await until(() => expect(heard.isEnded()).toBe(true));
    expect(heard.said()).toHaveLength(said);
    await expectGoodService();
  });
});

describe('is understood', () => {
  const letters = [...Buffer.from('{"type":"ping","id":7,"x":"ü€😀"}')];
  const single = letters.map((byte, index) =>
    rawFrame(index === 0 ? OP.text : OP.continuation, Buffer.from([byte]), {
      fin: index === letters.length - 1,
    }),
  );

  test.each<[string, Buffer[]]>([
    ['a message in one fragment a byte, letters of UTF-8 cut apart', single],
    [
      'pings and a pong between fragments',
      [
        rawFrame(OP.text, PING.slice(0, 5), { fin: false }),
        rawFrame(OP.ping, 'between'),
        rawFrame(OP.continuation, '', { fin: false }),
        rawFrame(OP.pong, 'unasked'),
        rawFrame(OP.continuation, PING.slice(5)),
      ],
    ],
    ['a length in its 64-bit form', [rawFrame(OP.text, PING, { claimedLength: BigInt(PING.length) })]],
    ['a frame that comes byte by byte', [...rawFrame(OP.text, PING)].map((byte) => Buffer.from([byte]))],
    ['a ping of 125 bytes before it', [rawFrame(OP.ping, 'x'.repeat(125)), rawFrame(OP.text, PING)]],
    ['16 KiB to the byte', [rawFrame(OP.text, PING.padEnd(16 * 1024, ' '))]],
  ])('%s', async (_name, writes) => {
    const { socket, heard } = await greeted();
    socket.setNoDelay(true);
    for (const bytes of writes) {
      socket.write(bytes);
      await new Promise(setImmediate);
    }
    await until(() => expect(heard.said()).toContainEqual({ type: 'pong', id: 7 }));
    const pinged = writes.some((bytes) => bytes[0] === 0x89);
    expect(heard.frames().some(({ opcode }) => opcode === OP.pong)).toBe(pinged);
    expect(heard.closeCode()).toBeUndefined();
    await expectGoodService();
  });
});

describe('goes away', () => {
  test.each<[string, Buffer]>([
    ['before a frame', Buffer.alloc(0)],
    ['in the midst of a header', Buffer.from([0x81])],
    ['in the midst of a payload', rawFrame(OP.text, PING).subarray(0, 12)],
    ['between fragments', rawFrame(OP.text, PING, { fin: false })],
    ['after a broken frame', rawFrame(0x3, 'x')],
  ])('with a reset, %s', async (_name, bytes) => {
    const { socket } = await greeted();
    socket.write(bytes, () => socket.resetAndDestroy());
    await expectGoodService();
  });

  test('half a frame and then silence: cut once it has been silent too long', async () => {
    const own = await startTestRelay({ limits: { clientSilenceMs: 1_000 } });
    const socket = openRaw(own.relay.port, ALICE_TOKEN);
    onTestFinished(() => void socket.destroy());
    const heard = listenRaw(socket);
    socket.write(rawFrame(OP.text, PING).subarray(0, 9));
    await until(() => expect(heard.isEnded()).toBe(true));
  });
});
