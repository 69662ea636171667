import { guessEvent } from './guess.ts';
import { type Encoder, encodeEach } from './shape.ts';

/** The names a public client of the same socket accepts for each field, and the ways of saying that a line is final. */
const names = {
  callid: ['callid', 'call_id', 'callId', 'Call-ID'],
  text: ['text', 'transcript', 'transcription', 'result'],
  cli: ['cli', 'from', 'caller', 'source'],
  dest_number: ['dest_number', 'destination', 'dest', 'to'],
  final: ['final', 'is_final', 'isFinal', 'done'],
} as const;
const yes = [true, '1', 'true', 'yes', 'final'];
const no = [false, '0', 'false', 'no', 'interim'];

/** The guessed event, with the next name for every field each time, and the next way of saying yes or no. */
export function createAliasEncoder(): Encoder {
  let turn = -1;
  return encodeEach((event, nowMs) => {
    turn += 1;
    const guessed = Object.entries(guessEvent(event, nowMs));
    return Object.fromEntries(
      guessed.map(([field, value]) => [
        nameOf(field, turn),
        field === 'final' ? pick(value === true ? yes : no, turn) : value,
      ]),
    );
  });
}

function nameOf(field: string, turn: number): string {
  return field in names ? pick(names[field as keyof typeof names], turn) : field;
}

function pick<T>(choices: readonly [T, ...T[]] | readonly T[], turn: number): T {
  return choices[turn % choices.length] as T;
}
