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
import type { FieldMap } from '../utils/transcript/field-map.ts';
import { type Agent, visibilityOf } from './agents.ts';
import type { AgentsInForce } from './agents-in-force.ts';
import type { Clock } from './clock.ts';
import type { CutSlice } from './event-frames.ts';
import type { Limits } from './limits.ts';
import type { StreamObserver } from './observer.ts';
import { createRateCounter } from './rate-counter.ts';
import { createResumePlaces } from './resume-place.ts';
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
  agents: AgentsInForce;
  upstreamFrame: () => UpstreamFrame;
  /** As it is in force now. */
  fieldMap: () => FieldMap | undefined;
  clock: Clock;
  limits: Limits;
  observer: StreamObserver;
};

export type Client = ReturnType<typeof createClient>;

/** Says `hello` and the upstream's state at once. */
export function createClient(socket: ClientSocket, firstAgent: Agent, deps: ClientDependencies) {
  const { stream, clock, limits } = deps;
  const places = createResumePlaces(stream, clock);
  const { hello } = places;
  let agent = firstAgent;
  let phase: 'waiting' | 'live' | 'closing' = 'waiting';
  let hasResumed = false;
  let cursor = hello.position;
  /** While a replay runs, what is still to be read is not slowness. */
  let isCatchingUp = false;
  /** The newest sequence number the client has been told, and the newest that was passed on its behalf. */
  let toldSeq = hello.seq;
  let passedSeq = hello.seq;
  let cancelPosition: (() => void) | undefined;
  let cancelTermination: (() => void) | undefined;
  let closedWith: number | undefined;

  const frames = createRateCounter(clock, limits.clientFramesPerSecond);
  const slowness = createSlowWatch(clock, limits, {
    unsentBytes: () => socket.bufferedAmount() + (isCatchingUp ? 0 : stream.bytesFrom(cursor)),
    onSlow: byeTooSlow,
  });

  const fieldMap = deps.fieldMap();
  send({
    type: 'hello',
    epoch: stream.epoch,
    seq: hello.seq,
    oldest: hello.oldest,
    agent: agent.name,
    pingMs: limits.pingMs,
    window: { events: deps.window.events, ms: deps.window.ms },
    ...(agent.expiresAtMs === undefined ? {} : { tokenExpiresAtMs: agent.expiresAtMs }),
    ...(fieldMap === undefined ? {} : { fieldMap }),
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
        byeTooSlow();
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
        void renew(frame.token);
        break;
      default:
        frame satisfies never;
    }
  }

  /**
   * A first `resume` after the wait is still honoured: on a slow line, cutting off would be a loop. All that was sent
   * live since `hello` is then sent again after `resumed`; a client that asked drops what comes before the answer.
   */
  function resume(epoch: string | undefined, seq: number | undefined): void {
    if (hasResumed) {
      bye(CLOSE.protocolBroken, 'resume was sent twice');
      return;
    }
    hasResumed = true;
    const asked = epoch === undefined || seq === undefined ? undefined : places.find(epoch, seq);
    const place = asked ?? places.ofHello();
    send({
      type: 'resumed',
      recovered: asked !== undefined,
      from: place.from,
      to: asked === undefined ? place.from : stream.head(),
    });
    for (const gap of place.lostGaps) send(gap);
    cursor = place.position;
    toldSeq = place.from;
    passedSeq = place.from;
    isCatchingUp = true;
    goLive();
  }

  async function renew(token: string): Promise<void> {
    const renewed = await deps.agents.authenticate(token);
    if (renewed.ok && renewed.agent.name === agent.name) agent = renewed.agent;
    else bye(CLOSE.tokenRefused, 'the new token is not valid for this agent');
  }

  /** The agent's entry may have changed since, and its token may have been taken away or expired. */
  function recheckToken(): void {
    const standing = deps.agents.standingOf(agent);
    if (standing.ok) agent = standing.agent;
    else if (standing.reason === 'expired') bye(CLOSE.tokenRefused, 'the token has expired');
    else bye(CLOSE.tokenRefused, 'the token is no longer valid');
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

  function byeTooSlow(): void {
    bye(CLOSE.tooSlow, 'the connection took in less than there was to send');
  }

  function close(code: number): void {
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
    recheckToken,
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
