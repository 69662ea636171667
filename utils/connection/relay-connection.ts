/** Carries out what the connection machine decides: the one socket, its timers, and the session question. */
import { CLOSE } from '../protocol/close-codes.ts';
import { decodeRelayFrame, encodeFrame } from '../protocol/codec.ts';
import { offerProtocols } from '../protocol/subprotocol.ts';
import { askSession } from './ask-session.ts';
import { advance, initialState } from './connection-machine.ts';
import type { Checkpoint, DeliveredFrame, Effect, Input, MachineState, Timer } from './machine-types.ts';
import { openPlainSocket } from './plain-socket.ts';
import type { RelayAddress } from './relay-address.ts';

/** Where to connect, as what. */
type RelayTarget = {
  address: RelayAddress;
  token: string;
  /** A proxy that only passes the platform's frames on: no sequence, no resume, nobody to ask why it refused. */
  plain: boolean;
};

/** The part of a browser's `WebSocket` that is used. */
export type Socket = Pick<WebSocket, 'send' | 'close' | 'onopen' | 'onmessage' | 'onclose' | 'binaryType'>;

export type ConnectionDeps = {
  openSocket(url: string, protocols: string[]): Socket;
  fetch: typeof fetch;
  nowMs(): number;
  random(): number;
  setTimer(run: () => void, ms: number): unknown;
  clearTimer(timer: unknown): void;
};

/** Where frames and states go. Called synchronously, in the order things happened. */
export type ConnectionSink = {
  /** Whatever is kept of `frame` must be kept together with `checkpoint`. */
  deliver(frame: DeliveredFrame, checkpoint: Checkpoint): void;
  reportGap(fromMs: number, toMs: number): void;
  stateChanged(state: MachineState): void;
  /** The other end closed the connection, or said with which code it will. */
  closed(code: number): void;
};

export type RelayConnection = {
  /** Connects anew; what an earlier connection held is resumed from. */
  start(target: RelayTarget): void;
  /** As `start`, but a connection to the same relay stays, and only its token is renewed. */
  renew(target: RelayTarget): void;
  stop(): void;
  /** The network or the clock changed: look now whether the socket still lives. */
  suspect(): void;
};

export function createRelayConnection(
  deps: ConnectionDeps,
  sink: ConnectionSink,
  checkpoint: Checkpoint | undefined,
): RelayConnection {
  let state = initialState(checkpoint);
  let target: RelayTarget | undefined;
  let socket: Socket | undefined;
  const timers = new Map<Timer, unknown>();

  function feed(input: Input): void {
    const transition = advance(state, input, { nowMs: deps.nowMs(), random: deps.random });
    const changed = transition.state.name !== state.name;
    state = transition.state;
    for (const effect of transition.effects) carryOut(effect);
    if (changed) sink.stateChanged(state);
  }

  function carryOut(effect: Effect): void {
    switch (effect.do) {
      case 'open':
        return open();
      case 'send':
        return socket?.send(encodeFrame(effect.frame));
      case 'drop':
        return drop();
      case 'ask-session':
        return ask();
      case 'set-timer':
        return setTimer(effect.timer, effect.ms);
      case 'clear-timer':
        return clearTimer(effect.timer);
      case 'clear-timers':
        return [...timers.keys()].forEach(clearTimer);
      case 'deliver':
        return sink.deliver(effect.frame, effect.checkpoint);
      case 'report-gap':
        return sink.reportGap(effect.fromMs, effect.toMs);
    }
  }

  function open(): void {
    if (target === undefined) return;
    let opened: Socket;
    try {
      opened = target.plain
        ? openPlainSocket(deps, target.address.streamUrl, target.token)
        : deps.openSocket(target.address.streamUrl, offerProtocols(target.token));
    } catch {
      // The browser refuses the address itself; to the machine that is a socket that never opened.
      queueMicrotask(() => feed({ kind: 'closed', code: CLOSE.lost }));
      return;
    }
    socket = opened;
    opened.onopen = () => feed({ kind: 'opened' });
    opened.onmessage = ({ data }: MessageEvent<unknown>) => {
      const decoded = decodeRelayFrame(data);
      if (decoded.ok && decoded.frame.type === 'bye') sink.closed(decoded.frame.code);
      feed(decoded.ok ? { kind: 'frame', frame: decoded.frame } : { kind: 'unreadable' });
    };
    opened.onclose = ({ code }) => {
      sink.closed(code);
      feed({ kind: 'closed', code });
    };
  }

  function drop(): void {
    if (socket === undefined) return;
    const dropped = socket;
    socket = undefined;
    dropped.onopen = null;
    dropped.onmessage = null;
    dropped.onclose = null;
    dropped.close(1000);
  }

  function ask(): void {
    if (target === undefined) return;
    const asked = target;
    if (asked.plain) return feed({ kind: 'session', result: { kind: 'unreachable' } });
    void askSession(deps.fetch, asked.address.sessionUrl, asked.token).then((result) => {
      if (asked === target) feed({ kind: 'session', result });
    });
  }

  function setTimer(name: Timer, ms: number): void {
    clearTimer(name);
    timers.set(
      name,
      deps.setTimer(() => {
        timers.delete(name);
        feed({ kind: 'timer', timer: name });
      }, ms),
    );
  }

  function clearTimer(name: Timer): void {
    deps.clearTimer(timers.get(name));
    timers.delete(name);
  }

  return {
    start(next) {
      target = next;
      feed({ kind: 'start' });
    },
    renew(next) {
      const isSame = target?.address.streamUrl === next.address.streamUrl && target.plain === next.plain;
      target = next;
      feed(isSame && !next.plain ? { kind: 'renew', token: next.token } : { kind: 'start' });
    },
    stop() {
      target = undefined;
      feed({ kind: 'stop' });
    },
    suspect: () => feed({ kind: 'suspect' }),
  };
}
