/** From an event's values to the views whose rules it satisfies: what it costs does not grow with rules of `in`. */
import type { Values } from './event-facts.ts';
import { type CallRule, fieldOf, globOf } from './rules.ts';

/** Whether one rule of several is satisfied. */
export type Matches = (values: Values) => boolean;

export function compileRules(rules: readonly CallRule[]): Matches {
  const tests: Matches[] = [];
  for (const rule of rules) {
    const key = fieldOf(rule)?.key;
    if (key === undefined) continue;
    const test = testOf(rule);
    tests.push((values) => values.get(key)?.some(test) ?? false);
  }
  return (values) => values.size > 0 && tests.some((test) => test(values));
}

function testOf(rule: CallRule): (value: string) => boolean {
  if ('match' in rule) return globOf(rule.match);
  const allowed = new Set(rule.in);
  return (value) => allowed.has(value);
}

type OfField<Owner> = {
  owners: Map<string, Set<Owner>>;
  globs: { owner: Owner; fits: (value: string) => boolean }[];
};

export function createRuleIndex<Owner>() {
  const fields = new Map<string, OfField<Owner>>();

  return {
    add(owner: Owner, rules: readonly CallRule[]): void {
      for (const rule of rules) {
        const key = fieldOf(rule)?.key;
        if (key === undefined) continue;
        const field: OfField<Owner> = fields.get(key) ?? { owners: new Map(), globs: [] };
        fields.set(key, field);
        if ('match' in rule) field.globs.push({ owner, fits: globOf(rule.match) });
        else for (const value of rule.in) setOf(field.owners, value).add(owner);
      }
    },

    remove(owner: Owner, rules: readonly CallRule[]): void {
      for (const rule of rules) {
        const key = fieldOf(rule)?.key;
        const field = key === undefined ? undefined : fields.get(key);
        if (key === undefined || field === undefined) continue;
        field.globs = field.globs.filter((glob) => glob.owner !== owner);
        for (const value of 'in' in rule ? rule.in : []) {
          const owners = field.owners.get(value);
          owners?.delete(owner);
          if (owners?.size === 0) field.owners.delete(value);
        }
        if (field.owners.size === 0 && field.globs.length === 0) fields.delete(key);
      }
    },

    /** Whose rules these values satisfy. */
    find(values: Values): Set<Owner> {
      const found = new Set<Owner>();
      for (const [key, words] of values) {
        const field = fields.get(key);
        if (field === undefined) continue;
        for (const word of words) for (const owner of field.owners.get(word) ?? []) found.add(owner);
        for (const { owner, fits } of field.globs)
          if (!found.has(owner) && words.some(fits)) found.add(owner);
      }
      return found;
    },
  };
}

function setOf<Owner>(owners: Map<string, Set<Owner>>, value: string): Set<Owner> {
  const known = owners.get(value) ?? new Set<Owner>();
  owners.set(value, known);
  return known;
}
