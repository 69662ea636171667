/** What `npm run bench` is asked to do. */
import { parseArgs } from 'node:util';
import type { Mode } from './section.ts';

export const USAGE = `npm run bench -- [options]

  --quick                  less of everything, in under three minutes; what misses a goal is measured once more
  --only core,size         these parts alone
  --json FILE              the line of JSON goes into a file too
  --record                 a row for the history in docs/performance.md
  --compare A.json B.json  measures nothing: holds two such files beside each other
`;

export type Asked =
  | { kind: 'compare'; files: readonly [string, string] }
  | { kind: 'measure'; mode: Mode; names: readonly string[]; json: string | undefined; record: boolean }
  | { kind: 'wrong'; reason: string };

const options = {
  quick: { type: 'boolean' },
  only: { type: 'string' },
  json: { type: 'string' },
  record: { type: 'boolean' },
  compare: { type: 'string' },
} as const;

/** `known`: the parts there are, in the order in which they run. */
export function readFlags(args: readonly string[], known: readonly string[]): Asked {
  let flags: ReturnType<typeof parse>;
  try {
    flags = parse(args);
  } catch (error) {
    return { kind: 'wrong', reason: error instanceof Error ? error.message : String(error) };
  }
  const { quick = false, only, json, record = false, compare } = flags.values;
  const [other, ...more] = flags.positionals;
  if (compare !== undefined) {
    if (other === undefined || more.length > 0)
      return { kind: 'wrong', reason: '--compare: expected two files' };
    return { kind: 'compare', files: [compare, other] };
  }
  if (other !== undefined) return { kind: 'wrong', reason: `Nothing is known of ${other}` };
  const wanted = only?.split(',');
  const unknown = wanted?.filter((name) => !known.includes(name)) ?? [];
  if (unknown.length > 0)
    return {
      kind: 'wrong',
      reason: `--only: there is no ${unknown.join(', ')}; there are ${known.join(', ')}`,
    };
  return {
    kind: 'measure',
    mode: quick ? 'quick' : 'full',
    names: known.filter((name) => wanted?.includes(name) ?? true),
    json,
    record,
  };
}

function parse(args: readonly string[]) {
  return parseArgs({ args: [...args], options, allowPositionals: true });
}
