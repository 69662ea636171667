/** Strangers and fools at the relay's door: broken frames, bad tokens, resets, floods of upgrades. */
import { randomBytes } from 'node:crypto';
import { sendRaw, upgradeLines } from '../unit/relay/raw-client.ts';
import { OP, rawFrame } from '../unit/relay/raw-frames.ts';
import { everySoOften } from './every-so-often.ts';
import { NOISY } from './roster.ts';
import { openSoakSocket } from './soak-socket.ts';
import type { SoakWorld } from './soak-world.ts';

/** Nobody stays longer. */
const STAY_MS = 5_000;
const FLOOD = 40;

export function startNoise({ port, random, tally }: SoakWorld): { stop(): void } {
  const leaving = new Set<() => void>();
  const goodUpgrade = `${upgradeLines(NOISY.token).join('\r\n')}\r\n\r\n`;

  function leaveLater(leave: () => void, afterMs: number): void {
    const timer = setTimeout(now, afterMs);
    function now(): void {
      clearTimeout(timer);
      leaving.delete(now);
      leave();
    }
    leaving.add(now);
  }

  /** Says this and stays for a while. */
  function shout(bytes: string | Uint8Array, stayMs = STAY_MS): void {
    const socket = sendRaw(port, bytes);
    socket.resume();
    leaveLater(() => socket.resetAndDestroy(), stayMs);
  }

  function sayAsAgent(...frames: Uint8Array[]): void {
    const socket = openSoakSocket(port, NOISY.token, {
      onOpen() {
        for (const frame of frames) socket.sendBytes(frame);
      },
    });
    leaveLater(() => socket.reset(), random.between(10, STAY_MS));
  }

  const repeat = (count: number, frame: Uint8Array) =>
    Buffer.concat(Array.from({ length: count }, () => frame));
  const acts: Record<string, () => void> = {
    'random bytes as frames': () => sayAsAgent(randomBytes(random.between(1, 2_000))),
    'a broken frame': () => sayAsAgent(rawFrame(random.between(0, 15), 'x', { rsv: random.between(0, 7) })),
    'an unmasked frame': () => sayAsAgent(rawFrame(OP.text, '{"type":"resume"}', { isMasked: false })),
    'not UTF-8': () => sayAsAgent(rawFrame(OP.text, randomBytes(200))),
    'not JSON': () => sayAsAgent(rawFrame(OP.text, '{"type":')),
    'a huge frame': () => sayAsAgent(rawFrame(OP.text, Buffer.alloc(1_000_000, 'x'))),
    'a huge length': () => sayAsAgent(rawFrame(OP.text, '', { claimedLength: 2n ** 62n })),
    'empty fragments': () =>
      sayAsAgent(
        rawFrame(OP.text, '', { fin: false }),
        repeat(500, rawFrame(OP.continuation, '', { fin: false })),
      ),
    'a flood of pings': () => sayAsAgent(repeat(1_000, rawFrame(OP.ping, 'x'))),
    'a flood of messages': () => sayAsAgent(repeat(1_000, rawFrame(OP.text, '{"type":"ping","id":1}'))),
    'a wrong renewal': () => sayAsAgent(rawFrame(OP.text, '{"type":"token","token":"esh_soak-wrong"}')),
    'a bad token': () => shout(`${upgradeLines('esh_soak-bad').join('\r\n')}\r\n\r\n`, 500),
    'no HTTP': () => shout(randomBytes(500), 500),
    'a header without end': () => shout(`GET /v1/stream HTTP/1.1\r\nx: ${'y'.repeat(50_000)}`, 500),
    'half a request': () => shout(goodUpgrade.slice(0, random.between(1, goodUpgrade.length - 1))),
    'a reset after the upgrade': () => shout(goodUpgrade, 0),
    'a reset within the upgrade': () => shout(goodUpgrade, random.between(1, 20)),
    'the session endpoint': () =>
      shout(`GET /v1/session HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ${NOISY.token}\r\n\r\n`, 100),
    'a flood of upgrades': () => {
      for (let count = 0; count < FLOOD; count += 1) shout(goodUpgrade, random.between(0, 200));
    },
  };
  const names = Object.keys(acts);

  const stop = everySoOften(random, 30, 150, () => {
    const name = names[random.between(0, names.length - 1)] ?? '';
    acts[name]?.();
    tally.count('acts of noise');
  });
  return {
    stop() {
      stop();
      for (const leave of [...leaving]) leave();
    },
  };
}
