/** The connected phase of the connection machine: events in order, the resume point, and the heartbeat. */
import type { HelloFrame, RelayFrame, SequencedEvent } from '../protocol/frames.ts';
import type { Context, DeliveredFrame, Effect, In, ResumePoint, Transition } from './machine-types.ts';
import { addSeen, hasSeen } from './seen.ts';
import { halt, stay } from './transitions.ts';

const PONG_TIMEOUT_MS = 10_000;
const STABLE_AFTER_MS = 10_000;
/** A Chrome worker needs traffic within 30 s, whatever the relay proposes. */
const MAX_PING_MS = 25_000;

type Connected = In<'connected'>;

/**
 * The relay has greeted us, and so we know what it still holds. We go on from our own point where it can be reached;
 * else, and the first time, from the oldest event there is: a call is shown from its start, and of a stream that was
 * lost or outran us only what nobody holds is missing. That is told as a gap.
 */
export function enterConnected(state: In<'greeting'>, hello: HelloFrame, { nowMs }: Context): Transition {
  const pingMs = Math.min(hello.pingMs, MAX_PING_MS);
  const reachable = reachablePoint(hello, state.resume);
  const resume = reachable ?? { epoch: hello.epoch, seq: Math.max(0, hello.oldest - 1), seen: [] };
  const lost: Effect[] =
    reachable !== undefined || state.currentAtMs === undefined
      ? []
      : [{ do: 'report-gap', fromMs: state.currentAtMs, toMs: nowMs }];
  return {
    state: {
      name: 'connected',
      attempt: state.attempt,
      resume,
      // Once told, a gap is not told again.
      currentAtMs: reachable === undefined ? undefined : state.currentAtMs,
      agent: hello.agent,
      tokenExpiresAtMs: hello.tokenExpiresAtMs,
      fieldMap: hello.fieldMap,
      epoch: hello.epoch,
      pingMs,
      pings: 0,
      probing: false,
      behindUntilSeq: Number.POSITIVE_INFINITY,
    },
    effects: [
      { do: 'clear-timers' },
      { do: 'send', frame: { type: 'resume', epoch: resume.epoch, seq: resume.seq } },
      { do: 'set-timer', timer: 'stable', ms: STABLE_AFTER_MS },
      { do: 'set-timer', timer: 'ping', ms: pingMs },
      ...lost,
    ],
  };
}

/** Our point, if the relay can go on from it. Of several relays this one may not have read as far yet: it will say. */
function reachablePoint(hello: HelloFrame, point: ResumePoint | undefined): ResumePoint | undefined {
  const isReachable = point?.epoch === hello.epoch && point.seq >= hello.oldest - 1;
  return isReachable ? point : undefined;
}

/** Sends a ping now and expects any frame within 10 s. */
export function probe(state: Connected): Transition {
  const id = state.pings + 1;
  return {
    state: { ...state, pings: id, probing: true },
    effects: [
      { do: 'clear-timer', timer: 'ping' },
      { do: 'send', frame: { type: 'ping', id } },
      { do: 'set-timer', timer: 'pong', ms: PONG_TIMEOUT_MS },
    ],
  };
}

/** Any frame but `bye`, which ends the phase and is not handled here, proves that the relay lives. */
export function takeConnectedFrame(state: Connected, frame: RelayFrame, context: Context): Transition {
  const relief: Effect[] = state.probing
    ? [
        { do: 'clear-timer', timer: 'pong' },
        { do: 'set-timer', timer: 'ping', ms: state.pingMs },
      ]
    : [];
  const { state: next, effects } = takeFrame({ ...state, probing: false }, frame, context.nowMs);
  return { state: next, effects: [...relief, ...effects] };
}

function takeFrame(state: Connected, frame: RelayFrame, nowMs: number): Transition {
  switch (frame.type) {
    case 'hello':
      return halt(state, 'protocol-broken');
    case 'resumed':
      return takeResumed(state, frame, nowMs);
    case 'events':
      if (isAwaitingAnswer(state)) return stay(state);
      return takeEvents(state, frame.events, nowMs);
    case 'position':
      if (isAwaitingAnswer(state)) return stay(state);
      return deliver(state, frame, frame.seq, nowMs);
    case 'gap':
      if (isAwaitingAnswer(state)) return stay(state);
      return deliver(state, frame, 0, nowMs);
    case 'upstream':
      return deliver(state, frame, 0, nowMs);
    case 'pong':
    case 'bye':
      return stay(settle(state, nowMs));
  }
}

/**
 * On a slow line the relay may go live before our resume has reached it. What it says meanwhile comes again, in its
 * place, after the answer: taken now it would stand before what is older.
 */
function isAwaitingAnswer({ behindUntilSeq }: Connected): boolean {
  return behindUntilSeq === Number.POSITIVE_INFINITY;
}

function takeEvents(state: Connected, events: readonly SequencedEvent[], nowMs: number): Transition {
  let { seen } = state.resume;
  let newest = 0;
  const fresh = events.filter(({ seq }) => {
    const isNew = !hasSeen(seen, seq);
    seen = addSeen(seen, seq);
    newest = Math.max(newest, seq);
    return isNew;
  });
  const taken = { ...state, resume: { ...state.resume, seen } };
  return deliver(taken, { type: 'events', events: fresh }, newest, nowMs);
}

/** The resume point only moves forward: a call's earlier events may follow with a lower sequence. */
function deliver(state: Connected, frame: DeliveredFrame, seq: number, nowMs: number): Transition {
  const resume = { ...state.resume, seq: Math.max(seq, state.resume.seq) };
  const next = settle({ ...state, resume }, nowMs);
  const checkpoint = { resume, currentAtMs: next.currentAtMs ?? nowMs };
  return { state: next, effects: [{ do: 'deliver', frame, checkpoint }] };
}

/** While a replay is on its way we do not hold everything yet, and must not say so. */
function settle(state: Connected, nowMs: number): Connected {
  if (state.behindUntilSeq !== undefined && state.resume.seq < state.behindUntilSeq) return state;
  return { ...state, behindUntilSeq: undefined, currentAtMs: nowMs };
}

/**
 * `from` beyond what we asked for means that the window moved on before the answer: what lies between is lost. A first
 * connection has missed nothing that it was to have.
 */
function takeResumed(
  state: Connected,
  answer: Extract<RelayFrame, { type: 'resumed' }>,
  nowMs: number,
): Transition {
  if (!isAwaitingAnswer(state)) return halt(state, 'protocol-broken');
  const isWhole = answer.recovered && answer.from <= state.resume.seq;
  const resume = answer.recovered
    ? { ...state.resume, seq: Math.max(state.resume.seq, answer.from) }
    : { ...state.resume, seq: answer.to };
  const behindUntilSeq = answer.recovered ? answer.to : undefined;
  const next = settle({ ...state, resume, behindUntilSeq }, nowMs);
  const lost: Effect[] =
    isWhole || state.currentAtMs === undefined
      ? []
      : [{ do: 'report-gap', fromMs: state.currentAtMs, toMs: nowMs }];
  const checkpoint = { resume, currentAtMs: next.currentAtMs ?? nowMs };
  return { state: next, effects: [...lost, { do: 'deliver', frame: answer, checkpoint }] };
}
