/**
 * Reads one script's log: what the stream holds, then what comes, over reconnects and servers that are lost. The stream is
 * asked for every while, since nobody tells that it is gone; where there is none, one is created.
 */
import type { Logger } from 'pino';
import { type Clock, pause } from '../../clock.ts';
import type { LogReader } from '../bus.ts';
import { LostLog } from './away-words.ts';
import type { CurrentStream } from './current-stream.ts';
import { type Delivery, openDelivery } from './delivery.ts';
import type { DeliveryPlace } from './delivery-place.ts';
import { decodeEntry } from './entry-codec.ts';
import type { NatsLink, NatsSession } from './nats-connection.ts';
import type { StreamFacts } from './script-stream.ts';

export type LogFollower = {
  /** To be called once. */
  follow(reader: LogReader): void;
  /** As a log's; see there. */
  lag(): number;
  /** The newest number read in this epoch; 0 if none. */
  readTo(epoch: string): number;
  /** The log may be another now: looks, and resolves once `seq` of `epoch` has been read, or is not in time. */
  readUpTo(epoch: string, seq: number, withinMs: number): Promise<boolean>;
  /** The log has been without what we have read for some seconds, and nobody has begun another. */
  isLost(): boolean;
  close(): void;
};

export type FollowerDependencies = {
  link: NatsLink;
  stream: CurrentStream;
  clock: Clock;
  random: () => number;
  log: Logger;
  /** JetStream answered, or why not. */
  onAnswer: (error?: unknown) => void;
};

const LOOK_MS = 2_000;
/** While something is not as it should be. */
const LOOK_SOON_MS = 250;
/** Whoever leads, and has something to write, makes another log of an emptied one sooner. */
const EMPTIED_MS = 5_000;
/** Between two looks at how far has been read. */
const READ_LOOK_MS = 5;

type Position = { epoch: string; subjects: string; seq: number };

export function createLogFollower(deps: FollowerDependencies): LogFollower {
  const { link, stream, clock, random, log, onAnswer } = deps;
  let reader: LogReader | undefined;
  let position: Position | undefined;
  let delivery: Delivery | undefined;
  /** Of the log we are in, as last heard. */
  let newestSeq = 0;
  /** Where we stood at the last look, if there was more to read. */
  let waitingAt: number | undefined;
  /** At the last look there was no stream. */
  let isMissing = false;
  /** Since when it lacks what we have read. */
  let emptiedSinceMs: number | undefined;
  let isLooking = false;
  let isLookWanted = false;
  let isClosed = false;
  let cancelLook = () => {};
  let unlink = () => {};

  async function look(): Promise<void> {
    if (isLooking) {
      isLookWanted = true;
      return;
    }
    isLooking = true;
    cancelLook();
    let isWell: boolean;
    do {
      isLookWanted = false;
      isWell = await lookOnce();
    } while (isLookWanted && !isClosed);
    isLooking = false;
    if (isWell) lookIn(LOOK_MS);
    else lookSoon();
  }

  function lookIn(delayMs: number): void {
    cancelLook();
    if (!isClosed) cancelLook = clock.after(delayMs, () => void look());
  }

  const lookSoon = () => lookIn(LOOK_SOON_MS * (0.5 + random()));

  /** Whether all is as it should be. */
  async function lookOnce(): Promise<boolean> {
    const session = link.session();
    if (session === undefined || isClosed) return true;
    const before = position;
    const readBefore = position?.seq ?? 0;
    let facts: StreamFacts | undefined;
    try {
      facts = await stream.find(session);
      // Who begins a term creates it at once; servers do not take it well when all do.
      if (facts === undefined && isMissing) facts = await stream.create(session);
      isMissing = facts === undefined;
    } catch (error) {
      if (link.session() === session && !isClosed) onAnswer(error);
      return false;
    }
    if (link.session() !== session || isClosed) return true;
    const isEmptied = facts?.epoch === before?.epoch && facts !== undefined && facts.lastSeq < readBefore;
    emptiedSinceMs = isEmptied ? (emptiedSinceMs ?? clock.now()) : undefined;
    onAnswer(isLost() ? new LostLog() : undefined);
    if (facts === undefined) return false;
    if (isEmptied) {
      // Under its name; or a server has yet to learn what another told us. Another epoch will follow.
      closeDelivery();
      return false;
    }
    if (facts.epoch !== position?.epoch) enter(facts);
    else if (waitingAt === position.seq) closeDelivery();
    newestSeq = Math.max(newestSeq, facts.lastSeq);
    waitingAt = position !== undefined && newestSeq > position.seq ? position.seq : undefined;
    if (delivery === undefined) resume(session, facts);
    return delivery !== undefined;
  }

  function isLost(): boolean {
    return emptiedSinceMs !== undefined && clock.now() - emptiedSinceMs >= EMPTIED_MS;
  }

  function enter({ epoch, allSubjects, lostSeq, lostAtMs }: StreamFacts): void {
    closeDelivery();
    newestSeq = 0;
    begin({ epoch, subjects: allSubjects, seq: lostSeq }, lostAtMs);
  }

  function begin(start: Position, lostAtMs?: number): void {
    position = start;
    reader?.begin({ epoch: start.epoch, lostSeq: start.seq, lostAtMs });
  }

  /** What is gone by now is told before: nothing may be left that would. */
  function resume(session: NatsSession, { name, lostSeq }: StreamFacts): void {
    if (position === undefined) return;
    if (lostSeq > position.seq) begin({ ...position, seq: lostSeq });
    const from = position;
    delivery = openDelivery(
      session,
      name,
      { deliver_policy: 'by_start_sequence', opt_start_seq: from.seq + 1, filter_subject: from.subjects },
      clock,
      {
        onMessage: (message, place) => read(place, message.string()),
        onBroken() {
          delivery = undefined;
          lookSoon();
        },
      },
    );
  }

  /** Deliveries are whole: what is missing between two of them is missing in the log. */
  function read({ seq, pending }: DeliveryPlace, text: string): void {
    if (position === undefined || seq <= position.seq) return;
    if (seq > position.seq + 1) begin({ ...position, seq: seq - 1 });
    position.seq = seq;
    newestSeq = Math.max(newestSeq, seq + pending);
    const entry = decodeEntry(text);
    if (entry === 'unknown') log.warn({ seq }, 'an entry of the log on NATS is not understood and left out');
    else if (entry !== 'marker') reader?.entry(seq, entry);
  }

  function closeDelivery(): void {
    delivery?.close();
    delivery = undefined;
  }

  return {
    follow(given) {
      reader = given;
      unlink = link.onSession((session) => {
        closeDelivery();
        if (session !== undefined) void look();
      });
      void look();
    },
    lag: () => Math.max(delivery === undefined ? 1 : 0, newestSeq - (position?.seq ?? 0)),
    readTo: (epoch) => (position?.epoch === epoch ? position.seq : 0),
    async readUpTo(epoch, seq, withinMs) {
      if (reader === undefined) return true;
      void look();
      const untilMs = clock.now() + withinMs;
      const isThere = () => position?.epoch === epoch && position.seq >= seq;
      while (!isThere() && !isClosed && clock.now() < untilMs) {
        await pause(clock, READ_LOOK_MS);
      }
      return isThere();
    },
    isLost,
    close() {
      isClosed = true;
      unlink();
      cancelLook();
      closeDelivery();
    },
  };
}
