/** The words that the platform and telephony use for a side, a flag and a direction. */
import type { Direction, Leg } from './event.ts';
import { normaliseKey } from './fields.ts';

/** Leg `0` is the caller and `1` the callee (the platform's transcription table); words for them are taken too. */
export function readLeg(value: unknown): Leg {
  switch (typeof value === 'string' ? normaliseKey(value) : value) {
    case 0:
    case '0':
    case 'a':
    case 'aleg':
    case 'lega':
    case 'caller':
      return 'caller';
    case 1:
    case '1':
    case 'b':
    case 'bleg':
    case 'legb':
    case 'callee':
    case 'called':
      return 'callee';
    default:
      return 'unknown';
  }
}

export function readFlag(value: unknown): boolean | undefined {
  switch (typeof value === 'string' ? value.trim().toLowerCase() : value) {
    case true:
    case 1:
    case '1':
    case 'true':
    case 'yes':
    case 'final':
      return true;
    case false:
    case 0:
    case '0':
    case 'false':
    case 'no':
    case 'interim':
    case 'partial':
      return false;
    default:
      return undefined;
  }
}

/** No event is known to carry one; these are the words telephony uses. */
export function readDirection(value: unknown): Direction | undefined {
  switch (typeof value === 'string' ? normaliseKey(value) : undefined) {
    case 'in':
    case 'inbound':
    case 'incoming':
      return 'inbound';
    case 'out':
    case 'outbound':
    case 'outgoing':
      return 'outbound';
    default:
      return undefined;
  }
}

/** A value as a field map names it: `legValues`, `finalValues`; `undefined` where it is a list, an object or nothing. */
export function wordOf(value: unknown): string | undefined {
  switch (typeof value) {
    case 'string':
      return value.trim();
    case 'number':
    case 'boolean':
      return String(value);
    default:
      return undefined;
  }
}
