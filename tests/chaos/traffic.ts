/** Calls that go on and on: numbered lines at a steady rate, some heard as interims before they are final. */
import type { SimulatedCall, SimulatedEvent } from '../../demo/simulator/simulated-event.ts';
import type { Random } from './random.ts';

export type TrafficParts = {
  random: Random;
  publish(event: SimulatedEvent): void;
  nextNumber(): number;
  /** A final line goes out; called right before it does. */
  onLine(callId: string, text: string): void;
};

export type Traffic = {
  /** Begins new calls; those of before have ended. Gives their ids. */
  beginCalls(count: number): string[];
  callIds(): string[];
  endCalls(): void;
  /** One final line in every call, now. */
  sayInAll(): void;
  setRate(linesPerSecond: number): void;
  /** Says no more, once utterances that have begun are final. */
  pause(): void;
  resume(): void;
  stop(): void;
};

type Utterance = { text: string; pieces: string[]; number: number };
type TalkingCall = { call: SimulatedCall; lines: number; open: Utterance | undefined; nextMs: number };

export const STEADY_RATE = 20;
const TICK_MS = 10;
/** Beyond this rate all lines are final at once. */
const TALKING_RATE = 100;
const INTERIM_EVERY = 5;
const INTERIM_MS = 60;
const WORDS =
  'i lost my debit card yesterday evening could you please hold the line while we look at your account now'.split(
    ' ',
  );

export function startTraffic({ random, publish, nextNumber, onLine }: TrafficParts): Traffic {
  let calls: TalkingCall[] = [];
  let made = 0;
  let turn = 0;
  let rate = STEADY_RATE;
  let due = 0;
  let isPaused = true;
  let lastMs = performance.now();

  function say(talking: TalkingCall, text: string, isFinal: boolean, number: number): void {
    const { call, lines } = talking;
    const leg = Math.floor(lines / 3) % 2 === 0 ? 0 : 1;
    if (isFinal) {
      onLine(call.callId, text);
      talking.lines += 1;
    }
    publish({ kind: 'line', call, leg, text, final: isFinal, utteranceId: String(number) });
  }

  /** A number is given when its final goes out, so an utterance keeps its call's turn until then. */
  function saySome(talking: TalkingCall, nowMs: number): void {
    const number = nextNumber();
    const text = `#${String(number).padStart(6, '0')} ${someWords(random)}`;
    if (rate > TALKING_RATE || number % INTERIM_EVERY !== 0) return say(talking, text, true, number);
    const words = text.split(' ');
    talking.open = { text, number, pieces: [words.slice(0, 2).join(' '), words.slice(0, 3).join(' ')] };
    step(talking, nowMs);
  }

  function step(talking: TalkingCall, nowMs: number): void {
    const { open } = talking;
    if (open === undefined || nowMs < talking.nextMs) return;
    const piece = open.pieces.shift();
    talking.nextMs = nowMs + INTERIM_MS;
    if (piece !== undefined) return say(talking, piece, false, open.number);
    talking.open = undefined;
    say(talking, open.text, true, open.number);
  }

  function tick(): void {
    const nowMs = performance.now();
    due = isPaused ? 0 : due + ((nowMs - lastMs) * rate) / 1000;
    lastMs = nowMs;
    for (const talking of calls) step(talking, nowMs);
    // Numbers are given in order: while one utterance is open, nobody else speaks.
    while (due >= 1 && calls.length > 0 && calls.every(({ open }) => open === undefined)) {
      due -= 1;
      turn += 1;
      const talking = calls[turn % calls.length];
      if (talking !== undefined) saySome(talking, nowMs);
    }
  }

  const timer = setInterval(tick, TICK_MS);
  return {
    beginCalls(count) {
      calls = Array.from({ length: count }, () => {
        made += 1;
        const call = { callId: `chaos-${made}`, cli: `+4420${made}`, destNumber: '2001' };
        return { call, lines: 0, open: undefined, nextMs: 0 };
      });
      for (const { call } of calls) publish({ kind: 'started', call });
      return calls.map(({ call }) => call.callId);
    },
    callIds: () => calls.map(({ call }) => call.callId),
    endCalls() {
      for (const { call } of calls) publish({ kind: 'ended', call });
      calls = [];
    },
    sayInAll() {
      for (const talking of calls) {
        const number = nextNumber();
        say(talking, `#${String(number).padStart(6, '0')} ${someWords(random)}`, true, number);
      }
    },
    setRate(linesPerSecond) {
      rate = linesPerSecond;
    },
    pause() {
      isPaused = true;
    },
    resume() {
      isPaused = false;
    },
    stop: () => clearInterval(timer),
  };
}

function someWords(random: Random): string {
  return Array.from({ length: random.between(3, 9) }, () => WORDS[random.between(0, WORDS.length - 1)]).join(
    ' ',
  );
}
