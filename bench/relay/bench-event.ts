/**
 * The events of the bench: about 280 bytes, shaped like the simulator's guess, with their number and the moment they
 * were sent in front, where a load client finds them without reading JSON.
 */
import { hrtime } from 'node:process';

/** Events go round as many called numbers unless said; with rules, an agent hears of half of them, each agent of others. */
export const DEST_NUMBERS = 10;
export const SHARE_WITH_RULES = 0.5;

const OPEN_BRACE = 0x7b;
const QUOTE = 0x22;
const LETTER_N = 0x6e;
const ZERO = 0x30;
/** `{"n":`, and between the two numbers `,"t":`. */
const KEY_BYTES = 5;
/** An event is longer than this, so the search for the next one may begin this much further on. */
const LEAST_EVENT_BYTES = 200;

const WORDS =
  'yes I can see the second payment here as well, it was taken on the same day, one moment please';

/** Microseconds of a clock that all processes of this machine share. */
export function nowUs(): number {
  return Number(hrtime.bigint() / 1_000n);
}

export function destNumber(group: number): string {
  return `20${String(group).padStart(2, '0')}`;
}

/** The numbers that an agent with rules hears of. */
export function numbersOf(agent: number): string[] {
  const all = Array.from({ length: DEST_NUMBERS }, (_, group) => group);
  return all.filter((group) => hears(agent, group)).map(destNumber);
}

/** Whether an agent with rules hears of the event. */
export function hears(agent: number, n: number): boolean {
  return (n + agent) % DEST_NUMBERS < DEST_NUMBERS * SHARE_WITH_RULES;
}

/** Of one of `numbers` called numbers, each a call of its own. */
export function benchEvent(n: number, sentUs: number, numbers = DEST_NUMBERS): string {
  const group = n % numbers;
  return (
    `{"n":${n},"t":${sentUs},"callid":"c1f0-${group}","leg":${n & 1},"text":"${WORDS}","final":true,` +
    `"date":"2026-01-05T09:30:00.000Z","cli":"31201234567","dest_number":"${destNumber(group)}","customer":"acme"}`
  );
}

/** Calls `found` for each event between `start` and `end`, in whatever the events are wrapped in. */
export function findEvents(
  bytes: Uint8Array,
  start: number,
  end: number,
  found: (n: number, sentUs: number) => void,
): void {
  let at = start;
  while (at + LEAST_EVENT_BYTES < end) {
    if (bytes[at] !== OPEN_BRACE || bytes[at + 1] !== QUOTE || bytes[at + 2] !== LETTER_N) {
      at += 1;
      continue;
    }
    at += KEY_BYTES;
    let n = 0;
    for (let digit = digitAt(bytes, at); digit >= 0; digit = digitAt(bytes, at)) {
      n = n * 10 + digit;
      at += 1;
    }
    at += KEY_BYTES;
    let sentUs = 0;
    for (let digit = digitAt(bytes, at); digit >= 0; digit = digitAt(bytes, at)) {
      sentUs = sentUs * 10 + digit;
      at += 1;
    }
    found(n, sentUs);
    at += LEAST_EVENT_BYTES;
  }
}

/** -1: not a digit. */
function digitAt(bytes: Uint8Array, at: number): number {
  const digit = (bytes[at] ?? 0) - ZERO;
  return digit <= 9 ? digit : -1;
}
