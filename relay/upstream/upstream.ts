/**
 * The one connection to the platform, kept up.
 *
 *   connecting ─┬─ opened ──────────────────────▶ up ── closed, lost, silent ──▶ down
 *               ├─ 401, 403, unusable token ────▶ unauthorized
 *               └─ any other failure ───────────▶ down
 *
 * `down` and `unauthorized` go on trying and lead wherever `connecting` does; they keep their name and their `since`
 * meanwhile, so that `connecting` is only the first attempt.
 */
import type { GapFrame, UpstreamFrame, UpstreamState } from '../../utils/protocol/frames.ts';
import type { Clock } from '../clock.ts';
import { MAX_PLATFORM_FRAME_BYTES } from '../limits.ts';
import type { ReadPlatformToken } from './platform-token.ts';
import { reconnectDelayMs } from './reconnect-delay.ts';
import { describeUpstreamEnd, type UpstreamEnd } from './upstream-end.ts';
import { createLiveness } from './upstream-liveness.ts';
import type { OpenUpstream, UpstreamSocket } from './upstream-socket.ts';

const CONNECT_TIMEOUT_MS = 10_000;
/** A connection that stood this long was a good one: the backoff begins anew. */
const STABLE_AFTER_MS = 10_000;

export type UpstreamDependencies = {
  url: string;
  readToken: ReadPlatformToken;
  open: OpenUpstream;
  clock: Clock;
  random: () => number;
  onFrame: (text: string, atMs: number) => void;
  onGap: (gap: Omit<GapFrame, 'type'>) => void;
  /** The state, or what is known of it, has changed. */
  onState: (frame: UpstreamFrame) => void;
  onDropped: (bytes: number) => void;
  /** An attempt came to nothing, or a connection that stood is gone. */
  onFailed: () => void;
  /** The last moment the platform was known to be there, if another connection than ours knew it. */
  knownUpMs?: number | undefined;
};

export function createUpstream(deps: UpstreamDependencies) {
  const { clock } = deps;
  const liveness = createLiveness(clock);
  let frame: UpstreamFrame = { type: 'upstream', state: 'connecting', since: clock.now() };
  let socket: UpstreamSocket | undefined;
  let isStopped = false;
  /** Attempts in a row after which no connection stood for long. */
  let failures = 0;
  /** The last moment the platform was known to be there; undefined before any connection. */
  let knownUpMs = deps.knownUpMs;
  let openedMs: number | undefined;
  let cancelTimer = () => {};
  /** Why we cut the connection ourselves, if we did. */
  let ownReason: UpstreamEnd | undefined;
  /** Between two attempts: the timer is that of the next. */
  let isWaiting = false;
  /** The token may be another than the one this attempt has read. */
  let isTokenNewer = false;

  async function connect(): Promise<void> {
    isWaiting = false;
    isTokenNewer = false;
    const token = await deps.readToken();
    if (isStopped) return;
    if (!token.ok) return ended({ kind: 'no-token', problem: token.problem });
    ownReason = undefined;
    socket = deps.open(deps.url, token.token, {
      onOpen: opened,
      onFrame: received,
      onPong() {
        knownUpMs = clock.now();
        liveness.ponged();
      },
      onEnd: (end) => ended(ownReason ?? withExpiry(end, token.expiresAtMs)),
    });
    cancelTimer = clock.after(CONNECT_TIMEOUT_MS, () => cut({ kind: 'timeout' }));
  }

  function withExpiry(end: UpstreamEnd, expiresAtMs: number | undefined): UpstreamEnd {
    if (end.kind !== 'answered' || expiresAtMs === undefined || expiresAtMs > clock.now()) return end;
    return { ...end, expiredAtMs: expiresAtMs };
  }

  function cut(reason: UpstreamEnd): void {
    ownReason = reason;
    socket?.cut();
  }

  function opened(): void {
    if (isStopped) return;
    cancelTimer();
    const nowMs = clock.now();
    // Clocks of two machines differ, and may be set back.
    const from = knownUpMs === undefined ? undefined : Math.min(knownUpMs, nowMs);
    if (from !== undefined) deps.onGap({ from, to: nowMs, reason: 'upstream-away' });
    knownUpMs = nowMs;
    openedMs = nowMs;
    liveness.watch(
      () => socket?.ping(),
      () => cut({ kind: 'silent' }),
    );
    setState('up', undefined);
  }

  function received(text: string): void {
    if (isStopped) return;
    const nowMs = clock.now();
    knownUpMs = nowMs;
    liveness.heard();
    const bytes = Buffer.byteLength(text);
    if (bytes <= MAX_PLATFORM_FRAME_BYTES) {
      deps.onFrame(text, nowMs);
      return;
    }
    deps.onDropped(bytes);
    deps.onGap({ from: nowMs, to: nowMs, reason: 'frame-too-large' });
  }

  function ended(end: UpstreamEnd): void {
    cancelTimer();
    liveness.stop();
    socket = undefined;
    if (isStopped) return;
    const nowMs = clock.now();
    // A closing handshake is a sign of life; a lost connection may have been dead since the last one.
    if (end.kind === 'closed' && end.code !== 1006) knownUpMs = nowMs;
    if (openedMs !== undefined && nowMs - openedMs >= STABLE_AFTER_MS) failures = 0;
    openedMs = undefined;
    const { state, detail } = describeUpstreamEnd(end);
    setState(state, detail);
    deps.onFailed();
    const jitterMs = reconnectDelayMs(failures, state === 'unauthorized', deps.random());
    failures += 1;
    isWaiting = true;
    cancelTimer = clock.after(isTokenNewer ? 0 : jitterMs, () => void connect());
  }

  function setState(state: UpstreamState, detail: string | undefined): void {
    if (frame.state === state && frame.detail === detail) return;
    const since = frame.state === state ? frame.since : clock.now();
    frame = { type: 'upstream', state, since, ...(detail === undefined ? {} : { detail }) };
    deps.onState(frame);
  }

  return {
    frame: (): UpstreamFrame => frame,
    /** The last moment the platform was known to be there; undefined: it never was. */
    knownUpMs: () => knownUpMs,
    /** To be called once. */
    start: () => void connect(),
    /** There is another token: tried at once, except by a connection that stands, which does without. */
    tokenChanged(): void {
      isTokenNewer = openedMs === undefined;
      if (!isWaiting || isStopped) return;
      cancelTimer();
      void connect();
    },
    /** Nothing is told after this. */
    stop(): void {
      isStopped = true;
      cancelTimer();
      liveness.stop();
      socket?.close();
    },
  };
}
