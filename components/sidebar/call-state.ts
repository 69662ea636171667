/** Whether a call lives, is silent or has ended, and what it is called. */
import { words } from '../../utils/browser/runtime.ts';
import type { CallSummary } from '../../utils/transcript/call.ts';
import { UNIDENTIFIED_CALL } from '../../utils/transcript/event.ts';

/** A pause this long is worth a look; it is not the end of the call. */
const SILENT_AFTER_MS = 60_000;

export type CallState = 'live' | 'silent' | 'ended';

export function callState({ phase, lastLineAtMs }: CallSummary, nowMs: number): CallState {
  if (phase === 'ended') return 'ended';
  return lastLineAtMs !== undefined && nowMs - lastLineAtMs >= SILENT_AFTER_MS ? 'silent' : 'live';
}

export function callName({ id, parties }: CallSummary): string {
  const number = partyNumber(parties);
  if (parties.customer !== undefined) return parties.customer;
  if (number !== undefined) return number;
  return id === UNIDENTIFIED_CALL ? words('callUnidentified') : words('callUnnamed', id);
}

/** The number of the side that is not ours: who is called on an outbound call, who calls on any other. */
export function partyNumber({ caller, callee, direction }: CallSummary['parties']): string | undefined {
  return direction === 'outbound' ? (callee ?? caller) : (caller ?? callee);
}

/** How long a call took, or has taken so far, in ms. */
export function callLengthMs({ startedAtMs, endedAtMs }: CallSummary, nowMs: number): number {
  return (endedAtMs ?? nowMs) - startedAtMs;
}
