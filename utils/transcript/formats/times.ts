/** Times of a call in the reader's own way of writing them. */
import { formatOffset } from '../format-line.ts';
import type { Excerpt, FormatOptions } from './format.ts';

/** The farthest a date reaches from 1970. */
const MAX_TIME_MS = 8.64e15;

export type TimeWriter = { date(ms: number): string; clock(ms: number): string };

export function createTimeWriter({ locale, timeZone }: FormatOptions): TimeWriter {
  const date = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone });
  const clock = new Intl.DateTimeFormat(locale, { timeStyle: 'short', timeZone });
  return { date: (ms) => date.format(dateOf(ms)), clock: (ms) => clock.format(dateOf(ms)) };
}

/** How long the call has lasted, as `mm:ss` or `h:mm:ss`. */
export function durationOf({ call }: Excerpt, { nowMs }: FormatOptions): string {
  return formatOffset((call.endedAtMs ?? nowMs) - call.startedAtMs);
}

/** ISO 8601, in UTC. */
export function isoTime(ms: number): string {
  return dateOf(ms).toISOString();
}

/** A time out of a date's reach is the farthest within it: `Date` and `Intl` would throw. */
function dateOf(ms: number): Date {
  return new Date(Math.min(MAX_TIME_MS, Math.max(-MAX_TIME_MS, ms)));
}
