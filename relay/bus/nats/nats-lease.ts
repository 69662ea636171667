/**
 * A script's lease: a key whose value is its holder's note. It is created where it is free, and replaced where its revision
 * is still ours; the bucket lets go of what is not renewed in time, and tells nobody.
 */
import type { KV } from '@nats-io/kv';
import { errors } from '@nats-io/transport-node';
import type { LeaseNote, ScriptLog } from '../bus.ts';
import { isWrongSequence } from './api-errors.ts';
import type { LeaseBucket } from './lease-bucket.ts';
import { decodeNote, encodeNote } from './lease-note-codec.ts';
import type { NatsLink } from './nats-connection.ts';

type LeaseDependencies = { link: NatsLink; bucket: LeaseBucket; key: string };
export type NatsLease = Pick<ScriptLog, 'hold' | 'release'>;

export function createNatsLease({ link, bucket, key }: LeaseDependencies): NatsLease {
  /** Of our note, as far as we know; undefined: we do not hold it. */
  let ours: { revision: number; relay: string } | undefined;
  let last: Promise<unknown> = Promise.resolve();

  /** One question at a time: each needs to know the revision that the one before made. */
  function inTurn<T>(question: () => Promise<T>): Promise<T> {
    const answer = last.then(question);
    last = answer.catch(() => {});
    return answer;
  }

  async function write(store: KV, note: LeaseNote): Promise<'held' | 'other'> {
    const text = encodeNote(note);
    const put = async () =>
      ours === undefined ? await store.create(key, text) : await store.update(key, text, ours.revision);
    try {
      ours = { revision: await put(), relay: note.relay };
      return 'held';
    } catch (error) {
      if (!isWrongSequence(error)) throw error;
    }
    // Somebody else's; or free since ours has expired; or ours still, stored by a write that was not answered.
    const standing = await readStanding(store);
    ours = standing?.relay === note.relay ? standing : undefined;
    if (standing !== undefined && ours === undefined) return 'other';
    try {
      ours = { revision: await put(), relay: note.relay };
      return 'held';
    } catch (error) {
      if (isWrongSequence(error)) return 'other';
      throw error;
    }
  }

  async function readStanding(store: KV): Promise<{ revision: number; relay: string } | undefined> {
    const entry = await store.get(key);
    if (entry === null || entry.operation !== 'PUT') return undefined;
    return { revision: entry.revision, relay: decodeNote(entry.string())?.relay ?? '' };
  }

  async function hold(note: LeaseNote): Promise<'held' | 'other' | 'away'> {
    for (const isLastTry of [false, true]) {
      const session = link.session();
      if (session === undefined) return 'away';
      try {
        return await write(await bucket.open(session), note);
      } catch (error) {
        // The bucket may be gone with its server; a second try finds out, where anybody answers at all.
        bucket.forget();
        if (isLastTry || error instanceof errors.TimeoutError) return 'away';
      }
    }
    return 'away';
  }

  async function release(): Promise<void> {
    const session = link.session();
    if (session === undefined || ours === undefined) return;
    const { relay } = ours;
    ours = undefined;
    try {
      const store = await bucket.open(session);
      const standing = await readStanding(store);
      if (standing?.relay === relay) await store.delete(key, { previousSeq: standing.revision });
    } catch {
      // Not given up, it ends by itself.
    }
  }

  return { hold: (note) => inTurn(() => hold(note)), release: () => inTurn(release) };
}
