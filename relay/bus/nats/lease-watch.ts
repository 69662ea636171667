/** Hears what the holder of a lease says of itself, each note once. */
import type { Clock } from '../../clock.ts';
import type { LeaseNote } from '../bus.ts';
import { type Delivery, openDelivery } from './delivery.ts';
import { LEASE_STREAM, type LeaseBucket, leaseSubject } from './lease-bucket.ts';
import { decodeNote } from './lease-note-codec.ts';
import type { NatsLink } from './nats-connection.ts';

type HolderListener = (note: LeaseNote | undefined) => void;
type WatchDependencies = { link: NatsLink; bucket: LeaseBucket; key: string; clock: Clock };

const RETRY_MS = 250;

/** Begins with the first listener. A listener is told at once what has been heard last. */
export function createLeaseWatch({ link, bucket, key, clock }: WatchDependencies) {
  const listeners = new Set<HolderListener>();
  let heard: { id: string; note: LeaseNote | undefined } | undefined;
  let delivery: Delivery | undefined;
  let isClosed = false;
  let cancelRetry = () => {};
  let unlink = () => {};

  async function open(): Promise<void> {
    stopHearing();
    const session = link.session();
    if (session === undefined) return;
    try {
      await bucket.open(session);
    } catch {
      bucket.forget();
      retry();
      return;
    }
    if (isClosed || link.session() !== session || delivery !== undefined) return;
    delivery = openDelivery(
      session,
      LEASE_STREAM,
      { deliver_policy: 'last_per_subject', filter_subject: leaseSubject(key) },
      clock,
      {
        onMessage(message, { seq, storedAt }) {
          const isGivenUp = Boolean(message.headers?.get('KV-Operation'));
          hear(`${seq} ${storedAt}`, isGivenUp ? undefined : decodeNote(message.string()));
        },
        onBroken() {
          delivery = undefined;
          bucket.forget();
          retry();
        },
      },
    );
  }

  /** The same one again, after a reconnect, is no renewal. */
  function hear(id: string, note: LeaseNote | undefined): void {
    if (id === heard?.id) return;
    heard = { id, note };
    for (const listener of listeners) listener(note);
  }

  function retry(): void {
    cancelRetry();
    if (!isClosed) cancelRetry = clock.after(RETRY_MS, () => void open());
  }

  function stopHearing(): void {
    cancelRetry();
    delivery?.close();
    delivery = undefined;
  }

  return {
    watch(listener: HolderListener): void {
      listeners.add(listener);
      if (heard?.note !== undefined) listener(heard.note);
      if (listeners.size > 1) return;
      unlink = link.onSession(() => void open());
      void open();
    },
    close(): void {
      isClosed = true;
      unlink();
      stopHearing();
      listeners.clear();
    },
  };
}
