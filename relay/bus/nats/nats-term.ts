/** One relay's right to write a script's log, for as long as the stream listens on this term's subject. */
import { randomUUID } from 'node:crypto';
import { type Clock, pause } from '../../clock.ts';
import type { Appended, LogEntry, Term } from '../bus.ts';
import { isWrongSequence } from './api-errors.ts';
import { isNoJetStream } from './away-words.ts';
import type { CurrentStream } from './current-stream.ts';
import { encodeEntry, encodeTooLarge, MARKER } from './entry-codec.ts';
import type { NatsLink, NatsSession } from './nats-connection.ts';
import type { StreamFacts } from './script-stream.ts';

/** What an entry's headers take at most. */
const HEADER_BYTES = 512;

const MARK_AGAIN_MS = 50;

/** Between two looks at what has become of the stream. */
const LOOK_APART_MS = 250;
/** A stream that seems gone or emptied is asked again after this: its servers may yet agree. */
const SECOND_LOOK_MS = 500;

type TermDependencies = { link: NatsLink; stream: CurrentStream; clock: Clock; timeoutMs: number };

export type NatsTerm = Term & {
  /** Nothing is appended any more. Whether anything still could be. */
  end(): boolean;
};

/** `refused`: another term has begun since, or the stream is gone. Rejects with what the library says. */
export async function beginNatsTerm(
  session: NatsSession,
  found: StreamFacts,
  { link, stream, clock, timeoutMs }: TermDependencies,
): Promise<NatsTerm | 'refused' | 'away'> {
  const given = await stream.giveTo(session, found, randomUUID());
  if (given === undefined) return 'refused';
  const { name, epoch, subject } = given;
  /** Another writes by now, or the stream is lost; what is refused for any other reason may be taken when it is repeated. */
  let isOver = false;
  let newestStored = given.lastSeq;
  let looking: Promise<boolean> | undefined;
  let lookedAtMs: number | undefined;

  async function publish(session: NatsSession, text: string, after: number): Promise<Appended> {
    try {
      const options = { expect: { lastSequence: after }, timeout: timeoutMs };
      const { seq } = await session.jetStream.publish(subject, text, options);
      newestStored = Math.max(newestStored, seq);
      return { kind: 'stored', seq };
    } catch (error) {
      if (isWrongSequence(error)) return await lookWhose(session, after);
      return (await isLost(session)) ? { kind: 'refused' } : { kind: 'away' };
    }
  }

  /** A repeated append finds its first copy where it was to stand. */
  async function lookWhose(session: NatsSession, after: number): Promise<Appended> {
    try {
      const standing = await stream.subjectOf(session, name, after + 1);
      if (standing === subject) return { kind: 'stored', seq: after + 1 };
      isOver ||= standing !== undefined;
      return { kind: 'refused' };
    } catch {
      return { kind: 'away' };
    }
  }

  /** Whether the stream is another's by now, or gone, or emptied. One look answers many. */
  function isLost(session: NatsSession): Promise<boolean> {
    const hasJustLooked = lookedAtMs !== undefined && Math.abs(clock.now() - lookedAtMs) < LOOK_APART_MS;
    if (isOver || link.session() !== session || (looking === undefined && hasJustLooked))
      return Promise.resolve(isOver);
    looking ??= look(session).then((isLostNow) => {
      isOver ||= isLostNow;
      looking = undefined;
      lookedAtMs = clock.now();
      return isOver;
    });
    return looking;
  }

  async function look(session: NatsSession): Promise<boolean> {
    try {
      const facts = await stream.find(session);
      if (facts !== undefined && facts.subject !== subject) return true;
      if (isWhole(facts)) return false;
      await pause(clock, SECOND_LOOK_MS);
      return !isWhole(await stream.find(session));
    } catch {
      return false;
    }
  }

  function isWhole(facts: StreamFacts | undefined): boolean {
    return facts?.subject === subject && facts.lastSeq >= newestStored;
  }

  /** Not every server knows at once that the stream listens there. An unsure answer is none: a second marker could come late. */
  async function mark(): Promise<number | 'refused' | 'away'> {
    const untilMs = clock.now() + timeoutMs;
    for (;;) {
      try {
        return (await session.jetStream.publish(subject, MARKER, { timeout: timeoutMs })).seq;
      } catch (error) {
        if (!isNoJetStream(error) || clock.now() > untilMs) return 'away';
        if (await isLost(session)) return 'refused';
      }
      await pause(clock, MARK_AGAIN_MS);
    }
  }

  const marked = await mark();
  if (typeof marked === 'string') return marked;
  const head = marked;
  newestStored = head;

  async function append(entry: LogEntry, after: number): Promise<Appended> {
    if (isOver || after < head) return { kind: 'refused' };
    const session = link.session();
    if (session === undefined) return { kind: 'away' };
    const text = encodeEntry(entry);
    const roomBytes = (session.connection.info?.max_payload ?? Number.POSITIVE_INFINITY) - HEADER_BYTES;
    const fits = text.length * 3 <= roomBytes || Buffer.byteLength(text) <= roomBytes;
    return await publish(session, fits ? text : encodeTooLarge(entry), after);
  }

  function end(): boolean {
    const wasOver = isOver;
    isOver = true;
    return !wasOver;
  }

  return { epoch, head, append, end };
}
