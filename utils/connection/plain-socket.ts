/**
 * A plain pass-through relay (nginx, Caddy, HAProxy, a Worker) as the connection machine sees it: an Earshot relay
 * whose stream is lost with every connection. Its frames are the platform's own; what a real relay would say of itself
 * is said here. There is no sequence to resume from, so every reconnect is a gap, and that is the truth.
 */
import { encodeFrame } from '../protocol/codec.ts';
import type { RelayFrame } from '../protocol/frames.ts';
import { offerPlain } from '../protocol/subprotocol.ts';
import type { ConnectionDeps, Socket } from './relay-connection.ts';

/** What an Earshot relay drops too. */
const MAX_FRAME_LENGTH = 1024 * 1024;
const PING_MS = 20_000;

export function openPlainSocket(
  { openSocket, nowMs, random }: Pick<ConnectionDeps, 'openSocket' | 'nowMs' | 'random'>,
  url: string,
  token: string,
): Socket {
  const inner = openSocket(url, offerPlain(token));
  inner.binaryType = 'arraybuffer';
  let seq = 0;

  const outer: Socket = {
    binaryType: 'arraybuffer',
    onopen: null,
    onmessage: null,
    onclose: null,
    close: (code) => inner.close(code),
    send(text) {
      const frame: unknown = JSON.parse(String(text));
      if (isType(frame, 'resume')) say({ type: 'resumed', recovered: false, from: 0, to: 0 });
      // Nobody there answers; that the proxy's socket is open is all that can be known.
      if (isType(frame, 'ping')) say({ type: 'pong', id: 0 });
    },
  };

  function say(frame: RelayFrame): void {
    const data = encodeFrame(frame);
    // Never within the caller's own turn: a real relay's answer never is either.
    queueMicrotask(() => outer.onmessage?.call(inner as WebSocket, new MessageEvent('message', { data })));
  }

  inner.onopen = (event) => {
    const epoch = `plain-${nowMs()}-${Math.floor(random() * 1e9)}`;
    const window = { events: 0, ms: 0 };
    say({ type: 'hello', epoch, seq: 0, oldest: 1, agent: '', pingMs: PING_MS, window });
    say({ type: 'upstream', state: 'up', since: nowMs() });
    // The greeting is on its way; a resume that is asked for on opening is answered after it.
    outer.onopen?.call(inner as WebSocket, event);
  };
  inner.onmessage = ({ data }: MessageEvent<unknown>) => {
    const at = nowMs();
    const text = data instanceof ArrayBuffer ? new TextDecoder().decode(data) : data;
    if (typeof text === 'string' && text.length > MAX_FRAME_LENGTH) {
      return say({ type: 'gap', from: at, to: at, reason: 'frame-too-large' });
    }
    seq += 1;
    say({ type: 'events', events: [{ seq, at, data: text }] });
  };
  inner.onclose = (event) => outer.onclose?.call(inner as WebSocket, event);
  return outer;
}

function isType(frame: unknown, type: string): boolean {
  return typeof frame === 'object' && frame !== null && 'type' in frame && frame.type === type;
}
