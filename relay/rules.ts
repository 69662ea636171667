/**
 * What an agent may see, as rules on fields of the platform's events. A rule names a field as the events do, compared
 * without case, spaces, dashes and underscores; a dot goes into an object (`call.to`).
 */

/** `in`: the field holds one of these. `match`: the whole field fits, `*` standing for anything, without regard to case. */
export type CallRule =
  | { readonly field: string; readonly in: readonly string[] }
  | { readonly field: string; readonly match: string };

/** A call is seen once one of its events satisfies one of the rules; without any, nothing is seen. */
export type CallsAllowed = 'all' | readonly CallRule[];

/** Equal for two agents exactly if they see the same: order and repetition of rules and values count for nothing. */
export function keyOfCalls(calls: CallsAllowed): string {
  if (calls === 'all') return 'all';
  const keys = calls.map((rule) =>
    JSON.stringify([
      rule.field,
      ...('in' in rule ? ['in', ...[...new Set(rule.in)].sort()] : ['match', rule.match]),
    ]),
  );
  return `[${[...new Set(keys)].sort().join()}]`;
}
