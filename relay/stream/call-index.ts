/** Where in the stream each call's events stand, so that a call's beginning is found without looking through it all. */
import type { Stream, StreamEvent } from './stream.ts';

export type CallIndex = ReturnType<typeof createCallIndex>;

export function createCallIndex(stream: Pick<Stream, 'first'>) {
  const positions = new Map<string, number[]>();

  return {
    add({ facts }: StreamEvent, position: number): void {
      for (const { call } of facts.parts) {
        if (call === undefined) continue;
        const known = positions.get(call);
        if (known === undefined) positions.set(call, [position]);
        else known.push(position);
      }
    },

    /** Those of the call's events before `position` that are still held, in order. */
    before(call: string, position: number): number[] {
      const first = stream.first();
      return (positions.get(call) ?? []).filter((at) => at >= first && at < position);
    },

    /** Forgets what the stream has let go. */
    trim(): void {
      const first = stream.first();
      for (const [call, known] of positions) {
        if ((known.at(-1) ?? 0) < first) positions.delete(call);
        else if ((known[0] ?? first) < first)
          positions.set(
            call,
            known.filter((at) => at >= first),
          );
      }
    },
  };
}
