/**
 * The sender of the bench, a process of its own: a relay that says lines when it is told to, and the same frames to
 * bare listeners. Lines that are due at the same moment leave as one frame, as the real relay's do.
 */

import { startScriptedRelay } from '../../tests/e2e/scripted-relay.ts';
import { encodeFrame } from '../../utils/protocol/codec.ts';
import type { RelayFrame } from '../../utils/protocol/frames.ts';
import { nowUs } from '../relay/bench-event.ts';
import { startBareServer } from './bare-server.ts';
import { benchEvent } from './bench-line.ts';
import { sendTimesMs } from './send-times.ts';
import { decodeSenderCommand, type Road, type SenderReport } from './sender-messages.ts';

const EVENTS_A_FRAME = 500;
/** The scripted relay answers no pings, and who hears nothing for so long connects anew. */
const PONG_EVERY_MS = 5_000;

const relay = await startScriptedRelay({ epoch: 'bench' });
const bare = await startBareServer(nowUs);
let seq = 0;

function report(message: SenderReport): void {
  process.send?.(message);
}

function say(road: Road, call: string, from: number, to: number): void {
  const events = Array.from({ length: to - from }, (_, at) => {
    seq += 1;
    return { seq, at: Date.now(), data: benchEvent(call, from + at) };
  });
  const frame: RelayFrame = { type: 'events', events };
  if (road === 'relay') relay.say(frame);
  else bare.say(`/${road}`, encodeFrame(frame));
}

function fill(road: Road, call: string, from: number, to: number): void {
  for (let at = from; at < to; at += EVENTS_A_FRAME) say(road, call, at, Math.min(to, at + EVENTS_A_FRAME));
  report({ kind: 'filled' });
}

function stream(road: Road, call: string, from: number, perSecond: number, forMs: number): void {
  const dueMs = sendTimesMs(perSecond, forMs);
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
      say(road, call, from + first, from + next);
    }
    if (next < dueMs.length) setTimeout(sendDue, 1);
    else report({ kind: 'streamed', sentUs });
  };
  sendDue();
}

process.on('message', (raw) => {
  const command = decodeSenderCommand(raw);
  if (command.kind === 'fill') fill(command.road, command.call, command.from, command.to);
  else stream(command.road, command.call, command.from, command.perSecond, command.forMs);
});
setInterval(() => relay.say({ type: 'pong', id: 0 }), PONG_EVERY_MS);
report({ kind: 'ready', relayUrl: relay.url, bareUrl: bare.url });
