/** A short connection of its own for the test of a relay: what comes is taken one by one, and never waited for long. */
import { decodeRelayFrame, encodeFrame } from '../protocol/codec.ts';
import type { ClientFrame, RelayFrame } from '../protocol/frames.ts';
import { offerProtocols } from '../protocol/subprotocol.ts';
import { openPlainSocket } from './plain-socket.ts';
import type { ConnectionDeps, Socket } from './relay-connection.ts';

export type ProbeDeps = Omit<ConnectionDeps, 'fetch'>;

export type ProbeTarget = { url: string; token: string; plain: boolean };

export type ProbeStep =
  | { kind: 'opened' }
  | { kind: 'frame'; frame: RelayFrame }
  /** Something that is no frame of `earshot.v1`. */
  | { kind: 'unreadable' }
  /** 1006 where it was lost or never opened. Nothing comes after it. */
  | { kind: 'closed'; code: number }
  /** Nothing came in time. */
  | { kind: 'silent' };

export type Probe = {
  /** What came next, in order; `silent` after `withinMs` without anything. One call at a time. */
  next(withinMs: number): Promise<ProbeStep>;
  send(frame: ClientFrame): void;
  close(): void;
};

export function openProbe(deps: ProbeDeps, { url, token, plain }: ProbeTarget): Probe {
  const arrived: ProbeStep[] = [];
  let take: ((step: ProbeStep) => void) | undefined;

  function put(step: ProbeStep): void {
    if (take === undefined) arrived.push(step);
    else take(step);
  }

  let socket: Socket | undefined;
  try {
    socket = plain ? openPlainSocket(deps, url, token) : deps.openSocket(url, offerProtocols(token));
    socket.onopen = () => put({ kind: 'opened' });
    socket.onmessage = ({ data }: MessageEvent<unknown>) => {
      const decoded = decodeRelayFrame(data);
      put(decoded.ok ? { kind: 'frame', frame: decoded.frame } : { kind: 'unreadable' });
    };
    socket.onclose = ({ code }) => put({ kind: 'closed', code });
  } catch {
    // The browser refuses the address itself.
    put({ kind: 'closed', code: 1006 });
  }

  return {
    next(withinMs) {
      const known = arrived.shift();
      if (known !== undefined) return Promise.resolve(known);
      return new Promise((resolve) => {
        const timer = deps.setTimer(() => take?.({ kind: 'silent' }), withinMs);
        take = (step) => {
          take = undefined;
          deps.clearTimer(timer);
          resolve(step);
        };
      });
    },
    send: (frame) => socket?.send(encodeFrame(frame)),
    close() {
      if (socket === undefined) return;
      const closing = socket;
      socket = undefined;
      closing.onopen = null;
      closing.onmessage = null;
      closing.onclose = null;
      closing.close(1000);
      put({ kind: 'closed', code: 1000 });
    },
  };
}
