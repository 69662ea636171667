/** What JetStream refuses, by its codes. */
import { JetStreamApiCodes, JetStreamApiError } from '@nats-io/jetstream';

export function isApiError(error: unknown, ...codes: number[]): boolean {
  return error instanceof JetStreamApiError && codes.includes(error.code);
}

/** Something else stands where this was to stand, or nothing any more where it was to be replaced. */
export function isWrongSequence(error: unknown): boolean {
  return isApiError(
    error,
    JetStreamApiCodes.StreamWrongLastSequence,
    JetStreamApiCodes.StreamWrongLastSequenceUnknown,
  );
}
