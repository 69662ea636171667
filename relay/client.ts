/**
 * One agent's connection: the relay's side of `earshot.v1` after the 101. Knows no network.
 *
 *   waiting ──resume, or 1 s of silence──▶ live ──bye, too slow, broken frame──▶ closing ──▶ (socket closed)
 *
 * The client is a cursor into the stream. `waiting` it stands where the stream ended at `hello`; `live` it is pumped
 * whenever the stream grows or the socket drains, and never puts more than a slice or two into the socket.
 */
import { CLOSE } from '../utils/protocol/close-codes.ts';
import { decodeClientFrame, encodeFrame } from '../utils/protocol/codec.ts';
import type { ClientFrame, RelayFrame, UpstreamFrame } from '../utils/protocol/frames.ts';
import { type Agent, visibilityOf } from './agents.ts';
import type { Authenticate } from './authenticate.ts';
import type { Clock } from './clock.ts';
import type { CutSlice } from './event-frames.ts';
import type { Limits } from './limits.ts';
import { createRateCounter } from './rate-counter.ts';
import { createSlowWatch } from './slow-watch.ts';
import type { Stream, StreamWindow } from './stream.ts';

/** What a client needs of a socket. Sending on a closed one must do nothing. */
export type ClientSocket = {
  send(text: string): void;
  close(code: number): void;
  terminate(): void;
  /** Bytes handed over and not yet taken by the operating system. */
  bufferedAmount(): number;
};

export type ClientDependencies = {
  stream: Stream;
  cutSlice: CutSlice;
  window: StreamWindow;
  authenticate: Authenticate;
  upstreamFrame: () => UpstreamFrame;
  clock: Clock;
  limits: Limits;
};

export type Client = ReturnType<typeof createClient>;

/** Says `hello` and the upstream's state at once. */
export function createClient(socket: ClientSocket, firstAgent: Agent, deps: ClientDependencies) {
  const { stream, clock, limits } = deps;
  const helloSeq = stream.head();
  let agent = firstAgent;
  let phase: 'waiting' | 'live' | 'closing' = 'waiting';
  let hasResumed = false;
  let cursor = stream.end();
  /** While a replay runs, what is still to be read is not slowness. */
  let isCatchingUp = false;
  /** The newest sequence number the client has been told, and the newest that was passed on its behalf. */
  let toldSeq = helloSeq;
  let passedSeq = helloSeq;
  let cancelPosition: (() => void) | undefined;
  let cancelTermination: (() => void) | undefined;
  let closedWith: number | undefined;

  const frames = createRateCounter(clock, limits.clientFramesPerSecond);
  const slowness = createSlowWatch(clock, limits, {
    unsentBytes: () => socket.bufferedAmount() + (isCatchingUp ? 0 : stream.bytesFrom(cursor)),
    onSlow: () => close(CLOSE.tooSlow),
  });

  send({
    type: 'hello',
    epoch: stream.epoch,
    seq: helloSeq,
    agent: agent.name,
    pingMs: limits.pingMs,
    window: { events: deps.window.events, ms: deps.window.ms },
  });
  send(deps.upstreamFrame());
  const cancelWaiting = clock.after(limits.resumeWaitMs, goLive);

  function send(frame: RelayFrame): void {
    sendText(encodeFrame(frame));
  }

  function sendText(text: string): void {
    socket.send(text);
    if (socket.bufferedAmount() > limits.unsentHardBytes) socket.terminate();
  }

  function goLive(): void {
    cancelWaiting();
    if (phase === 'waiting') phase = 'live';
    pump();
  }

  function pump(): void {
    if (phase !== 'live') return;
    while (cursor < stream.end() && socket.bufferedAmount() < limits.sliceBytes) {
      const slice = deps.cutSlice(cursor, visibilityOf(agent));
      if (slice === undefined) {
        close(CLOSE.tooSlow);
        return;
      }
      cursor = slice.next;
      passedSeq = slice.passedSeq ?? passedSeq;
      toldSeq = slice.sentSeq ?? toldSeq;
      if (slice.frame !== undefined) sendText(slice.frame);
    }
    if (cursor >= stream.end()) isCatchingUp = false;
    if (passedSeq > toldSeq) cancelPosition ??= clock.after(limits.positionMs, tellPosition);
    slowness.check();
  }

  function tellPosition(): void {
    cancelPosition = undefined;
    if (passedSeq <= toldSeq) return;
    toldSeq = passedSeq;
    send({ type: 'position', seq: passedSeq });
  }

  function receive(raw: unknown): void {
    if (phase === 'closing' || !countFrame()) return;
    const decoded = decodeClientFrame(raw);
    if (decoded.ok) handle(decoded.frame);
    else bye(CLOSE.protocolBroken, decoded.error.message);
  }

  function handle(frame: ClientFrame): void {
    switch (frame.type) {
      case 'resume':
        resume(frame.epoch, frame.seq);
        break;
      case 'ping':
        send({ type: 'pong', id: frame.id });
        break;
      case 'token':
        renew(frame.token);
        break;
      default:
        frame satisfies never;
    }
  }

  /**
   * A first `resume` after the wait is still honoured: on a slow line, cutting off would be a loop. What was sent
   * live since `hello` is then sent again, in order; a client knows it by its sequence numbers.
   */
  function resume(epoch: string | undefined, seq: number | undefined): void {
    if (hasResumed) {
      bye(CLOSE.protocolBroken, 'resume was sent twice');
      return;
    }
    hasResumed = true;
    const position =
      epoch === undefined || seq === undefined ? undefined : stream.positionAfter(epoch, seq, clock.now());
    if (position === undefined || seq === undefined) {
      send({ type: 'resumed', recovered: false, from: helloSeq, to: helloSeq });
    } else {
      send({ type: 'resumed', recovered: true, from: seq, to: stream.head() });
      cursor = position;
      toldSeq = seq;
      passedSeq = seq;
      isCatchingUp = true;
    }
    goLive();
  }

  function renew(token: string): void {
    const renewed = deps.authenticate(token);
    if (renewed.ok && renewed.agent.name === agent.name) agent = renewed.agent;
    else bye(CLOSE.tokenRefused, 'the new token is not valid for this agent');
  }

  /** Frames of the WebSocket layer (pings) count too: each costs an answer. */
  function countFrame(): boolean {
    if (phase === 'closing') return false;
    if (frames.count()) return true;
    bye(CLOSE.protocolBroken, `more than ${limits.clientFramesPerSecond} frames in a second`);
    return false;
  }

  function bye(code: number, message: string, retryAfterMs?: number): void {
    if (phase === 'closing') return;
    send({ type: 'bye', code, message, ...(retryAfterMs === undefined ? {} : { retryAfterMs }) });
    close(code);
  }

  function close(code: number): void {
    if (phase === 'closing') return;
    stopTimers();
    phase = 'closing';
    closedWith = code;
    socket.close(code);
    cancelTermination = clock.after(limits.closeWaitMs, () => socket.terminate());
  }

  function stopTimers(): void {
    cancelWaiting();
    cancelPosition?.();
    slowness.stop();
  }

  return {
    agentName: () => agent.name,
    /** The code we closed with; undefined if we did not. */
    closedWith: () => closedWith,
    /** The stream has grown or the socket has drained. */
    pump,
    /** A frame as the socket gave it. */
    receive,
    /** A ping of the WebSocket layer arrived. */
    pinged: () => void countFrame(),
    /** The upstream's state changed. */
    tellUpstream(frame: UpstreamFrame): void {
      if (phase !== 'closing') send(frame);
    },
    /** Says why, then closes. */
    bye,
    /** The socket is gone; nothing runs on. */
    closed(): void {
      stopTimers();
      phase = 'closing';
      cancelTermination?.();
    },
  };
}
