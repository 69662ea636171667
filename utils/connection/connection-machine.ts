/**
 * The connection to the relay as a pure machine: (state, input) → (state, effects). `relay-connection.ts` carries
 * the effects out; nothing here knows a socket or a clock.
 *
 *              start                  opened            hello
 *   ┌─ off ──────────────▶ connecting ───────▶ greeting ───────▶ connected ─┐
 *   │   ▲                   ▲   │ closed            │ closed,         │     │ closed, silent
 *   │   │ stop              │   ▼                   │ timeout         │     │
 *   │  any            timer │  asking ──refused─────┼──▶ stopped ◀────┘     │
 *   │                       │   │ unreachable, ok   │  (closed for good)    │
 *   │                       │   ▼                   ▼                       │
 *   │                       └─ waiting ◀────────────┴───────────────────────┘
 *   └── any input that does not belong to the state is ignored
 *
 * A browser hides why an upgrade was refused, so a socket that closes before it opened makes us ask the relay's
 * session endpoint (`asking`). `stopped` needs a new `start`. Attempts are counted anew after 10 s of connection.
 */
import { CLOSE, reactToClose } from '../protocol/close-codes.ts';
import type { RelayFrame } from '../protocol/frames.ts';
import { backoffMs } from './backoff.ts';
import { enterConnected, probe, takeConnectedFrame } from './connected-phase.ts';
import type {
  Checkpoint,
  Context,
  In,
  Input,
  MachineState,
  SessionResult,
  Timer,
  Transition,
} from './machine-types.ts';
import type { RetryReason } from './state.ts';
import { carried, halt, stay } from './transitions.ts';

const OPEN_TIMEOUT_MS = 15_000;
const HELLO_TIMEOUT_MS = 10_000;
/** Whatever a relay asks for, an agent is not left waiting longer. */
const MAX_RETRY_AFTER_MS = 5 * 60_000;
/** One that sends us away again and again is come back to ever later: a second for each time, up to half a minute. */
const MAX_HELD_BACK_S = 30;

/** Before the first `start`; with the checkpoint that an earlier life of the worker left. */
export function initialState(checkpoint: Checkpoint | undefined): MachineState {
  return { name: 'off', resume: checkpoint?.resume, currentAtMs: checkpoint?.currentAtMs, attempt: 0 };
}

/** The next state and what to do for it. Inputs that do not belong to the state change nothing. */
export function advance(state: MachineState, input: Input, context: Context): Transition {
  switch (input.kind) {
    case 'start':
      return connect({ ...state, attempt: 0 });
    case 'renew':
      if (state.name !== 'connected') return connect({ ...state, attempt: 0 });
      return { state, effects: [{ do: 'send', frame: { type: 'token', token: input.token } }] };
    case 'stop':
      return { state: { ...carried(state), name: 'off' }, effects: [{ do: 'clear-timers' }, { do: 'drop' }] };
    case 'opened':
      return state.name === 'connecting' ? greet(state) : stay(state);
    case 'frame':
      return takeFrame(state, input.frame, context);
    case 'unreadable':
      return state.name === 'greeting' || state.name === 'connected'
        ? halt(state, 'protocol-broken')
        : stay(state);
    case 'closed':
      return takeClose(state, input.code, context);
    case 'session':
      return state.name === 'asking' ? takeSession(state, input.result, context) : stay(state);
    case 'timer':
      return takeTimer(state, input.timer, context);
    case 'suspect':
      if (state.name === 'connected') return probe(state);
      return state.name === 'waiting' ? connect(state) : stay(state);
  }
}

function connect(state: MachineState): Transition {
  return {
    state: { ...carried(state), name: 'connecting' },
    effects: [
      { do: 'clear-timers' },
      { do: 'drop' },
      { do: 'set-timer', timer: 'open', ms: OPEN_TIMEOUT_MS },
      { do: 'open' },
    ],
  };
}

function greet(state: In<'connecting'>): Transition {
  return {
    state: { ...carried(state), name: 'greeting' },
    effects: [{ do: 'clear-timers' }, { do: 'set-timer', timer: 'hello', ms: HELLO_TIMEOUT_MS }],
  };
}

function takeFrame(state: MachineState, frame: RelayFrame, context: Context): Transition {
  if (state.name !== 'greeting' && state.name !== 'connected') return stay(state);
  if (frame.type === 'bye') return takeBye(state, frame, context);
  if (state.name === 'connected') return takeConnectedFrame(state, frame, context);
  return frame.type === 'hello' ? enterConnected(state, frame, context) : halt(state, 'protocol-broken');
}

function takeBye(
  state: MachineState,
  bye: Extract<RelayFrame, { type: 'bye' }>,
  context: Context,
): Transition {
  return reactTo(state, bye.code, context, bye.retryAfterMs);
}

function takeClose(state: MachineState, code: number, context: Context): Transition {
  switch (state.name) {
    case 'connecting':
      return ask(state);
    case 'greeting':
      return code === CLOSE.lost ? wait(state, 'lost', context) : reactTo(state, code, context);
    case 'connected':
      return reactTo(state, code, context);
    default:
      return stay(state);
  }
}

function reactTo(state: MachineState, code: number, context: Context, retryAfterMs?: number): Transition {
  const reaction = reactToClose(code);
  switch (reaction) {
    case 'retry':
      return wait(state, retryReason(code), context, retryAfterMs);
    case 'stop-protocol':
      return halt(state, 'protocol-broken');
    case 'stop-token':
      // The close says no more than "refused"; the session endpoint knows whether it expired.
      return ask(state);
    case 'stop-forbidden':
      return halt(state, 'forbidden');
    case 'stop-version':
      return halt(state, 'version-unknown');
  }
}

function retryReason(code: number): RetryReason {
  switch (code) {
    case CLOSE.goingAway:
    case CLOSE.restart:
      return 'restart';
    case CLOSE.overloaded:
      return 'overloaded';
    case CLOSE.tooSlow:
      return 'too-slow';
    default:
      return 'lost';
  }
}

function ask(state: MachineState): Transition {
  return {
    state: { ...carried(state), name: 'asking' },
    effects: [{ do: 'clear-timers' }, { do: 'drop' }, { do: 'ask-session' }],
  };
}

function takeSession(state: In<'asking'>, result: SessionResult, context: Context): Transition {
  switch (result.kind) {
    case 'accepted':
      return wait(state, 'no-websocket', context);
    case 'refused':
      return halt(state, result.reason, result.expiredAtMs);
    case 'later':
      return wait(state, result.reason, context, result.retryAfterMs);
    case 'not-a-relay':
      return wait(state, 'not-a-relay', context);
    case 'unreachable':
      return wait(state, 'unreachable', context);
  }
}

function wait(state: MachineState, reason: RetryReason, context: Context, retryAfterMs?: number): Transition {
  const soonestMs = Math.min(state.attempt, MAX_HELD_BACK_S) * 1_000;
  const ms =
    retryAfterMs === undefined
      ? backoffMs(state.attempt, context.random)
      : Math.min(Math.max(retryAfterMs, soonestMs), MAX_RETRY_AFTER_MS);
  return {
    state: {
      ...carried(state),
      name: 'waiting',
      attempt: state.attempt + 1,
      reason,
      retryAtMs: context.nowMs + ms,
    },
    effects: [{ do: 'clear-timers' }, { do: 'drop' }, { do: 'set-timer', timer: 'retry', ms }],
  };
}

function takeTimer(state: MachineState, timer: Timer, context: Context): Transition {
  switch (timer) {
    case 'retry':
      return state.name === 'waiting' ? connect(state) : stay(state);
    case 'open':
      return state.name === 'connecting' ? ask(state) : stay(state);
    case 'hello':
      return state.name === 'greeting' ? wait(state, 'not-a-relay', context) : stay(state);
    case 'ping':
      return state.name === 'connected' ? probe(state) : stay(state);
    case 'pong':
      return state.name === 'connected' && state.probing ? wait(state, 'silent', context) : stay(state);
    case 'stable':
      return state.name === 'connected' ? stay({ ...state, attempt: 0 }) : stay(state);
  }
}
