/**
 * One agent's connection: the relay's side of `earshot.v1` after the 101. Knows no network.
 *
 *   waiting ──resume, or 1 s of silence──▶ live ──bye, too slow, broken frame──▶ closing ──▶ (socket closed)
 *
 * The client is a cursor into the stream. `waiting` it stands where the stream ended at `hello`; `live` it is pumped
 * whenever the stream grows or the socket drains, and never puts more than a slice or two into the socket.
 */
import { CLOSE } from '../../utils/protocol/close-codes.ts';
import { decodeClientFrame, encodeFrame } from '../../utils/protocol/codec.ts';
import type { ClientFrame, RelayFrame, UpstreamFrame } from '../../utils/protocol/frames.ts';
import type { FieldMap } from '../../utils/transcript/field-map.ts';
import type { Agent } from '../access/agents.ts';
import type { AgentsInForce } from '../access/agents-in-force.ts';
import type { LogWindow } from '../bus/bus.ts';
import { createEventSender, type EventSenderDependencies } from './event-sender.ts';
import { createRateCounter } from './rate-counter.ts';
import { createResumePlaces } from './resume-place.ts';

/** What a client needs of a socket. Sending on a closed one must do nothing. */
export type ClientSocket = {
  send(text: string): void;
  close(code: number): void;
  terminate(): void;
  /** Bytes handed over and not yet taken by the operating system. */
  bufferedAmount(): number;
};

export type ClientDependencies = EventSenderDependencies & {
  window: LogWindow;
  agents: AgentsInForce;
  upstreamFrame: () => UpstreamFrame;
  /** Whether the log has entries that were not read here yet, or may have. */
  isBehind: () => boolean;
  /** As it is in force now. */
  fieldMap: () => FieldMap | undefined;
};

export type Client = ReturnType<typeof createClient>;

/** Says `hello` and the upstream's state at once. */
export function createClient(socket: ClientSocket, firstAgent: Agent, deps: ClientDependencies) {
  const { stream, clock, limits, observer } = deps;
  const places = createResumePlaces(stream, clock);
  const { hello } = places;
  let agent = firstAgent;
  let phase: 'waiting' | 'live' | 'closing' = 'waiting';
  let hasResumed = false;
  /** Asked for where this relay has not come yet: of several, another is ahead. */
  let waitingResume: { seq: number; answer: () => void } | undefined;
  let cancelTermination: (() => void) | undefined;
  let cancelAwaiting = () => {};
  let closedWith: number | undefined;

  const events = createEventSender(agent, hello, deps, {
    send,
    sendText,
    bufferedAmount: () => socket.bufferedAmount(),
    onTooSlow: () => bye(CLOSE.tooSlow, 'the connection took in less than there was to send'),
  });
  const frames = createRateCounter(clock, limits.clientFramesPerSecond);

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
    if (waitingResume !== undefined && stream.head() >= waitingResume.seq) waitingResume.answer();
    if (phase === 'live') events.pump();
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
    const isAhead = epoch === stream.epoch && seq !== undefined && seq > stream.head();
    if (isAhead) awaitHead(epoch, seq);
    else answerResume(epoch, seq);
  }

  /**
   * Whoever comes from a relay that has read further waits for this one to have read as far. A point that the log never
   * reached is not recovered; where that is still open, another relay, or another attempt, is better than a false gap.
   */
  function awaitHead(epoch: string, seq: number): void {
    cancelWaiting();
    phase = 'waiting';
    waitingResume = {
      seq,
      answer() {
        cancelAwaiting();
        waitingResume = undefined;
        answerResume(epoch, seq);
      },
    };
    cancelAwaiting = clock.after(limits.resumeAheadMs, () => {
      if (deps.isBehind())
        bye(CLOSE.restart, 'this relay has not read as far as you were', limits.retryAfterMs);
      else waitingResume?.answer();
    });
  }

  function answerResume(epoch: string | undefined, seq: number | undefined): void {
    const asked = epoch === undefined || seq === undefined ? undefined : places.find(epoch, seq);
    const place = asked ?? places.ofHello();
    send({
      type: 'resumed',
      recovered: asked !== undefined,
      from: place.from,
      to: asked === undefined ? place.from : stream.head(),
    });
    observer.resumeAnswered(asked !== undefined);
    for (const gap of place.lostGaps) send(gap);
    events.goOnFrom(place, asked !== undefined);
    goLive();
  }

  async function renew(token: string): Promise<void> {
    const renewed = await deps.agents.authenticate(token);
    if (renewed.ok && renewed.agent.name === agent.name) goOnAs(renewed.agent);
    else if (!renewed.ok && renewed.reason === 'unavailable')
      bye(CLOSE.overloaded, 'the new token cannot be checked now');
    else bye(CLOSE.tokenRefused, 'the new token is not valid for this agent');
  }

  /** An agent of another stream has to come again: this connection is to the one of before. */
  function goOnAs(changed: Agent): void {
    if (phase === 'closing' || changed === agent) return;
    if (changed.stream !== agent.stream) {
      bye(CLOSE.restart, 'this agent listens to another stream now');
      return;
    }
    agent = changed;
    events.goOnAs(agent);
    pump();
  }

  /** The agent's entry may have changed since, and its token may have been taken away or expired. */
  function recheckToken(): void {
    const standing = deps.agents.standingOf(agent);
    if (standing.ok) goOnAs(standing.agent);
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

  function close(code: number): void {
    stopTimers();
    phase = 'closing';
    closedWith = code;
    socket.close(code);
    cancelTermination = clock.after(limits.closeWaitMs, () => socket.terminate());
  }

  function stopTimers(): void {
    cancelWaiting();
    cancelAwaiting();
    waitingResume = undefined;
    events.stop();
  }

  return {
    agentName: () => agent.name,
    /** Of the stream and of the socket: what was not yet taken. */
    bytesBehind: events.bytesBehind,
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
