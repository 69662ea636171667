/** Digits one side of a call says after each other, also across its lines. */
import type { Leg } from '../event.ts';
import type { Found, HeardLine } from './heard-line.ts';
import type { NumberToken } from './number-tokens.ts';

export type RunToken = Found & { digits: string; spoken: boolean };
export type DigitRun = {
  tokens: RunToken[];
  /** A `+` or a sign of money right before it. */
  lead: 'plus' | 'money' | undefined;
  /** Nothing but fillers follows on that side. */
  open: boolean;
};

/** How far apart, in lines of both sides, the parts of a number may be. */
const MAX_LINES_BETWEEN = 8;
const MAX_FILLERS = 8;

/** `looseWords`: how many other words may stand where a number goes on in the side's next line ("and then it's"). */
export function digitRuns(lines: readonly HeardLine[], looseWords: number): DigitRun[] {
  const sides = new Map<Leg, ReturnType<typeof createCollector>>();
  for (const [line, { leg, tokens }] of lines.entries()) {
    if (tokens.length === 0) continue;
    const side = sides.get(leg) ?? createCollector(looseWords);
    sides.set(leg, side);
    for (const token of tokens) side.take(token, line);
  }
  return [...sides.values()].flatMap((side) => side.end());
}

/** One range a line, from its first digit to its last. */
export function spans(tokens: readonly RunToken[]): Found[] {
  const found: Found[] = [];
  for (const { line, from, to } of tokens) {
    const last = found.at(-1);
    if (last?.line === line) last.to = to;
    else found.push({ line, from, to });
  }
  return found;
}

function createCollector(looseWords: number) {
  const runs: DigitRun[] = [];
  let run: DigitRun | undefined;
  let words = 0;
  let gap = 0;
  let lead: DigitRun['lead'];

  /** Without words between, or with a few where a line ended. */
  const continues = (line: number): boolean => {
    const last = run?.tokens.at(-1);
    if (last === undefined || lead !== undefined || gap > MAX_FILLERS) return false;
    if (line - last.line > MAX_LINES_BETWEEN) return false;
    return words === 0 || (line > last.line && words <= looseWords);
  };

  const add = (token: NumberToken & { kind: 'digits' }, line: number) => {
    if (!continues(line) || run === undefined) {
      run = { tokens: [], lead, open: false };
      runs.push(run);
    }
    run.tokens.push({ line, from: token.from, to: token.to, digits: token.digits, spoken: token.spoken });
    words = 0;
    gap = 0;
    lead = undefined;
  };

  return {
    take(token: NumberToken, line: number): void {
      if (token.kind === 'digits' && !token.glued) return add(token, line);
      if (token.kind === 'filler') gap += 1;
      else if (token.kind === 'word') words += 1;
      else {
        run = undefined;
        lead = token.kind === 'stop' ? leadOf(token.sign) : undefined;
      }
      if (token.kind === 'word') lead = undefined;
    },
    end(): DigitRun[] {
      if (run !== undefined && words === 0) run.open = true;
      return runs;
    },
  };
}

function leadOf(sign: string): DigitRun['lead'] {
  if (sign === '+') return 'plus';
  return /^\p{Sc}$/u.test(sign) ? 'money' : undefined;
}
