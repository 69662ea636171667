/** What the extension hears: the demo's calls as the platform sends them, each event in a frame of the relay. */
import { join } from 'node:path';
import { guessEvent } from '../../demo/shapes/guess.ts';
import { readCalls } from '../../demo/simulator/call-file.ts';
import { planCalls } from '../../demo/simulator/call-timeline.ts';
import type { SimulatedEvent } from '../../demo/simulator/simulated-event.ts';
import { encodeFrame } from '../../utils/protocol/codec.ts';

const files = readCalls(join(import.meta.dirname, '../../demo/calls'));
const BEGINS_AT_MS = Date.UTC(2026, 0, 5, 9);
const EVENTS_A_SECOND = 200;

/** The final lines of the demo's calls, in their order. */
export const spokenLines = files.flatMap(({ lines }) =>
  lines.map(({ leg, text }) => ({ leg: leg === 0 ? ('caller' as const) : ('callee' as const), text })),
);

/** Five calls at a time from their start to their end, with interims, for as many rounds as there is room for. */
export function callFrames(count: number): string[] {
  return toFrames(count, () => true);
}

/** All is said in one call, which has begun before and goes on; with interims, or the final lines alone. */
export function longCallFrames(count: number, which: 'events' | 'lines', callId: string): string[] {
  const isWanted = (event: SimulatedEvent) => event.kind === 'line' && (which === 'events' || event.final);
  return toFrames(count, isWanted, { callId, cli: '+15125550142', destNumber: '+18005550160' });
}

function toFrames(
  count: number,
  isWanted: (event: SimulatedEvent) => boolean,
  call?: SimulatedEvent['call'],
): string[] {
  const frames: string[] = [];
  for (let round = 1; ; round += 1) {
    for (const { item } of planCalls(files, round)) {
      if (frames.length === count) return frames;
      if (isWanted(item)) frames.push(toFrame(call === undefined ? item : { ...item, call }, frames.length));
    }
  }
}

function toFrame(event: SimulatedEvent, before: number): string {
  const at = BEGINS_AT_MS + (before * 1_000) / EVENTS_A_SECOND;
  return encodeFrame({ type: 'events', events: [{ seq: before + 1, at, data: guessEvent(event, at) }] });
}
