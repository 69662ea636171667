/** A relay and a clock in memory, for tests of the connection: nothing here waits. */

import type { Checkpoint, ResumePoint } from '../../../utils/connection/machine-types.ts';
import {
  type ConnectionSink,
  createRelayConnection,
  type RelayConnection,
  type Socket,
} from '../../../utils/connection/relay-connection.ts';
import type { RelayFrame } from '../../../utils/protocol/frames.ts';

type Timer = { atMs: number; run(): void };

/** One socket the connection opened, seen from the relay's side. */
type FakeSocket = {
  url: string;
  protocols: string[];
  sent: unknown[];
  closedWith: number | undefined;
  open(): void;
  send(frame: RelayFrame | string | Uint8Array): void;
  close(code: number): void;
};

export type FakeWorld = {
  connection: RelayConnection;
  sockets: FakeSocket[];
  /** The newest socket. */
  socket(): FakeSocket;
  delivered: string[];
  gaps: { fromMs: number; toMs: number }[];
  states: string[];
  closes: number[];
  resume: ResumePoint | undefined;
  answerSession(status: number, body: string): void;
  elapse(ms: number): void;
  /** Lets promises run. */
  settle(): Promise<void>;
  nowMs(): number;
};

export const address = {
  streamUrl: 'wss://relay.test/v1/stream',
  sessionUrl: 'https://relay.test/v1/session',
};

export function createFakeWorld(checkpoint?: Checkpoint): FakeWorld {
  let nowMs = 1_000_000;
  const timers = new Set<Timer>();
  const sockets: FakeSocket[] = [];
  let answer: (() => Promise<Response>) | undefined;

  const sink: ConnectionSink = {
    deliver(frame, { resume }) {
      world.delivered.push(
        frame.type === 'events' ? frame.events.map(({ seq }) => seq).join(',') : frame.type,
      );
      world.resume = resume;
    },
    reportGap: (fromMs, toMs) => world.gaps.push({ fromMs, toMs }),
    stateChanged: (state) =>
      world.states.push('reason' in state ? `${state.name} ${state.reason}` : state.name),
    closed: (code) => world.closes.push(code),
  };

  const connection = createRelayConnection(
    {
      nowMs: () => nowMs,
      random: () => 0.5,
      setTimer(run, ms) {
        const timer = { atMs: nowMs + ms, run };
        timers.add(timer);
        return timer;
      },
      clearTimer: (timer) => timers.delete(timer as Timer),
      openSocket(url, protocols) {
        const socket = openFake(url, protocols);
        sockets.push(socket.seen);
        return socket.given;
      },
      fetch: () => answer?.() ?? Promise.reject(new TypeError('unreachable')),
    },
    sink,
    checkpoint,
  );

  const world: FakeWorld = {
    connection,
    sockets,
    socket() {
      const newest = sockets.at(-1);
      if (newest === undefined) throw new Error('no socket was opened');
      return newest;
    },
    delivered: [],
    gaps: [],
    states: [],
    closes: [],
    resume: undefined,
    answerSession(status, body) {
      answer = () => Promise.resolve(new Response(body, { status }));
    },
    elapse(ms) {
      const untilMs = nowMs + ms;
      for (;;) {
        const due = [...timers]
          .filter((timer) => timer.atMs <= untilMs)
          .sort((one, other) => one.atMs - other.atMs)[0];
        if (due === undefined) break;
        timers.delete(due);
        nowMs = due.atMs;
        due.run();
      }
      nowMs = untilMs;
    },
    settle: () => new Promise((resolve) => setImmediate(resolve)),
    nowMs: () => nowMs,
  };
  return world;
}

function openFake(url: string, protocols: string[]): { seen: FakeSocket; given: Socket } {
  const seen: FakeSocket = {
    url,
    protocols,
    sent: [],
    closedWith: undefined,
    open: () => given.onopen?.call(given as WebSocket, new Event('open')),
    send(frame) {
      const data = typeof frame === 'string' || frame instanceof Uint8Array ? frame : JSON.stringify(frame);
      given.onmessage?.call(given as WebSocket, new MessageEvent('message', { data }));
    },
    close: (code) =>
      given.onclose?.call(given as WebSocket, Object.assign(new Event('close'), { code }) as CloseEvent),
  };
  const given: Socket = {
    binaryType: 'blob',
    onopen: null,
    onmessage: null,
    onclose: null,
    send: (data) => seen.sent.push(JSON.parse(String(data))),
    close(code) {
      seen.closedWith = code;
    },
  };
  return { seen, given };
}

/** The greeting of a relay at `seq` of `epoch`. */
export function hello(seq: number, epoch = 'e1', oldest = seq + 1): RelayFrame {
  return {
    type: 'hello',
    epoch,
    seq,
    oldest,
    agent: 'Alice',
    pingMs: 20_000,
    window: { events: 100, ms: 60_000 },
  };
}

export function events(...seqs: number[]): RelayFrame {
  return { type: 'events', events: seqs.map((seq) => ({ seq, at: 1, data: `line ${seq}` })) };
}
