/**
 * Readers who read nothing. Some ask for what comes, the others for all there is, which is more than any buffer takes:
 * those are stuck at once. A socket that is not read does not notice that it was cut, so they go by the clock.
 */
import { decodeRelayFrame } from '../../utils/protocol/codec.ts';
import { STALLED } from './roster.ts';
import { openSoakSocket, type SoakSocket } from './soak-socket.ts';
import type { SoakWorld } from './soak-world.ts';

const STAY_MS = [10_000, 40_000] as const;
const AWAY_MS = [50, 1_000] as const;

export function startStalledReaders(count: number, { port, random, tally }: SoakWorld): { stop(): void } {
  const sockets = new Map<number, SoakSocket>();
  const timers = new Map<number, NodeJS.Timeout>();

  function connect(index: number): void {
    const socket = openSoakSocket(port, STALLED.token, {
      onText(text) {
        const decoded = decodeRelayFrame(text);
        if (!decoded.ok || decoded.frame.type !== 'hello') return;
        const { epoch, oldest } = decoded.frame;
        tally.count('stalled connections');
        socket.send(JSON.stringify({ type: 'resume', ...(index % 2 === 0 && { epoch, seq: oldest - 1 }) }));
        socket.pause();
      },
    });
    sockets.set(index, socket);
    plan(index, STAY_MS, () => {
      socket.reset();
      plan(index, AWAY_MS, () => connect(index));
    });
  }

  function plan(index: number, [fromMs, toMs]: readonly [number, number], action: () => void): void {
    timers.set(index, setTimeout(action, random.between(fromMs, toMs)));
  }

  for (let index = 0; index < count; index += 1) connect(index);
  return {
    stop() {
      for (const timer of timers.values()) clearTimeout(timer);
      for (const socket of sockets.values()) socket.reset();
    },
  };
}
