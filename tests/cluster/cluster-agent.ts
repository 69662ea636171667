/**
 * One agent of the cluster: the extension's own connection on a bare socket, sent to a relay by the balancer. What it
 * is told, lines and gaps, is kept in the order in which it was told.
 */
import type { DeliveredFrame } from '../../utils/connection/machine-types.ts';
import { createRelayConnection, type Socket } from '../../utils/connection/relay-connection.ts';
import { openSoakSocket } from '../soak/soak-socket.ts';
import type { Balancer, Place } from './balancer.ts';
import type { Member } from './crew.ts';
import { readLine } from './numbered-line.ts';

/** `frame`: the relay's word for it; `resume`: what was held could not be gone on from. */
export type ToldGap = { from: number; to: number; by: 'frame' | 'resume' };
/** A line by its number, or a gap. */
export type Told = number | ToldGap;

type ClusterAgentDependencies = {
  balancer: Balancer;
  /** `via`: the connection of the platform it came in by. */
  onLine: (n: number, via: number, agent: string) => void;
};
export type ClusterAgent = ReturnType<typeof createClusterAgent>;

/** What a browser's socket calls back; events carry no more than is read of them. */
type Callbacks = {
  onopen: (() => void) | null;
  onmessage: ((event: { data: string }) => void) | null;
  onclose: ((event: { code: number }) => void) | null;
};

/** Nobody listens here: the balancer alone knows where the relays are. */
const address = { streamUrl: 'ws://balancer.test/v1/stream', sessionUrl: 'http://balancer.test/v1/session' };

export function createClusterAgent(member: Member, { balancer, onLine }: ClusterAgentDependencies) {
  let told: Told[] = [];
  let newest = 0;
  /** Connections that stood, and resumes of them that were not answered whole. */
  const counts = { connections: 0, recovered: 0, notRecovered: 0 };
  const closes: number[] = [];
  let state = 'off';
  let epoch: string | undefined;
  let current: { place: Place; reset: () => void } | undefined;

  function openSocket(): Socket {
    const place = balancer.take();
    if (place === undefined) throw new Error('no relay is ready');
    const callbacks: Callbacks = { onopen: null, onmessage: null, onclose: null };
    const raw = openSoakSocket(place.port, member.token, {
      onOpen: () => callbacks.onopen?.(),
      onText: (data) => callbacks.onmessage?.({ data }),
      onEnd(end) {
        place.leave();
        if (current?.place === place) current = undefined;
        callbacks.onclose?.({ code: 'code' in end ? end.code : 1006 });
      },
    });
    current = { place, reset: raw.reset };
    const socket: unknown = Object.assign(callbacks, {
      binaryType: 'blob',
      send: raw.send,
      close: raw.close,
    });
    return socket as Socket;
  }

  async function fetchFromRelay(input: URL | RequestInfo, init?: RequestInit): Promise<Response> {
    const port = balancer.port();
    if (port === undefined) throw new TypeError('no relay is ready');
    return fetch(`http://127.0.0.1:${port}${new URL(String(input)).pathname}`, init);
  }

  function take(frame: DeliveredFrame, ofEpoch: string): void {
    epoch = ofEpoch;
    if (frame.type === 'gap') told.push({ from: frame.from, to: frame.to, by: 'frame' });
    if (frame.type === 'resumed') counts[frame.recovered ? 'recovered' : 'notRecovered'] += 1;
    if (frame.type !== 'events') return;
    for (const { data } of frame.events) {
      const line = readLine(data);
      if (line === undefined) continue;
      told.push(line.n);
      newest = Math.max(newest, line.n);
      onLine(line.n, line.via, member.name);
    }
  }

  const connection = createRelayConnection(
    {
      openSocket,
      fetch: fetchFromRelay,
      nowMs: Date.now,
      random: Math.random,
      setTimer: (run, ms) => setTimeout(run, ms),
      clearTimer: (timer) => clearTimeout(timer as NodeJS.Timeout | undefined),
    },
    {
      deliver: (frame, checkpoint) => take(frame, checkpoint.resume.epoch),
      reportGap: (from, to) => void told.push({ from, to, by: 'resume' }),
      stateChanged(next) {
        state = 'reason' in next ? `${next.name} ${next.reason}` : next.name;
        if (next.name === 'connected') counts.connections += 1;
      },
      closed: (code) => void closes.push(code),
    },
    undefined,
  );

  return {
    member,
    start: () => connection.start({ address, token: member.token, plain: false }),
    /** The relay it is at, while it is connected. */
    relay: () => (state === 'connected' ? current?.place.relay : undefined),
    state: () => state,
    epoch: () => epoch,
    newest: () => newest,
    counts: (): Readonly<typeof counts> => ({ ...counts }),
    closes: (): readonly number[] => closes,
    /** All since it was last asked. */
    takeTold(): Told[] {
      const taken = told;
      told = [];
      return taken;
    },
    /** Its line breaks: it comes again by itself. */
    reset: () => current?.reset(),
    stop(): void {
      const last = current;
      connection.stop();
      last?.reset();
    },
  };
}
