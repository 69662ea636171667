/** Durations and clock times as an agent reads them. */
import { uiLanguage, words } from '../utils/browser/runtime.ts';

/** `34 s`, `12 min`, `3 h`: rounded down, never negative. */
export function formatDuration(durationMs: number): string {
  const seconds = Math.max(0, Math.floor(durationMs / 1000));
  if (seconds < 60) return words('durationSeconds', seconds);
  if (seconds < 3600) return words('durationMinutes', Math.floor(seconds / 60));
  return words('durationHours', Math.floor(seconds / 3600));
}

/** The time of day with seconds, in the browser's language; `atMs` is ms since 1970. */
export function formatClock(atMs: number): string {
  return new Intl.DateTimeFormat(uiLanguage(), { timeStyle: 'medium' }).format(atMs);
}
