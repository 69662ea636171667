/**
 * One agent of a soak: comes, resumes, reads (now and then not for a while), goes with or without a word, comes again.
 * Whatever it is sent is checked at once: whether it may see it, and whether it has had it before.
 */
import { decodeRelayFrame } from '../../utils/protocol/codec.ts';
import type { RelayFrame } from '../../utils/protocol/frames.ts';
import type { Member } from './roster.ts';
import { createSeenNumbers } from './seen-numbers.ts';
import { readSoakEvent } from './soak-call.ts';
import { openSoakSocket, type SoakEnd, type SoakSocket } from './soak-socket.ts';
import type { SoakWorld } from './soak-world.ts';

/**
 * What was allowed this long ago may still arrive: the relay looks at its file twice a second, and what it had sent by
 * then lies in buffers of an overloaded machine. The longest that was seen is reported.
 */
const GRACE_MS = 5_000;
const STAY_MS = [1_000, 20_000] as const;
const AWAY_MS = [50, 3_000] as const;
const DOZE_MS = [500, 3_000] as const;

export type SoakAgentHooks = { onEvent?: (seq: number, data: unknown) => void; onGap?: () => void };
export type SoakAgent = ReturnType<typeof createSoakAgent>;

/** `isRestless`: goes away of its own accord. */
export function createSoakAgent(
  who: Member,
  isRestless: boolean,
  world: SoakWorld,
  hooks: SoakAgentHooks = {},
) {
  const { random, history, tally } = world;
  const seen = createSeenNumbers();
  /** Ranges it was told are lost to it: from (exclusive) to. */
  const lost: { from: number; to: number }[] = [];
  let socket: SoakSocket | undefined;
  let connection = 0;
  let epoch: string | undefined;
  /** Where its first connection began. */
  let start: number | undefined;
  let newest = 0;
  let isAnswered = false;
  let hasDozed = false;
  let isStopped = false;
  let isStaying = !isRestless;
  let timer: NodeJS.Timeout | undefined;

  function connect(): void {
    if (isStopped) return;
    connection += 1;
    isAnswered = false;
    hasDozed = false;
    socket = openSoakSocket(world.port, who.token, { onOpen: opened, onText: received, onEnd: ended });
  }

  function opened(): void {
    tally.count('agent connections');
    checkToken();
    if (!isStaying) timer = setTimeout(doze, random.between(...STAY_MS));
  }

  /** Some stop reading for a while before they go. */
  function doze(): void {
    hasDozed = true;
    socket?.pause();
    timer = setTimeout(leave, random.next() < 0.5 ? 0 : random.between(...DOZE_MS));
  }

  function leave(): void {
    socket?.resume();
    if (isStaying) return;
    if (random.next() < 0.6) socket?.reset();
    else socket?.close();
  }

  function ended(end: SoakEnd): void {
    clearTimeout(timer);
    socket = undefined;
    if ('status' in end) refused(end.status);
    else tally.count(`agents closed ${end.code}`);
    if (!isStopped) timer = setTimeout(connect, random.between(...AWAY_MS));
  }

  /** Only who had no token a moment ago: with 401, and with 429 once there were too many of those. */
  function refused(status: number): void {
    tally.count(`agents refused ${status}`);
    if (who.kind !== 'revoked') world.breach(`${who.name} was refused with ${status}`);
  }

  function checkToken(): void {
    const staleMs = history.staleMs(who, undefined, performance.now(), GRACE_MS);
    if (staleMs === undefined) world.breach(`${who.name} was let in without a token`);
  }

  function received(text: string): void {
    const decoded = decodeRelayFrame(text);
    if (decoded.ok) handle(decoded.frame);
    else world.breach(`${who.name} was sent a frame that is none: ${decoded.error.message}`);
  }

  function handle(frame: RelayFrame): void {
    switch (frame.type) {
      case 'hello':
        if (epoch !== undefined && frame.epoch !== epoch) world.breach('the epoch has changed');
        socket?.send(JSON.stringify({ type: 'resume', ...(start !== undefined && { epoch, seq: newest }) }));
        epoch = frame.epoch;
        break;
      case 'resumed':
        isAnswered = true;
        if (start === undefined) {
          start = frame.from;
          newest = frame.from;
        } else if (frame.recovered) tally.count('resumes recovered');
        else {
          tally.count('resumes not recovered');
          lost.push({ from: newest, to: frame.from });
          newest = frame.from;
        }
        break;
      case 'events':
        if (isAnswered) for (const { seq, data } of frame.events) take(seq, data);
        break;
      case 'position':
        newest = Math.max(newest, frame.seq);
        break;
      case 'gap':
        hooks.onGap?.();
        break;
      case 'upstream':
      case 'pong':
      case 'bye':
        break;
      default:
        frame satisfies never;
    }
  }

  function take(seq: number, data: unknown): void {
    if (!seen.add(seq, connection)) world.breach(`${who.name} was sent event ${seq} twice on a connection`);
    newest = Math.max(newest, seq);
    tally.count('events read');
    checkRules(seq, data);
    hooks.onEvent?.(seq, data);
  }

  function checkRules(seq: number, data: unknown): void {
    const event = readSoakEvent(data);
    // What belongs to no call is for those alone who see everything.
    const number = event === undefined ? 'noise' : world.numberOf(event.call);
    const staleMs = history.staleMs(who, number, performance.now(), GRACE_MS);
    if (staleMs === undefined) world.breach(`${who.name} was sent event ${seq} of ${number}`);
    // What lay unread while it dozed is late for another reason.
    else if (!hasDozed) tally.max('slowest change of rules, ms', staleMs);
  }

  return {
    name: who.name,
    start: connect,
    newest: () => newest,
    /** It has a token all the time, and is told how far the stream is whatever it may see. */
    isAwaited: () => who.kind === 'steady',
    /** From now on it goes no more, and comes back wherever it is. */
    stay(): void {
      isStaying = true;
      socket?.resume();
    },
    /** What it should have and has not, up to the newest there is. */
    missing(): number[] {
      const calls = who.callsAt(0);
      if (who.kind !== 'steady' || calls === undefined) return [];
      if (start === undefined) return [-1];
      const missing: number[] = [];
      for (let seq = start + 1; seq <= world.record.head(); seq += 1) {
        if (seen.has(seq) || !world.record.isDue(seq, calls)) continue;
        if (!lost.some(({ from, to }) => seq > from && seq <= to)) missing.push(seq);
      }
      return missing;
    },
    /** Once it is sent away, that was it. */
    comeNoMore(): void {
      isStopped = true;
    },
    stop(): void {
      isStopped = true;
      clearTimeout(timer);
      socket?.reset();
    },
  };
}
