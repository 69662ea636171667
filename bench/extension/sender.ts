/**
 * The sender of the bench, a process of its own: a relay that says lines when it is told to, and the same frames to
 * bare listeners. Lines that are due at the same moment leave as one frame, as the real relay's do.
 */
import { resolve } from 'node:path';
import { guessEvent } from '../../demo/shapes/guess.ts';
import { readCalls } from '../../demo/simulator/call-file.ts';
import { startScriptedRelay } from '../../tests/e2e/scripted-relay.ts';
import { encodeFrame } from '../../utils/protocol/codec.ts';
import type { RelayFrame } from '../../utils/protocol/frames.ts';
import { nowUs } from '../relay/bench-event.ts';
import { startBareServer } from './bare-server.ts';
import { benchEvent } from './bench-line.ts';
import { planReplay } from './replay-plan.ts';
import { sendTimesMs } from './send-times.ts';
import { decodeSenderCommand, type Road, type SenderReport } from './sender-messages.ts';

const EVENTS_A_FRAME = 500;
/** The scripted relay answers no pings, and who hears nothing for so long connects anew. */
const PONG_EVERY_MS = 5_000;

const relay = await startScriptedRelay({ epoch: 'bench' });
const bare = await startBareServer(nowUs);
const demoCalls = readCalls(resolve(import.meta.dirname, '../../demo/calls'));
let seq = 0;

function report(message: SenderReport): void {
  process.send?.(message);
}

function say(road: Road, data: readonly unknown[]): void {
  const events = data.map((one) => {
    seq += 1;
    return { seq, at: Date.now(), data: one };
  });
  const frame: RelayFrame = { type: 'events', events };
  if (road === 'relay') relay.say(frame);
  else bare.say(`/${road}`, encodeFrame(frame));
}

function sayLines(road: Road, call: string, from: number, to: number): void {
  say(
    road,
    Array.from({ length: to - from }, (_, at) => benchEvent(call, from + at)),
  );
}

/** Calls `send` with those that are due, as they become it; `done` gets when each was sent, µs. */
function sendWhenDue(
  dueMs: readonly number[],
  send: (from: number, to: number) => void,
  done: (sentUs: number[]) => void,
): void {
  const sentUs: number[] = [];
  const startMs = performance.now();
  const sendDue = () => {
    const nowMs = performance.now() - startMs;
    let next = sentUs.length;
    while (next < dueMs.length && (dueMs[next] ?? 0) <= nowMs) next += 1;
    if (next > sentUs.length) {
      const first = sentUs.length;
      const atUs = nowUs();
      for (let line = first; line < next; line += 1) sentUs.push(atUs);
      send(first, next);
    }
    if (next < dueMs.length) setTimeout(sendDue, 1);
    else done(sentUs);
  };
  sendDue();
}

function fill(road: Road, call: string, from: number, to: number): void {
  for (let at = from; at < to; at += EVENTS_A_FRAME)
    sayLines(road, call, at, Math.min(to, at + EVENTS_A_FRAME));
  report({ kind: 'filled' });
}

function stream(road: Road, call: string, from: number, perSecond: number, forMs: number): void {
  sendWhenDue(
    sendTimesMs(perSecond, forMs),
    (first, next) => sayLines(road, call, from + first, from + next),
    (sentUs) => report({ kind: 'streamed', sentUs }),
  );
}

function replay(first: number, calls: number, forMs: number): void {
  const { plan, lengthMs } = planReplay(demoCalls, first, calls);
  sendWhenDue(
    plan.map(({ atMs }) => (atMs / lengthMs) * forMs),
    (from, to) => {
      for (let at = from; at < to; at += EVENTS_A_FRAME) {
        const due = plan.slice(at, Math.min(to, at + EVENTS_A_FRAME));
        say(
          'relay',
          due.map(({ item }) => guessEvent(item, Date.now())),
        );
      }
    },
    () => report({ kind: 'replayed', events: plan.length, lastCall: plan.at(-1)?.item.call.callId ?? '' }),
  );
}

process.on('message', (raw) => {
  const command = decodeSenderCommand(raw);
  switch (command.kind) {
    case 'fill':
      return fill(command.road, command.call, command.from, command.to);
    case 'stream':
      return stream(command.road, command.call, command.from, command.perSecond, command.forMs);
    case 'replay':
      return replay(command.first, command.calls, command.forMs);
  }
});
setInterval(() => relay.say({ type: 'pong', id: 0 }), PONG_EVERY_MS);
report({ kind: 'ready', relayUrl: relay.url, bareUrl: bare.url });
