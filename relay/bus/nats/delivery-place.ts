/** Where in a stream a delivered message stands, as JetStream says in the subject it would be acknowledged to. */

export type DeliveryPlace = {
  /** In the stream. */
  seq: number;
  /** Of this consumer's deliveries, from 1. */
  delivered: number;
  /** When it was stored, in nanoseconds since 1970; compared only. */
  storedAt: string;
  /** How many in the stream follow it. */
  pending: number;
};

/**
 * `$JS.ACK.<stream>.<consumer>.<count>.<stream seq>.<consumer seq>.<time>.<pending>`; newer servers put a domain and an
 * account before the stream, and more behind. Undefined: it is no such subject.
 */
export function readDeliveryPlace(ackSubject: string | undefined): DeliveryPlace | undefined {
  const tokens = ackSubject?.split('.') ?? [];
  if (tokens.length < 9 || tokens[0] !== '$JS' || tokens[1] !== 'ACK') return undefined;
  const [seq, delivered, storedAt = '', pending] = tokens.slice(tokens.length === 9 ? 5 : 7);
  const place = { seq: Number(seq), delivered: Number(delivered), storedAt, pending: Number(pending) };
  const isWhole = [place.seq, place.delivered, place.pending].every(Number.isSafeInteger);
  return isWhole ? place : undefined;
}
