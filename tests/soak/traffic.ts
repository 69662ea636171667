/** What the platform of a soak says: calls that begin and end, lines in floods, and noise in between. */
import type { Random } from '../chaos/random.ts';
import { everySoOften } from './every-so-often.ts';
import { NOBODYS_NUMBER, NUMBERS, type SoakEvent, writeSoakEvent } from './soak-call.ts';

/** A second, between and within floods. */
const STEADY_RATE = 100;
const FLOOD_RATE = 2_000;
const FLOOD_MS = 2_000;
const FLOOD_EVERY_MS = [8_000, 16_000] as const;
const TICK_MS = 10;
const TALKING_CALLS = 20;
/** A frame over the relay's bound, which it drops and tells as a gap. */
const TOO_LARGE = 'x'.repeat(1_200_000);

type Talking = { call: number; number: string; said: number; left: number; numberAt: number };

export function startTraffic(random: Random, say: (frame: string | Uint8Array) => void) {
  const numbers: string[] = [];
  const talking: Talking[] = Array.from({ length: TALKING_CALLS }, beginCall);
  let sent = 0;
  let rate = STEADY_RATE;
  let due = 0;
  let lastMs = performance.now();

  function beginCall(): Talking {
    const number = random.next() < 0.1 ? NOBODYS_NUMBER : (NUMBERS[random.between(0, 7)] ?? NUMBERS[0]);
    numbers.push(number);
    // A few calls say late whose they are: what came before must follow then.
    const numberAt = random.next() < 0.2 ? random.between(2, 8) : 0;
    return { call: numbers.length - 1, number, said: 0, left: random.between(10, 80), numberAt };
  }

  function sayOne(): void {
    const place = random.between(0, talking.length - 1);
    const one = talking[place];
    if (one === undefined) return;
    sent += 1;
    const saysNumber = one.said === one.numberAt || (one.said > one.numberAt && one.said % 5 === 0);
    const event: SoakEvent = {
      n: sent,
      call: one.call,
      isFinal: one.said % 3 === 0,
      number: saysNumber ? one.number : undefined,
    };
    say(writeSoakEvent(event, 'talk '.repeat(random.between(5, 200))));
    one.said += 1;
    one.left -= 1;
    if (one.left === 0) talking[place] = beginCall();
  }

  function tick(): void {
    const nowMs = performance.now();
    // What a busy machine held up is not made up for at once.
    due += (Math.min(100, nowMs - lastMs) * rate) / 1_000;
    lastMs = nowMs;
    for (; due >= 1; due -= 1) sayOne();
  }

  function makeNoise(): void {
    const noise = ['', 'a word', '{"n":', '[[[', `${'['.repeat(300)}${']'.repeat(300)}`, '{"text":1e999}'];
    for (const frame of noise) say(frame);
    say(Uint8Array.from([0xff, 0xfe, 0xc0, 0x80]));
  }

  const timer = setInterval(tick, TICK_MS);
  let floodEnd: NodeJS.Timeout | undefined;
  const stops = [
    () => clearInterval(timer),
    () => clearTimeout(floodEnd),
    everySoOften(random, 800, 1_500, makeNoise),
    everySoOften(random, 15_000, 30_000, () => say(TOO_LARGE)),
    everySoOften(random, ...FLOOD_EVERY_MS, () => {
      rate = FLOOD_RATE;
      floodEnd = setTimeout(() => {
        rate = STEADY_RATE;
      }, FLOOD_MS);
    }),
  ];

  return {
    /** Whose call it is, whether its events have said so or not yet. */
    numberOf: (call: number): string => numbers[call] ?? '',
    sent: () => sent,
    /** One more event, now. */
    sayOne,
    stop(): void {
      for (const stop of stops) stop();
    },
  };
}
