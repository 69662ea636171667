/**
 * One WebSocket to the platform, through undici. A browser-shaped WebSocket hides why a handshake failed and cannot
 * be cut; a tap on undici's dispatcher sees this request alone: its status, its error and its TCP socket.
 */
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { Duplex } from 'node:stream';
import { Agent, type Dispatcher, ping, WebSocket } from 'undici';
import { MAX_PLATFORM_PAYLOAD_BYTES } from '../limits.ts';
import type { UpstreamEnd } from './upstream-end.ts';

export type UpstreamHooks = {
  onOpen: () => void;
  /** A binary frame has been read as UTF-8. */
  onFrame: (text: string) => void;
  /** A ping of ours was answered. */
  onPong: () => void;
  /** Once, and the last of all. */
  onEnd: (end: UpstreamEnd) => void;
};

export type UpstreamSocket = {
  /** Also ends a connection that the platform has only half closed. */
  ping(): void;
  /** Says goodbye. */
  close(): void;
  /** Cuts the connection, or gives up opening it. */
  cut(): void;
};

/** Opens one. */
export type OpenUpstream = (url: string, token: string, hooks: UpstreamHooks) => UpstreamSocket;

/** Published by undici (docs/api/DiagnosticsChannel.md) for every WebSocket of the process. */
const PONG_CHANNEL = 'undici:websocket:pong';
/** An answer echoes it; a pong without it is a heartbeat nobody asked for, and no sign that pings are answered. */
const PING_BODY = Buffer.from('earshot');

type Handshake = { status?: number; errorCode?: string | undefined; socket?: Duplex };

/** HTTP/2 is off: the platform documents a plain upgrade with a header. */
export const openUpstreamSocket: OpenUpstream = (url, token, hooks) => {
  const handshake: Handshake = {};
  const agent = new Agent({ allowH2: false, webSocket: { maxPayloadSize: MAX_PLATFORM_PAYLOAD_BYTES } });
  const dispatcher = agent.compose(
    (dispatch) => (options, handler) => dispatch(options, tapHandshake(handler, handshake)),
  );
  const socket = new WebSocket(url, { dispatcher, headers: { authorization: `Bearer ${token}` } });
  socket.binaryType = 'arraybuffer';
  let hasOpened = false;

  const onPong = (message: unknown) => {
    if (typeof message !== 'object' || message === null) return;
    if (!('websocket' in message) || message.websocket !== socket || !('payload' in message)) return;
    if (message.payload instanceof Uint8Array && PING_BODY.equals(message.payload)) hooks.onPong();
  };
  subscribe(PONG_CHANNEL, onPong);

  socket.addEventListener('open', () => {
    hasOpened = true;
    hooks.onOpen();
  });
  socket.addEventListener('message', (event) => hooks.onFrame(readText(event.data)));
  socket.addEventListener('close', (event) => {
    unsubscribe(PONG_CHANNEL, onPong);
    void agent.destroy();
    hooks.onEnd(hasOpened ? { kind: 'closed', code: event.code } : describeFailure(handshake));
  });

  function cut(): void {
    if (handshake.socket === undefined) socket.close();
    else handshake.socket.destroy();
  }

  return {
    ping() {
      if (socket.readyState === WebSocket.OPEN) ping(socket, PING_BODY);
      // The platform has closed the WebSocket but not the TCP connection, for which undici would wait without end.
      else cut();
    },
    close() {
      socket.close(1000);
      handshake.socket?.end(() => handshake.socket?.destroy());
    },
    cut,
  };
};

function describeFailure({ status, errorCode }: Handshake): UpstreamEnd {
  return status === undefined || status === 101
    ? { kind: 'failed', code: errorCode }
    : { kind: 'answered', status };
}

function readText(data: unknown): string {
  return data instanceof ArrayBuffer ? new TextDecoder().decode(data) : String(data);
}

/** Passes everything on and writes down what the WebSocket will not say. */
function tapHandshake(handler: Dispatcher.DispatchHandler, seen: Handshake): Dispatcher.DispatchHandler {
  return {
    onRequestStart: (controller, context) => handler.onRequestStart?.(controller, context),
    onRequestUpgrade(controller, status, headers, socket) {
      seen.status = status;
      seen.socket = socket;
      handler.onRequestUpgrade?.(controller, status, headers, socket);
    },
    onResponseStart(controller, status, headers, message) {
      seen.status = status;
      handler.onResponseStart?.(controller, status, headers, message);
    },
    onResponseData: (controller, chunk) => handler.onResponseData?.(controller, chunk),
    onResponseEnd: (controller, trailers) => handler.onResponseEnd?.(controller, trailers),
    onResponseError(controller, error) {
      seen.errorCode = 'code' in error && typeof error.code === 'string' ? error.code : undefined;
      handler.onResponseError?.(controller, error);
    },
  };
}
