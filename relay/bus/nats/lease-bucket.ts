/** The bucket of JetStream's key-value store that holds the leases of all scripts; made where it is missing. */
import { JetStreamApiError, StorageType } from '@nats-io/jetstream';
import { type KV, Kvm } from '@nats-io/kv';
import { nanos } from '@nats-io/transport-node';
import type { Logger } from 'pino';
import { LEASE_BUCKET } from './names.ts';
import type { NatsSession } from './nats-connection.ts';

/** The JetStream stream behind it, and the subject of a key. */
export const LEASE_STREAM = `KV_${LEASE_BUCKET}`;
export const leaseSubject = (key: string) => `$KV.${LEASE_BUCKET}.${key}`;

export type LeaseBucket = {
  /** Rejects with what the library says. Asked of the server once a session, and again after `forget`. */
  open(session: NatsSession): Promise<KV>;
  /** It may be gone. */
  forget(): void;
};

type BucketOptions = { leaseMs: number; replicas: number; log: Logger };

export function createLeaseBucket({ leaseMs, replicas, log }: BucketOptions): LeaseBucket {
  let opened: { session: NatsSession; bucket: Promise<KV> } | undefined;

  async function make({ jetStream, streams }: NatsSession): Promise<KV> {
    const bucket = await new Kvm(jetStream).create(LEASE_BUCKET, {
      storage: StorageType.Memory,
      history: 1,
      ttl: leaseMs,
      replicas,
      // Only the leader of the stream knows who holds a lease.
      allow_direct: false,
    });
    const { config } = await streams.info(LEASE_STREAM);
    if (config.max_age === nanos(leaseMs) && config.num_replicas === replicas) return bucket;
    try {
      await streams.update(LEASE_STREAM, {
        max_age: nanos(leaseMs),
        duplicate_window: nanos(leaseMs),
        num_replicas: replicas,
      });
    } catch (error) {
      if (!(error instanceof JetStreamApiError)) throw error;
      log.warn({ reason: error.message }, 'the bucket of leases on NATS stays as it was');
    }
    return bucket;
  }

  return {
    open(session) {
      if (opened?.session === session) return opened.bucket;
      const bucket = make(session);
      opened = { session, bucket };
      bucket.catch(() => {
        if (opened?.bucket === bucket) opened = undefined;
      });
      return bucket;
    },
    forget() {
      opened = undefined;
    },
  };
}
