/** Numbered lines at a steady rate, for counting what arrives: final, without interims and without started or ended. */
import type { SimulatedEvent, Timed } from './simulated-event.ts';

export type NumberedLines = { count: number; ratePerSecond: number; callCount: number };

/** `line 000001 of 005000` and so on, the calls and legs in turn; made as they are asked for. */
export function* planNumberedLines(
  { count, ratePerSecond, callCount }: NumberedLines,
  round: number,
): Generator<Timed<SimulatedEvent>> {
  const total = String(count).padStart(6, '0');
  const calls = Array.from({ length: callCount }, (_, index) => {
    const callId = `lines-${index + 1}`;
    return { callId: round === 1 ? callId : `${callId}-${round}` };
  });
  for (let index = 0; index < count; index += 1) {
    const call = calls[index % callCount] ?? { callId: 'lines' };
    const number = index + 1;
    yield {
      atMs: (index * 1000) / ratePerSecond,
      item: {
        kind: 'line',
        call,
        leg: Math.floor(index / callCount) % 2 === 0 ? 0 : 1,
        text: `line ${String(number).padStart(6, '0')} of ${total}`,
        final: true,
        utteranceId: `${call.callId}:${number}`,
      },
    };
  }
}
