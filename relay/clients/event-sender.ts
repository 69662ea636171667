/**
 * The events of the stream as one client gets them: a cursor that goes on as far as the socket takes them, and what
 * has become visible behind it first. Whoever was told of an event has the beginning of its call.
 */
import type { RelayFrame } from '../../utils/protocol/frames.ts';
import type { Agent } from '../access/agents.ts';
import type { Clock } from '../clock.ts';
import type { Limits } from '../limits.ts';
import type { StreamObserver } from '../operations/observer.ts';
import type { EventFlow } from '../stream/event-flow.ts';
import type { Sent } from '../stream/event-frames.ts';
import type { Stream } from '../stream/stream.ts';
import { createListening } from './listening.ts';
import type { Place, ResumePlaces } from './resume-place.ts';
import { createSlowWatch } from './slow-watch.ts';

export type EventSenderDependencies = {
  stream: Stream;
  flow: Pick<EventFlow, 'views' | 'memory' | 'cutter'>;
  clock: Clock;
  limits: Limits;
  observer: StreamObserver;
};

export type EventSenderHooks = {
  send(frame: RelayFrame): void;
  /** A frame as text. */
  sendText(text: string): void;
  /** Bytes handed over and not yet taken by the operating system. */
  bufferedAmount(): number;
  /** The client took in less than there was to send. */
  onTooSlow(): void;
};

/** Stands where the stream ended at `hello`. */
export function createEventSender(
  first: Agent,
  hello: ResumePlaces['hello'],
  deps: EventSenderDependencies,
  { send, sendText, bufferedAmount, onTooSlow }: EventSenderHooks,
) {
  const { stream, flow, clock, limits, observer } = deps;
  let cursor = hello.position;
  /** While a replay runs, what is still to be read is not slowness. */
  let isCatchingUp = false;
  /** The newest sequence number the client has been told, and the newest that was passed on its behalf. */
  let toldSeq = hello.seq;
  let passedSeq = hello.seq;
  let cancelPosition: (() => void) | undefined;

  const listening = createListening(first, {
    stream,
    flow,
    cursor: () => cursor,
    passedSeq: () => passedSeq,
  });
  const slowness = createSlowWatch(clock, limits, {
    unsentBytes,
    leastUnsentBytes: () => bufferedAmount() + (isCatchingUp ? 0 : bytesToSend()),
    onSlow: onTooSlow,
  });

  function unsentBytes(): number {
    return bufferedAmount() + (isCatchingUp ? 0 : stream.bytesFrom(cursor));
  }

  /** Of the stream, without what the agent may not see or can do without; counted no further than slowness goes. */
  function bytesToSend(): number {
    const view = listening.view();
    let bytes = 0;
    for (let position = cursor; position < stream.end() && bytes <= limits.slowBytes; position += 1) {
      const entry = stream.at(position);
      if (entry?.kind === 'event' && !entry.isSuperseded && view.sees(entry)) bytes += entry.bytes;
    }
    return bytes;
  }

  function hasMore(): boolean {
    return !listening.backlog.isEmpty() || cursor < stream.end();
  }

  /** Not before what is due of earlier events is sent: whoever was told of an event has what it opened. */
  function passUnseen(): void {
    if (!listening.backlog.isEmpty()) return;
    const { next, seq } = flow.cutter.pass(cursor, listening.view());
    cursor = next;
    passedSeq = seq ?? passedSeq;
  }

  /** False if the cursor's place has left the window. */
  function sendNext(isLean: boolean): boolean {
    const earlier = listening.backlog.take(listening.view());
    if (earlier !== undefined) {
      sendEvents(earlier.frame, earlier.sent, false);
      return true;
    }
    const slice = flow.cutter.cut(cursor, listening.view(), isLean);
    if (slice === undefined) return false;
    cursor = slice.next;
    passedSeq = slice.passedSeq ?? passedSeq;
    toldSeq = slice.sentSeq ?? toldSeq;
    if (slice.skipped > 0) observer.interimsSkipped(slice.skipped);
    sendEvents(slice.frame, slice.sent, !isCatchingUp);
    return true;
  }

  function sendEvents(frame: string | undefined, { events, bytes, newestAtMs }: Sent, isLive: boolean): void {
    if (frame === undefined) return;
    sendText(frame);
    if (events > 0) observer.eventsSent(events, bytes, isLive ? clock.now() - newestAtMs : undefined);
  }

  function tellPosition(): void {
    cancelPosition = undefined;
    if (passedSeq <= toldSeq) return;
    toldSeq = passedSeq;
    send({ type: 'position', seq: passedSeq });
  }

  return {
    /** Of the stream and of the socket: what was not yet taken. */
    bytesBehind: () => bufferedAmount() + stream.bytesFrom(cursor),

    /** Sends as much as the socket takes now. */
    pump(): void {
      passUnseen();
      // What a socket holds is asked of the system: not by those for whom nothing has come.
      if (hasMore() || slowness.isWatching()) {
        const isLean = !isCatchingUp && unsentBytes() > limits.leanBytes;
        while (hasMore() && bufferedAmount() < limits.sliceBytes) {
          if (!sendNext(isLean)) return onTooSlow();
        }
        if (!hasMore()) isCatchingUp = false;
        slowness.check();
      } else isCatchingUp = false;
      if (passedSeq > toldSeq) cancelPosition ??= clock.after(limits.positionMs, tellPosition);
    },

    /** `isResumed`: the client holds what it was to have up to there, from an earlier connection. */
    goOnFrom({ from, position }: Place, isResumed: boolean): void {
      cursor = position;
      toldSeq = from;
      passedSeq = from;
      isCatchingUp = true;
      listening.goOnFrom(from, isResumed);
    },

    /** The agent's entry may be another one now: what may be seen that was not before follows. */
    goOnAs(agent: Agent): void {
      if (listening.goOnAs(agent)) isCatchingUp = true;
    },

    /** Nothing runs on. */
    stop(): void {
      cancelPosition?.();
      slowness.stop();
      listening.leave();
    },
  };
}
