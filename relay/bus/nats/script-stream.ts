/**
 * The JetStream streams that hold one script's log: in memory, as long as the window. Only the newest is in force
 * (`current-stream.ts`).
 *
 * It listens on one subject, that of the term in force. A term begins by putting its own there, so whoever led before
 * writes to where nobody listens. The expected sequence alone would not do: of many appends under way one could meet the
 * number it was meant for among what another has written since.
 */
import { randomBytes } from 'node:crypto';
import {
  DiscardPolicy,
  JetStreamApiCodes,
  JetStreamApiError,
  StorageType,
  type StreamInfo,
} from '@nats-io/jetstream';
import { nanos } from '@nats-io/transport-node';
import type { Logger } from 'pino';
import type { Script } from '../bus.ts';
import { isApiError } from './api-errors.ts';
import { nameScript } from './names.ts';
import type { NatsSession } from './nats-connection.ts';
import { readEpoch } from './stream-epoch.ts';

/** A stream as it stood when it was asked for. */
export type StreamFacts = {
  name: string;
  epoch: string;
  /** Of the term in force. */
  subject: string;
  /** Of all terms of this stream, and of no stream that had its name before or will after. */
  allSubjects: string;
  /** 0 if it holds nothing, and never did or has lost it. */
  lastSeq: number;
  /** Of the newest that is gone. */
  lostSeq: number;
  /** When the newest was written, if it is gone too. */
  lostAtMs: number | undefined;
  /** No term has begun. */
  isUnused: boolean;
};

/** Answered where two create it at once. */
const NAME_IN_USE = 10_058;
/** JetStream keeps nothing for less. */
const MIN_AGE_MS = 100;
/** Stands where a term's name will. */
const NO_TERM = 'none';

/** Streams of one script are counted, the first is 0. Everything rejects with what the library says, except where it says otherwise. */
export function describeScriptStreams(script: Script, replicas: number, log: Logger) {
  const { stream, subjectPrefix, leaseKey } = nameScript(script);
  const nameOf = (count: number) => (count === 0 ? stream : `${stream}-${count}`);
  const bounds = {
    max_msgs: script.window.events,
    max_bytes: script.window.bytes,
    max_age: nanos(Math.max(MIN_AGE_MS, script.window.ms)),
    num_replicas: replicas,
    // Nothing bears a message id; and never more than the age.
    duplicate_window: nanos(MIN_AGE_MS),
  };

  function readFacts({ config, created, state }: StreamInfo): StreamFacts {
    const subject = config.subjects[0] ?? '';
    return {
      name: config.name,
      epoch: readEpoch(created),
      subject,
      allSubjects: `${subject.slice(0, subject.lastIndexOf('.'))}.>`,
      lastSeq: state.last_seq,
      lostSeq: state.messages === 0 ? state.last_seq : state.first_seq - 1,
      lostAtMs: state.messages === 0 && state.last_seq > 0 ? Date.parse(state.last_ts) : undefined,
      isUnused: subject.endsWith(`.${NO_TERM}`),
    };
  }

  return {
    /** Of the first. */
    name: stream,
    leaseKey,

    /** Which there are, in any order; some may be without servers that answer for them. */
    async list({ streams }: NatsSession): Promise<number[]> {
      const names = await streams.names(`${subjectPrefix}>`).next();
      return names.flatMap((name) => {
        if (name === stream) return [0];
        const count = name.startsWith(`${stream}-`) ? name.slice(stream.length + 1) : '';
        return /^[1-9]\d*$/.test(count) ? [Number(count)] : [];
      });
    },

    /** Undefined: there is none. */
    async find({ streams }: NatsSession, count: number): Promise<StreamFacts | undefined> {
      try {
        return readFacts(await streams.info(nameOf(count)));
      } catch (error) {
        if (isApiError(error, JetStreamApiCodes.StreamNotFound)) return undefined;
        throw error;
      }
    },

    /** Undefined: another relay has created it just now. */
    async create({ streams }: NatsSession, count: number): Promise<StreamFacts | undefined> {
      try {
        const info = await streams.add({
          ...bounds,
          name: nameOf(count),
          subjects: [`${subjectPrefix}${randomBytes(9).toString('base64url')}.${NO_TERM}`],
          storage: StorageType.Memory,
          discard: DiscardPolicy.Old,
          description: 'Earshot: what the platform sent, for the relays of one script',
        });
        return readFacts(info);
      } catch (error) {
        if (isApiError(error, NAME_IN_USE)) return undefined;
        throw error;
      }
    },

    async remove({ streams }: NatsSession, count: number): Promise<void> {
      await streams.delete(nameOf(count));
    },

    /** From here on only what is written to the term's subject is taken. Bounds that are not ours become ours. */
    async giveTo(
      { streams }: NatsSession,
      { name, allSubjects }: StreamFacts,
      term: string,
    ): Promise<StreamFacts | undefined> {
      const subjects = [`${allSubjects.slice(0, -1)}${term}`];
      const update = async (config: Partial<typeof bounds>) =>
        readFacts(await streams.update(name, { ...config, subjects }));
      try {
        return await update(bounds);
      } catch (error) {
        if (isApiError(error, JetStreamApiCodes.StreamNotFound)) return undefined;
        if (!(error instanceof JetStreamApiError)) throw error;
        const facts = await update({});
        log.warn({ reason: error.message }, 'the log on NATS keeps its former bounds');
        return facts;
      }
    },

    /** On which the entry with this number was written; undefined if it is not there. */
    async subjectOf({ streams }: NatsSession, name: string, seq: number): Promise<string | undefined> {
      return (await streams.getMessage(name, { seq }))?.subject;
    },
  };
}
