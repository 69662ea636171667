/** The bus of several relays: a log is a stream of NATS JetStream, a lease a key of its key-value store. */
import { JetStreamApiError } from '@nats-io/jetstream';
import type { Logger } from 'pino';
import type { Clock } from '../../clock.ts';
import type { Limits } from '../../limits.ts';
import type { Observer } from '../../operations/observer.ts';
import type { Bus, LeaseNote, Script, ScriptLog } from '../bus.ts';
import { describeApiError, LostLog } from './away-words.ts';
import { createBusHealth } from './bus-health.ts';
import { trackCurrentStream } from './current-stream.ts';
import { createLeaseBucket } from './lease-bucket.ts';
import { createLeaseWatch } from './lease-watch.ts';
import { createLogFollower } from './log-follower.ts';
import { linkToNats } from './nats-connection.ts';
import { createNatsLease } from './nats-lease.ts';
import type { NatsOptions } from './nats-options.ts';
import { openTerms } from './open-terms.ts';

export type NatsBusDependencies = {
  clock: Clock;
  log: Logger;
  random: () => number;
  limits: Pick<Limits, 'leaseMs' | 'appendTimeoutMs'>;
  observer: Pick<Observer, 'busReconnected'>;
};

/** So often in a row JetStream may leave a script without what it needs before the bus counts as away. */
const UNANSWERED = 3;

/** Returns at once, connects in the background, and never gives up. */
export function createNatsBus(options: NatsOptions, deps: NatsBusDependencies): Bus {
  const { clock, log, random, limits, observer } = deps;
  const timeoutMs = limits.appendTimeoutMs;
  const health = createBusHealth({ clock, log, observer });
  const link = linkToNats(options, { clock, random, health, timeoutMs });
  const bucket = createLeaseBucket({ leaseMs: limits.leaseMs, replicas: options.replicas, log });

  function open(script: Script): ScriptLog {
    const scriptLog = log.child({ stream: script.name });
    const stream = trackCurrentStream(script, options.replicas, clock, scriptLog);
    let unanswered = 0;

    function onAnswer(error?: unknown): void {
      if (error instanceof LostLog) return health.trouble(stream.name, error.words);
      unanswered = error === undefined ? 0 : unanswered + 1;
      if (unanswered === 0) health.trouble(stream.name, undefined);
      if (unanswered < UNANSWERED) return;
      const isRefusal = error instanceof JetStreamApiError;
      health.trouble(stream.name, isRefusal ? describeApiError(error) : 'JetStream of NATS does not answer');
    }

    const follower = createLogFollower({ link, stream, clock, random, log: scriptLog, onAnswer });
    const lease = createNatsLease({ link, bucket, key: stream.leaseKey });
    const holder = createLeaseWatch({ link, bucket, key: stream.leaseKey, clock });
    const terms = openTerms({ link, stream, follower, clock, log: scriptLog, timeoutMs, onAnswer });

    /** Who leads a log that is lost, and has nothing to write, would not notice: the lease is given up. */
    async function hold(note: LeaseNote): Promise<'held' | 'other' | 'away'> {
      if (!follower.isLost() || !terms.abandon()) return await lease.hold(note);
      await lease.release();
      return 'other';
    }

    return {
      follow: follower.follow,
      lag: follower.lag,
      hold,
      release: lease.release,
      watchHolder: holder.watch,
      beginTerm: terms.begin,
      async close() {
        follower.close();
        holder.close();
        terms.close();
        health.trouble(stream.name, undefined);
      },
    };
  }

  return { open, status: health.status, onStatus: health.onStatus, close: link.close };
}
