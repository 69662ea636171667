/** The lines of the cluster's platform: numbered as they are said, and marked with the connection they were said to. */
import type { CallsAllowed } from '../../relay/stream/rules.ts';
import { NUMBERS } from '../soak/soak-call.ts';

/** Called to every number at once: everybody who may see anything may see it. */
export const EVERYONE = 'everyone';

/** `n`: 1 and up, over all connections; `atMs`: when it was said; `number`: whose call it belongs to. */
export type Line = { n: number; atMs: number; number: string };

export function numberOfLine(n: number): string {
  return NUMBERS[n % NUMBERS.length] ?? NUMBERS[0];
}

/** `via`: the connection of the platform it is written to. */
export function writeLine({ n, number }: Line, via: number): string {
  return JSON.stringify({
    n,
    via,
    callid: `cluster-${number}`,
    leg: n % 2,
    text: `line ${n} of a call that goes on for as long as anybody listens to it`,
    final: true,
    dest_number: number,
  });
}

/** `undefined`: none of ours. */
export function readLine(data: unknown): { n: number; via: number } | undefined {
  if (typeof data !== 'object' || data === null || !('n' in data && 'via' in data)) return undefined;
  const { n, via } = data;
  return typeof n === 'number' && typeof via === 'number' ? { n, via } : undefined;
}

/** Decided without the relay's own code: the rules here are lists of numbers. */
export function maySee(calls: CallsAllowed, number: string): boolean {
  return calls === 'all' || calls.some((rule) => 'in' in rule && rule.in.includes(number));
}
