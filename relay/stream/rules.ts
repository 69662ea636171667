/**
 * What an agent may see, as rules on fields of the platform's events. A rule names a field as the events do, compared
 * without case, spaces, dashes and underscores; a dot goes into an object (`call.to`).
 */
import { normaliseKey, wrapperKeys } from '../../utils/transcript/fields.ts';

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

/** A field as rules name it: `key` is equal for all spellings of one field, `steps` lead to its values. */
export type RuleField = { readonly key: string; readonly steps: readonly string[] };

/**
 * What an event is wrapped in may be named or not: `data.call.to` is `call.to`.
 * `undefined`: no key is left of the name or of a step, and nothing can be found by it.
 */
export function fieldOf(rule: CallRule): RuleField | undefined {
  const steps = rule.field.split('.').map(normaliseKey);
  while (steps.length > 1 && wrapperKeys.includes(steps[0] ?? '')) steps.shift();
  return steps.includes('') ? undefined : { key: steps.join('.'), steps };
}

/** Whether the whole of a text fits `pattern`. No regular expression: the pattern is somebody's input. */
export function globOf(pattern: string): (text: string) => boolean {
  const [head = '', ...rest] = pattern.toLowerCase().split('*');
  const tail = rest.pop();
  return (text) => {
    const lower = text.toLowerCase();
    if (tail === undefined) return lower === head;
    if (lower.length < head.length + tail.length || !lower.startsWith(head) || !lower.endsWith(tail))
      return false;
    let from = head.length;
    for (const part of rest) {
      const at = lower.indexOf(part, from);
      if (at < 0) return false;
      from = at + part.length;
    }
    return from <= lower.length - tail.length;
  };
}
