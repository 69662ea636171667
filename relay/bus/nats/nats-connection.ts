/**
 * The process's one connection to NATS, remade for as long as it is wanted. A new one each time, never the library's own
 * reconnect: nothing that waited to be sent leaves late, whoever waits for an answer hears at once that there is none,
 * and every file is read anew.
 */
import { type JetStreamClient, type JetStreamManager, jetstream } from '@nats-io/jetstream';
import { connect, type NatsConnection } from '@nats-io/transport-node';
import type { Clock } from '../../clock.ts';
import { describeConnectError, describeLoss } from './away-words.ts';
import type { BusHealth } from './bus-health.ts';
import { readConnectOptions } from './connect-options.ts';
import type { NatsOptions } from './nats-options.ts';

/** A connection that stands, and JetStream behind it. */
export type NatsSession = {
  readonly connection: NatsConnection;
  readonly streams: JetStreamManager['streams'];
  readonly consumers: JetStreamManager['consumers'];
  readonly jetStream: JetStreamClient;
};

export type NatsLink = {
  /** Undefined while there is none. */
  session(): NatsSession | undefined;
  /** Told of each that begins, `undefined` when it has ended; calling what it returns undoes it. */
  onSession(listener: (session: NatsSession | undefined) => void): () => void;
  close(): Promise<void>;
};

type LinkDependencies = {
  clock: Clock;
  random: () => number;
  health: BusHealth;
  /** For an answer of JetStream. */
  timeoutMs: number;
};

const RETRY_BASE_MS = 100;
const RETRY_CAP_MS = 2_000;
/** Wrong credentials do not get better by themselves. */
const LASTING_RETRY_MS = 5_000;

/** Connects in the background. Nothing rejects. */
export function linkToNats(options: NatsOptions, deps: LinkDependencies): NatsLink {
  const { clock, random, health, timeoutMs } = deps;
  const listeners = new Set<(session: NatsSession | undefined) => void>();
  let session: NatsSession | undefined;
  let failures = 0;
  let isClosed = false;
  let cancelRetry = () => {};

  function setSession(next: NatsSession | undefined): void {
    session = next;
    for (const listener of listeners) listener(next);
  }

  async function tryToConnect(): Promise<void> {
    try {
      const opened = await openSession(options, timeoutMs);
      if (isClosed) return void (await opened.connection.close());
      failures = 0;
      void opened.connection.closed().then((error) => whenLost(opened, error));
      setSession(opened);
      health.connected();
    } catch (error) {
      failures += 1;
      const { words, isLasting } = describeConnectError(error);
      if (isClosed) return;
      health.disconnected(words);
      retry(isLasting);
    }
  }

  function whenLost(lost: NatsSession, error: unknown): void {
    if (session !== lost || isClosed) return;
    setSession(undefined);
    health.disconnected(describeLoss(error));
    retry(false);
  }

  function retry(isLasting: boolean): void {
    const growing = Math.min(RETRY_CAP_MS, RETRY_BASE_MS * 2 ** Math.min(failures, 8));
    const delayMs = isLasting ? LASTING_RETRY_MS : growing;
    cancelRetry = clock.after(Math.round(delayMs * (0.5 + random() / 2)), () => void tryToConnect());
  }

  void tryToConnect();
  return {
    // A connection is closed some time before it says so, and throws at who uses it then.
    session: () => (session?.connection.isClosed() ? undefined : session),
    onSession(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async close() {
      isClosed = true;
      cancelRetry();
      const open = session;
      if (open === undefined) return;
      setSession(undefined);
      await open.connection.close();
    },
  };
}

/** Rejects if there is no connection, or no JetStream behind it. */
async function openSession(options: NatsOptions, timeoutMs: number): Promise<NatsSession> {
  const connection = await connect(await readConnectOptions(options));
  try {
    const jetStream = jetstream(connection, { timeout: timeoutMs });
    const { streams, consumers } = await jetStream.jetstreamManager(true);
    return { connection, streams, consumers, jetStream };
  } catch (error) {
    await connection.close();
    throw error;
  }
}
