/** The lines of the bench: what an agent and a caller say, with their number in front, where an observer finds it. */

const SENTENCES = [
  'yes, I can see the second payment here as well',
  'it was taken on the same day, one moment please',
  'okay',
  'the card ends in four nine two one, and I think I lost it on the train on my way to work this morning',
  'could you tell me the postcode of the address we have for you',
  'thank you, that is all I need, I am sending the form to you now and it should be there in a minute',
  'no, I never ordered that',
];
/** One side says so many lines before the other answers. */
const LINES_A_TURN = 3;

/** An event as the simulated platform sends it, some 280 bytes. */
export type BenchEvent = {
  callid: string;
  leg: 0 | 1;
  text: string;
  final: true;
  date: string;
  cli: string;
  dest_number: string;
  customer: string;
};

export function benchEvent(call: string, n: number): BenchEvent {
  return {
    callid: call,
    leg: (Math.floor(n / LINES_A_TURN) % 2) as 0 | 1,
    text: `#${n} ${SENTENCES[n % SENTENCES.length]}`,
    final: true,
    date: new Date().toISOString(),
    cli: '31201234567',
    dest_number: '2001',
    customer: 'acme',
  };
}
