/** One relay's right to write a script's log, for as long as the stream listens on this term's subject. */
import { randomUUID } from 'node:crypto';
import { JetStreamApiCodes, JetStreamApiError } from '@nats-io/jetstream';
import type { Clock } from '../../clock.ts';
import type { Appended, LogEntry, Term } from '../bus.ts';
import { isNoJetStream } from './away-words.ts';
import { encodeEntry, encodeTooLarge, MARKER } from './entry-codec.ts';
import type { NatsLink, NatsSession } from './nats-connection.ts';
import type { ScriptStream, StreamFacts } from './script-stream.ts';

/** What an entry's headers take at most. */
const HEADER_BYTES = 512;

const MARK_AGAIN_MS = 50;

type TermDependencies = { link: NatsLink; stream: ScriptStream; clock: Clock; timeoutMs: number };

/** `refused`: another term has begun since, or the stream is gone. Rejects with what the library says. */
export async function beginNatsTerm(
  session: NatsSession,
  found: StreamFacts,
  { link, stream, clock, timeoutMs }: TermDependencies,
): Promise<Term | 'refused' | 'away'> {
  const given = await stream.giveTo(session, found, randomUUID());
  if (given === undefined) return 'refused';
  const { epoch, subject } = given;
  /** Another writes by now; what is refused for any other reason may be taken when it is repeated. */
  let isOver = false;
  let overCheck: Promise<boolean> | undefined;

  async function publish(session: NatsSession, text: string, after: number): Promise<Appended> {
    try {
      const options = { expect: { lastSequence: after }, timeout: timeoutMs };
      const { seq } = await session.jetStream.publish(subject, text, options);
      return { kind: 'stored', seq };
    } catch (error) {
      if (isWrongSequence(error)) return await lookWhose(session, after);
      return isNoJetStream(error) && (await isTaken(session)) ? { kind: 'refused' } : { kind: 'away' };
    }
  }

  /** A repeated append finds its first copy where it was to stand. */
  async function lookWhose(session: NatsSession, after: number): Promise<Appended> {
    try {
      const standing = await stream.subjectOf(session, after + 1);
      if (standing === subject) return { kind: 'stored', seq: after + 1 };
      isOver ||= standing !== undefined;
      return { kind: 'refused' };
    } catch {
      return { kind: 'away' };
    }
  }

  /** Nobody listens: the stream is another's by now, or its servers have yet to agree who leads it. Asked once for many. */
  async function isTaken(session: NatsSession): Promise<boolean> {
    overCheck ??= stream.find(session).then(
      (facts) => facts?.subject !== subject,
      () => false,
    );
    const isTakenNow = await overCheck;
    overCheck = undefined;
    isOver ||= isTakenNow;
    return isTakenNow;
  }

  /** Not every server knows at once that the stream listens there. An unsure answer is none: a second marker could come late. */
  async function mark(): Promise<number | 'refused' | 'away'> {
    const untilMs = clock.now() + timeoutMs;
    for (;;) {
      try {
        return (await session.jetStream.publish(subject, MARKER, { timeout: timeoutMs })).seq;
      } catch (error) {
        if (!isNoJetStream(error) || clock.now() > untilMs) return 'away';
        if (await isTaken(session)) return 'refused';
      }
      await new Promise<void>((resolve) => void clock.after(MARK_AGAIN_MS, resolve));
    }
  }

  const marked = await mark();
  if (typeof marked === 'string') return marked;
  const head = marked;

  async function append(entry: LogEntry, after: number): Promise<Appended> {
    if (isOver || after < head) return { kind: 'refused' };
    const session = link.session();
    if (session === undefined) return { kind: 'away' };
    const text = encodeEntry(entry);
    const roomBytes = (session.connection.info?.max_payload ?? Number.POSITIVE_INFINITY) - HEADER_BYTES;
    const fits = text.length * 3 <= roomBytes || Buffer.byteLength(text) <= roomBytes;
    return await publish(session, fits ? text : encodeTooLarge(entry), after);
  }

  return { epoch, head, append };
}

function isWrongSequence(error: unknown): boolean {
  return (
    error instanceof JetStreamApiError &&
    (error.code === JetStreamApiCodes.StreamWrongLastSequence ||
      error.code === JetStreamApiCodes.StreamWrongLastSequenceUnknown)
  );
}
