/** Which call is shown, of those there are. */
import { isSameNumber } from '../../utils/crm/phone.ts';
import type { FollowMode, PageRecord } from '../../utils/messaging/surface.ts';
import type { CallSummary } from '../../utils/transcript/call.ts';

export type Choice = {
  /** In the order in which they began. */
  calls: readonly CallSummary[];
  shownId: string | undefined;
  mode: FollowMode;
  page: PageRecord | undefined;
  /** The agent's, in which numbers without a country's code are read: ISO 3166-1 alpha-2, or empty. */
  country: string;
  /** The reader is reading back, searching or selecting: what they look at stays. */
  held: boolean;
};

/** `same`: the page shows one of the call's numbers; `other`: it shows numbers, and none of them. */
export type Match = 'same' | 'other' | 'unknown';

export function matchPage({ parties }: CallSummary, page: PageRecord | undefined, country: string): Match {
  const numbers = [parties.caller, parties.callee].filter((number) => number !== undefined);
  if (page === undefined || page.numbers.length === 0 || numbers.length === 0) return 'unknown';
  const isSame = numbers.some((number) => page.numbers.some((other) => isSameNumber(number, other, country)));
  return isSame ? 'same' : 'other';
}

/** The call to show now: what is being read stays, and a pinned call always does while it is kept. */
export function chooseCall(choice: Choice): string | undefined {
  const shown = choice.calls.find(({ id }) => id === choice.shownId);
  if (shown !== undefined && (choice.held || choice.mode === 'pinned')) return shown.id;
  return followed(choice, shown)?.id;
}

/**
 * A live call that waits for the reader: the one the mode would show, were they not busy, or one that began while the
 * record's own call has ended. Calls that were declined are not offered again.
 */
export function offerCall(choice: Choice, declined: ReadonlySet<string>): string | undefined {
  const shown = choice.calls.find(({ id }) => id === choice.shownId);
  if (shown === undefined) return undefined;
  const mode = choice.mode === 'pinned' ? 'newest' : choice.mode;
  const newest = choice.calls.findLast(isLive);
  const next = [followed({ ...choice, mode }, shown), shown.phase === 'ended' ? newest : undefined].find(
    (call) => call !== undefined && call.id !== shown.id && isLive(call) && !declined.has(call.id),
  );
  if (next === undefined) return undefined;
  // An older call is news only where the page has turned to its record.
  const isNews =
    next.startedAtMs > shown.startedAtMs || matchPage(next, choice.page, choice.country) === 'same';
  return isNews ? next.id : undefined;
}

function isLive({ phase }: CallSummary): boolean {
  return phase === 'live';
}

function followed(choice: Choice, shown: CallSummary | undefined): CallSummary | undefined {
  const { calls, mode, page, country } = choice;
  const newest = calls.findLast(isLive);
  if (mode === 'newest') return newest ?? shown ?? calls.at(-1);
  const matching = calls.filter((call) => matchPage(call, page, country) === 'same');
  if (matching.length > 0) {
    if (shown !== undefined && isLive(shown) && matching.includes(shown)) return shown;
    return (
      matching.findLast(isLive) ?? (shown !== undefined && matching.includes(shown) ? shown : matching.at(-1))
    );
  }
  // No call is this record's: the shown one stays while it lives.
  return shown !== undefined && isLive(shown) ? shown : (newest ?? shown ?? calls.at(-1));
}
