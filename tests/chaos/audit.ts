/**
 * Holds what is on screen against what was sent, one call at a time. Pure.
 *
 * A line that was sent must be there once, whole, in order. It may be missing only where nobody could still have it,
 * and only if the sidebar says so at that very place:
 * - its relay died, and nothing that relay received later in the call is there either;
 * - its connection to the platform was lost right after it, and nothing sent later over it is there either;
 * - more was sent meanwhile than the relay's window holds.
 */
import type { Facts, SentLine } from './ledger.ts';

export type Row = { kind: 'line'; text: string } | { kind: 'gap' };
export type Verdict = 'shown' | 'lost' | 'duplicated' | 'out-of-order' | 'unrecoverable';
/** One line can have several: shown, and out of order. `why` is for who looks for the cause. */
export type Finding = { line: SentLine; verdict: Verdict; why: string };
/** `strangers`: lines on screen that were never sent. */
export type CallAudit = { findings: Finding[]; strangers: string[] };

/** What is under way at the end of a connection was sent at most this long before. */
const UNDER_WAY_MS = 2_000;
/** A stall that ended this long before a connection was lost may have been its cause. */
const AFTERMATH_MS = 15_000;

/** `lines`: all of one call, in the order sent. */
export function auditCall(lines: readonly SentLine[], rows: readonly Row[], facts: Facts): CallAudit {
  const known = new Map(lines.map((line) => [line.number, line]));
  const placesByNumber = new Map<number, number[]>();
  const strangers: string[] = [];
  rows.forEach((row, place) => {
    if (row.kind !== 'line') return;
    const number = readNumber(row.text);
    if (number === undefined || !known.has(number)) strangers.push(row.text);
    else placesByNumber.set(number, [...(placesByNumber.get(number) ?? []), place]);
  });
  /** Where each line stands whole. */
  const places = new Map<number, number>();
  for (const { number, text } of lines) {
    const whole = placesByNumber.get(number)?.find((place) => textAt(rows, place) === text);
    if (whole !== undefined) places.set(number, whole);
  }

  const findings: Finding[] = [];
  let furthest = -1;
  for (const line of lines) {
    const place = places.get(line.number);
    const copies = placesByNumber.get(line.number)?.length ?? 0;
    if (copies > 1) findings.push({ line, verdict: 'duplicated', why: `${copies} times on screen` });
    if (place === undefined) continue;
    findings.push({ line, verdict: 'shown', why: '' });
    if (place < furthest) findings.push({ line, verdict: 'out-of-order', why: 'after a later line' });
    furthest = Math.max(furthest, place);
  }
  return {
    findings: [...findings, ...auditMissing(lines, rows, places, facts)],
    strangers,
  };
}

function auditMissing(
  lines: readonly SentLine[],
  rows: readonly Row[],
  places: ReadonlyMap<number, number>,
  facts: Facts,
): Finding[] {
  const findings: Finding[] = [];
  const laterShown = createLaterShown(lines, places, facts);
  let before = -1;
  lines.forEach((line, at) => {
    const place = places.get(line.number);
    if (place !== undefined) before = Math.max(before, place);
    if (place !== undefined || line.connection === undefined) return;
    const next = lines.slice(at).find(({ number }) => places.has(number));
    const after = next === undefined ? rows.length : (places.get(next.number) ?? rows.length);
    const hasGap = rows.slice(before + 1, after).some(({ kind }) => kind === 'gap');
    const blame = blameFor(line, laterShown(at), facts);
    const isExcused = blame.excuse !== undefined && hasGap;
    const why = `${blame.excuse ?? blame.problem}${hasGap ? '' : '; no gap there'}`;
    findings.push({ line, verdict: isExcused ? 'unrecoverable' : 'lost', why });
  });
  return findings;
}

type LaterShown = { ofConnection: boolean; ofLife: boolean };
type Blame = { excuse: string; problem?: undefined } | { excuse?: undefined; problem: string };

/** Whether a line sent after the one at `at`, over the same connection or to the same relay, is on screen. */
function createLaterShown(
  lines: readonly SentLine[],
  places: ReadonlyMap<number, number>,
  facts: Facts,
): (at: number) => LaterShown {
  const lastOfConnection = new Map<number, number>();
  const lastOfLife = new Map<number, number>();
  lines.forEach(({ number, connection }, at) => {
    if (connection === undefined || !places.has(number)) return;
    lastOfConnection.set(connection, at);
    lastOfLife.set(facts.connections.get(connection)?.life ?? 0, at);
  });
  return (at) => {
    const connection = lines[at]?.connection ?? 0;
    return {
      ofConnection: (lastOfConnection.get(connection) ?? -1) > at,
      ofLife: (lastOfLife.get(facts.connections.get(connection)?.life ?? 0) ?? -1) > at,
    };
  };
}

function blameFor({ sentMs, connection }: SentLine, later: LaterShown, facts: Facts): Blame {
  const over = facts.connections.get(connection ?? 0);
  const life = facts.lives.get(over?.life ?? 0);
  if (facts.overruns.some(({ fromMs, toMs }) => sentMs >= fromMs - UNDER_WAY_MS && sentMs <= toMs))
    return { excuse: 'beyond the window' };
  if (life?.diedMs !== undefined && !later.ofLife && sentMs >= underWayFrom(life.heardMs, facts))
    return { excuse: 'died with its relay' };
  if (over?.endedMs !== undefined && !later.ofConnection && sentMs >= underWayFrom(over.endedMs, facts))
    return { excuse: 'under way when the platform was lost' };
  if (life?.diedMs === undefined) return { problem: 'its relay still has it' };
  return {
    problem: later.ofLife
      ? 'its relay told later lines before it died'
      : 'the browser was there before its relay died',
  };
}

function underWayFrom(endMs: number, { stalls }: Facts): number {
  const standing = stalls.filter(({ fromMs, toMs }) => fromMs <= endMs && toMs >= endMs - AFTERMATH_MS);
  return Math.min(endMs, ...standing.map(({ fromMs }) => fromMs)) - UNDER_WAY_MS;
}

function textAt(rows: readonly Row[], place: number): string | undefined {
  const row = rows[place];
  return row?.kind === 'line' ? row.text : undefined;
}

/** Every line begins with its number: `#000123 please hold`. */
function readNumber(text: string): number | undefined {
  const digits = /^#(\d+)(?: |$)/.exec(text)?.[1];
  return digits === undefined ? undefined : Number(digits);
}
