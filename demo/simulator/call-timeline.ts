/**
 * Call files → what is heard when. Inside a call the order is the file's: a line's interims and its final come before
 * anything of the next line, so a line that overlaps the one before it is moved back. Different calls run side by side.
 */
import type { CallFile } from './call-file.ts';
import type { SimulatedCall, SimulatedEvent, Timed } from './simulated-event.ts';

const STAGGER_MS = 1_500;
const ENDED_AFTER_MS = 800;

/** All calls of one round, sorted by time. From the second round on, the call ids carry the round's number. */
export function planCalls(files: readonly CallFile[], round: number): Timed<SimulatedEvent>[] {
  return files
    .flatMap((file, index) => planCall(file, round, index * STAGGER_MS))
    .sort((one, other) => one.atMs - other.atMs);
}

function planCall(file: CallFile, round: number, beginsAtMs: number): Timed<SimulatedEvent>[] {
  const call: SimulatedCall = {
    callId: round === 1 ? file.sid : `${file.sid}-${round}`,
    cli: file.cli,
    destNumber: file.dest_number,
    customer: file.customer,
  };
  const plan: Timed<SimulatedEvent>[] = [{ atMs: beginsAtMs, item: { kind: 'started', call } }];
  let freeAtMs = beginsAtMs;
  for (const [index, { leg, start_ms, duration_ms, text }] of file.lines.entries()) {
    const startsAtMs = Math.max(freeAtMs, beginsAtMs + start_ms);
    const utteranceId = `${call.callId}:${index + 1}`;
    const interims = growByWord(text);
    for (const [spoken, interim] of interims.entries()) {
      const atMs = startsAtMs + (duration_ms * (spoken + 1)) / (interims.length + 1);
      plan.push({ atMs, item: { kind: 'line', call, leg, text: interim, final: false, utteranceId } });
    }
    freeAtMs = startsAtMs + duration_ms;
    plan.push({ atMs: freeAtMs, item: { kind: 'line', call, leg, text, final: true, utteranceId } });
  }
  plan.push({ atMs: freeAtMs + ENDED_AFTER_MS, item: { kind: 'ended', call } });
  return plan;
}

/** `a b c` → `a`, `a b`, `a b c`. */
function growByWord(text: string): string[] {
  return [...text.matchAll(/\S+/g)].map((word) => text.slice(0, word.index + word[0].length));
}
