/** A client's socket under a test's hand: what was sent, and how much of it has left. */

import type { ClientSocket } from '../../../relay/clients/client.ts';
import { decodeRelayFrame } from '../../../utils/protocol/codec.ts';
import type { RelayFrame } from '../../../utils/protocol/frames.ts';

export function createFakeSocket() {
  const frames: RelayFrame[] = [];
  const log: string[] = [];
  let buffered = 0;
  let isDraining = true;

  const socket: ClientSocket = {
    send(text) {
      const decoded = decodeRelayFrame(text);
      if (!decoded.ok) throw new Error(`the relay sent what its codec refuses: ${decoded.error.message}`);
      frames.push(decoded.frame);
      if (!isDraining) buffered += Buffer.byteLength(text);
    },
    close: (code) => void log.push(`close ${code}`),
    terminate: () => void log.push('terminate'),
    bufferedAmount: () => buffered,
  };

  return {
    socket,
    /** All frames so far. */
    frames,
    /** `close <code>` and `terminate`, in order. */
    log,
    /** From now on nothing leaves. */
    clog(): void {
      isDraining = false;
    },
    /** `bytes` more are held, as if sent. */
    hold(bytes: number): void {
      buffered += bytes;
    },
    /** Everything held leaves; `clog` stays as it is. */
    drain(): void {
      buffered = 0;
    },
    /** From now on everything leaves at once. */
    unclog(): void {
      isDraining = true;
      buffered = 0;
    },
    seqs: (): number[] =>
      frames.flatMap((frame) => (frame.type === 'events' ? frame.events.map(({ seq }) => seq) : [])),
    types: (): string[] => frames.map((frame) => frame.type),
  };
}
