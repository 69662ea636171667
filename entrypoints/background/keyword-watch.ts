/**
 * Alerts the agent to lines that match a profile, each line once a profile. What the store hands over as its snapshot
 * was there before, perhaps in an earlier life of the worker, and is not news; what comes after it is.
 */
import type { CallChange, ToSidebar } from '../../utils/messaging/sidebar-port.ts';
import type { KeywordProfile } from '../../utils/settings/preferences.ts';
import type { CallSummary, LineEntry } from '../../utils/transcript/call.ts';
import { foldText } from '../../utils/transcript/fold-text.ts';
import { type CompiledProfile, compileProfiles, findKeywords } from '../../utils/transcript/keywords.ts';

export type KeywordAlert = { profile: KeywordProfile; call: CallSummary; line: LineEntry };

export type KeywordWatchDeps = {
  nowMs(): number;
  /** At most once in 10 s for a profile and call. */
  alert(alert: KeywordAlert): void;
};

export type KeywordWatch = {
  /** To be subscribed to the store only when that is ready, or what it restores is missing from the snapshot. */
  take(message: ToSidebar): void;
  /** From the next line on. A profile that asks for no badge, notification or sound is not watched for. */
  setProfiles(profiles: readonly KeywordProfile[]): void;
  /** Matches of profiles with a badge since `seen`, those too that came too fast to be alerted. */
  unseen(): number;
  seen(): void;
};

type WatchedCall = {
  startedAtMs: number;
  /** Lines before this index were final in the snapshot, except the open ones. */
  newFromIndex: number;
  openAtStart: Set<number>;
  /** Profiles that matched a line, by its index; the line that changed last comes last. */
  matched: Map<number, Set<string>>;
  lastAlertMs: Map<string, number>;
};

const ALERT_EVERY_MS = 10_000;
/** Only lines of late can still be corrected. */
const MAX_MATCHED_LINES = 512;

export function createKeywordWatch({ nowMs, alert }: KeywordWatchDeps): KeywordWatch {
  const calls = new Map<string, WatchedCall>();
  let compiled: CompiledProfile[] = [];
  let inSnapshot = false;
  let unseenCount = 0;

  function watchedCall({ id, startedAtMs }: CallSummary): WatchedCall {
    const known = calls.get(id);
    if (known?.startedAtMs === startedAtMs) return known;
    const call: WatchedCall = {
      startedAtMs,
      newFromIndex: 0,
      openAtStart: new Set(),
      matched: new Map(),
      lastAlertMs: new Map(),
    };
    calls.set(id, call);
    return call;
  }

  function takeSnapshot({ call, entries }: CallChange): void {
    const watched = watchedCall(call);
    watched.newFromIndex = call.entryCount;
    for (const entry of entries) {
      if (entry.kind === 'line' && !entry.final) watched.openAtStart.add(entry.index);
    }
  }

  function takeChange({ call, entries }: CallChange): void {
    const watched = watchedCall(call);
    if (compiled.length === 0) return;
    for (const entry of entries) {
      if (entry.kind !== 'line' || !entry.final) continue;
      if (entry.index >= watched.newFromIndex || watched.openAtStart.has(entry.index))
        takeLine(watched, call, entry);
    }
  }

  function takeLine(watched: WatchedCall, call: CallSummary, line: LineEntry): void {
    const hits = findKeywords(compiled, foldText(line.text));
    const before = watched.matched.get(line.index);
    if (hits.length === 0 && before === undefined) return;
    const matched = before ?? new Set<string>();
    watched.matched.delete(line.index);
    watched.matched.set(line.index, matched);
    if (watched.matched.size > MAX_MATCHED_LINES) dropFirst(watched.matched);
    for (const { profile } of hits) {
      if (matched.has(profile.id)) continue;
      matched.add(profile.id);
      if (profile.badge) unseenCount += 1;
      if (mayAlert(watched, profile)) alert({ profile, call, line });
    }
  }

  function mayAlert({ lastAlertMs }: WatchedCall, { id }: KeywordProfile): boolean {
    const now = nowMs();
    const sinceMs = now - (lastAlertMs.get(id) ?? Number.NEGATIVE_INFINITY);
    // A clock that was set back must not silence the profile until it has caught up.
    if (sinceMs >= 0 && sinceMs < ALERT_EVERY_MS) return false;
    lastAlertMs.set(id, now);
    return true;
  }

  return {
    take(message) {
      switch (message.type) {
        case 'reset':
          inSnapshot = true;
          calls.clear();
          return;
        case 'complete':
          inSnapshot = false;
          return;
        case 'changes':
          for (const id of message.forgotten) calls.delete(id);
          for (const change of message.calls) (inSnapshot ? takeSnapshot : takeChange)(change);
          return;
        default:
          return;
      }
    },
    setProfiles(profiles) {
      compiled = compileProfiles(profiles.filter(({ badge, notify, sound }) => badge || notify || sound));
      const ids = new Set(profiles.map(({ id }) => id));
      for (const { lastAlertMs } of calls.values()) {
        for (const id of lastAlertMs.keys()) if (!ids.has(id)) lastAlertMs.delete(id);
      }
    },
    unseen: () => unseenCount,
    seen() {
      unseenCount = 0;
    },
  };
}

function dropFirst(map: Map<number, unknown>): void {
  const [first] = map.keys();
  if (first !== undefined) map.delete(first);
}
