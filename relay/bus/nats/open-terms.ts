/** Begins the terms of one script's log, on a stream that has lost nothing. */
import { errors } from '@nats-io/transport-node';
import type { Logger } from 'pino';
import type { Clock } from '../../clock.ts';
import type { Term } from '../bus.ts';
import type { CurrentStream } from './current-stream.ts';
import type { LogFollower } from './log-follower.ts';
import type { NatsLink, NatsSession } from './nats-connection.ts';
import { beginNatsTerm, type NatsTerm } from './nats-term.ts';
import type { StreamFacts } from './script-stream.ts';

type TermsDependencies = {
  link: NatsLink;
  stream: CurrentStream;
  follower: Pick<LogFollower, 'readTo' | 'readUpTo'>;
  clock: Clock;
  log: Logger;
  timeoutMs: number;
  /** JetStream answered, or why not. */
  onAnswer: (error?: unknown) => void;
};

/** Another may begin one at the same time; who has the lease is seldom met by more than one. */
const TRIES = 5;
/** A stream that seems emptied is asked again after this: its servers may yet agree, another's term be about to begin. */
const SECOND_LOOK_MS = 500;
/** A stream that JetStream does not answer for is replaced after this: its servers choose a new leader in 4 to 10 s. */
const SILENT_MS = 15_000;

export function openTerms({ link, stream, follower, clock, log, timeoutMs, onAnswer }: TermsDependencies) {
  let stopWaiting = () => {};
  let latest: NatsTerm | undefined;

  /** Never rejects. */
  async function begin(): Promise<Term | 'away'> {
    for (let tries = 0; tries < TRIES; tries += 1) {
      const session = link.session();
      if (session === undefined) return 'away';
      try {
        const facts = await findWhole(session);
        const term = facts && (await beginNatsTerm(session, facts, { link, stream, clock, timeoutMs }));
        onAnswer();
        if (term === undefined || term === 'refused') continue;
        if (typeof term === 'string') return term;
        latest = term;
        stream.removeOutdated(session);
        return (await follower.readUpTo(term.epoch, term.head, timeoutMs)) ? term : 'away';
      } catch (error) {
        if (link.session() === session) onAnswer(error);
        return 'away';
      }
    }
    return 'away';
  }

  /** Servers that were all restarted may keep a stream's name and epoch without its entries, or never answer for it. */
  async function findWhole(session: NatsSession): Promise<StreamFacts | undefined> {
    const facts = await findAnswering(session);
    if (facts === undefined || !isEmptied(facts)) return facts;
    await wait(SECOND_LOOK_MS);
    const again = await findAnswering(session);
    if (again?.subject !== facts.subject || !isEmptied(again)) return again;
    log.warn('the log on NATS has lost what it held: it begins anew');
    return await stream.replace(session);
  }

  /** Created where there is none. */
  async function findAnswering(session: NatsSession): Promise<StreamFacts | undefined> {
    try {
      const facts = await stream.find(session);
      if (facts !== undefined) return facts;
    } catch (error) {
      if (stream.silentMs() < SILENT_MS) throw error;
      log.warn('the log on NATS does not answer: it begins anew');
      return await stream.replace(session);
    }
    try {
      return await stream.create(session);
    } catch (error) {
      if (!(error instanceof errors.TimeoutError)) throw error;
      return await stream.replace(session);
    }
  }

  function isEmptied({ epoch, lastSeq, isUnused }: StreamFacts): boolean {
    return lastSeq < follower.readTo(epoch) || (lastSeq === 0 && !isUnused);
  }

  function wait(delayMs: number): Promise<void> {
    return new Promise((resolve) => {
      const cancel = clock.after(delayMs, resolve);
      stopWaiting = () => {
        cancel();
        resolve();
      };
    });
  }

  return {
    begin,
    /** Ends our term, as nothing can be written in it. Whether there was one. */
    abandon: () => latest?.end() ?? false,
    close: () => stopWaiting(),
  };
}
