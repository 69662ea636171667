/** Durations and clock times as an agent reads them. */
import { uiLanguage, words } from '../utils/browser/runtime.ts';

/** `34 s`, `12 min`, `3 h`: rounded down, never negative. */
export function formatDuration(durationMs: number): string {
  const seconds = Math.max(0, Math.floor(durationMs / 1000));
  if (seconds < 60) return words('durationSeconds', seconds);
  if (seconds < 3600) return words('durationMinutes', Math.floor(seconds / 60));
  return words('durationHours', Math.floor(seconds / 3600));
}

const clocks = new Map<string, Intl.DateTimeFormat>();

/** The time of day with seconds, of 24 hours, in the digits of the browser's language; `atMs` is ms since 1970. */
export function formatClock(atMs: number): string {
  const language = uiLanguage();
  const clock =
    clocks.get(language) ??
    new Intl.DateTimeFormat(language, {
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
      hourCycle: 'h23',
    });
  clocks.set(language, clock);
  return clock.format(atMs);
}
