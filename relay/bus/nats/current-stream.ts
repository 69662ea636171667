/**
 * Which of a script's streams is in force: the one with the highest count. A stream that has lost what it held, or that
 * nobody answers for, is replaced by the next; its name is not used again, since servers that have lost a stream may never
 * answer for another of that name.
 */
import { errors } from '@nats-io/transport-node';
import type { Logger } from 'pino';
import type { Clock } from '../../clock.ts';
import type { Script } from '../bus.ts';
import type { NatsSession } from './nats-connection.ts';
import { describeScriptStreams, type StreamFacts } from './script-stream.ts';

export type CurrentStream = ReturnType<typeof trackCurrentStream>;

/** Everything rejects with what the library says. */
export function trackCurrentStream(script: Script, replicas: number, clock: Clock, log: Logger) {
  const streams = describeScriptStreams(script, replicas, log);
  let current = 0;
  /** The highest that we have asked to be created. */
  let tried = 0;
  /** When it was last asked. */
  let all: readonly number[] = [];
  /** Since when JetStream answers us, but not for the stream in force. */
  let silence: { session: NatsSession; sinceMs: number } | undefined;

  /** Undefined: there is none. Two questions at once: the list is not answered while the servers choose a leader of theirs. */
  async function find(session: NatsSession): Promise<StreamFacts | undefined> {
    const asked = current;
    const known = streams.find(session, asked);
    known.catch(() => {});
    let listed: number[];
    try {
      listed = await streams.list(session);
    } catch (error) {
      silence = undefined;
      const facts = await known;
      if (facts === undefined) throw error;
      return facts;
    }
    try {
      const facts = await findNewest(session, listed, asked, known);
      silence = undefined;
      return facts;
    } catch (error) {
      if (!(error instanceof errors.TimeoutError)) silence = undefined;
      else if (silence?.session !== session) silence = { session, sinceMs: clock.now() };
      throw error;
    }
  }

  async function findNewest(
    session: NatsSession,
    listed: readonly number[],
    asked: number,
    known: Promise<StreamFacts | undefined>,
  ): Promise<StreamFacts | undefined> {
    const newest = Math.max(0, ...listed);
    all = listed;
    if (newest <= asked) {
      const facts = await known;
      if (facts !== undefined || newest === asked) return facts;
    }
    current = newest;
    return await streams.find(session, newest);
  }

  return {
    ...streams,
    find,

    /** How long JetStream has answered without answering for the stream in force. */
    silentMs: () => (silence === undefined ? 0 : clock.now() - silence.sinceMs),

    /** Where there is none. Undefined: another relay has created it just now. */
    create: (session: NatsSession) => streams.create(session, 0),

    /** Creates the next, which is in force from then on. Undefined: another relay has just now. */
    async replace(session: NatsSession): Promise<StreamFacts | undefined> {
      tried = Math.max(tried, current) + 1;
      const count = tried;
      const facts = await streams.create(session, count);
      current = Math.max(current, count);
      return facts;
    },

    /** Asks for those to be removed that are no longer in force, and waits for no answer. */
    removeOutdated(session: NatsSession): void {
      for (const count of all.filter((listed) => listed < current))
        void streams.remove(session, count).catch(leaveForLater);
      all = [];
    },
  };
}

/** It is listed again at the next look. */
function leaveForLater(): void {}
