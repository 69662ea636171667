/** The calls of a soak, as their events say and as rules ask for them. */
import type { CallsAllowed } from '../../relay/stream/rules.ts';

/** Each is asked for by some rules. */
export const NUMBERS = ['2001', '2002', '2003', '2004', '2005', '2006', '2007', '2008'] as const;
/** No rule of anybody ever asks for it. */
export const NOBODYS_NUMBER = '3009';
/** In every text, so that a log can be searched for it. */
export const MARK = 'zanzibar';

/** One event of a call. `n`: counts all of them as they are sent. */
export type SoakEvent = { n: number; call: number; isFinal: boolean; number: string | undefined };

export function writeSoakEvent({ n, call, isFinal, number }: SoakEvent, text: string): string {
  return JSON.stringify({
    n,
    callid: `soak-${call}`,
    leg: n % 2,
    text: `${MARK} ${text}`,
    final: isFinal,
    date: new Date().toISOString(),
    ...(number !== undefined && { dest_number: number }),
  });
}

/** `undefined`: none of ours, but noise. */
export function readSoakEvent(data: unknown): SoakEvent | undefined {
  if (typeof data !== 'object' || data === null) return undefined;
  if (!('n' in data && 'callid' in data && 'final' in data)) return undefined;
  const { n, callid, final } = data;
  if (typeof n !== 'number' || typeof callid !== 'string') return undefined;
  const number = 'dest_number' in data ? String(data.dest_number) : undefined;
  return { n, call: Number(callid.slice('soak-'.length)), isFinal: final === true, number };
}

/** Decided without the relay's own code: rules of a soak are lists of numbers, or the beginning of one and a star. */
export function isAllowed(calls: CallsAllowed, number: string): boolean {
  if (calls === 'all') return true;
  return calls.some((rule) =>
    'in' in rule ? rule.in.includes(number) : number.startsWith(rule.match.slice(0, -1)),
  );
}
