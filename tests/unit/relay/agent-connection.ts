/** An agent's end of `earshot.v1` over a real socket. */
import { WebSocket } from 'undici';
import { decodeRelayFrame } from '../../../utils/protocol/codec.ts';
import type { RelayFrame, UpstreamFrame, UpstreamState } from '../../../utils/protocol/frames.ts';
import { offerProtocols } from '../../../utils/protocol/subprotocol.ts';
import { until } from './until.ts';

export type AgentConnection = ReturnType<typeof connectAgent>;

/** Sends `resume` at once unless it is null. */
export function connectAgent(url: string, token: string, resume: object | null = {}) {
  const frames: RelayFrame[] = [];
  const socket = new WebSocket(url, offerProtocols(token));
  let closeCode: number | undefined;
  socket.addEventListener('message', ({ data }) => {
    const decoded = decodeRelayFrame(data);
    if (!decoded.ok) throw new Error(decoded.error.message);
    frames.push(decoded.frame);
  });
  socket.addEventListener('open', () => {
    if (resume !== null) socket.send(JSON.stringify({ type: 'resume', ...resume }));
  });
  socket.addEventListener('close', (event) => {
    closeCode = event.code;
  });

  const events = () => frames.flatMap((frame) => (frame.type === 'events' ? frame.events : []));

  return {
    socket,
    frames,
    events,
    data: () => events().map((event) => event.data),
    send: (frame: string | Uint8Array) => socket.send(frame),
    closeCode: () => closeCode,
    /** The first frame of this type, once it is there. */
    first: <Type extends RelayFrame['type']>(type: Type) =>
      until(() => {
        const found = frames.find((frame) => frame.type === type);
        if (found === undefined)
          throw new Error(`no ${type} in: ${frames.map((frame) => frame.type).join()}`);
        return found as Extract<RelayFrame, { type: Type }>;
      }),
    /** The first upstream frame of this state, once it is there. */
    upstream: (state: UpstreamState) =>
      until((): UpstreamFrame => {
        for (const frame of frames) if (frame.type === 'upstream' && frame.state === state) return frame;
        throw new Error(`no upstream frame ${state}`);
      }),
    /** Once it is open and its resume has been answered. */
    ready: () =>
      until(() => {
        const wanted = resume === null ? 'hello' : 'resumed';
        if (!frames.some((frame) => frame.type === wanted)) throw new Error(`no ${wanted}`);
      }),
  };
}
