/** A line as plain text for a ticket. */
import type { LineEntry } from './call.ts';

/** `00:12 Caller: i lost my credit card`. `speaker` is the label shown for the line's leg. */
export function formatLine(
  line: Pick<LineEntry, 'atMs' | 'text'>,
  speaker: string,
  callStartedAtMs: number,
): string {
  return `${formatOffset(line.atMs - callStartedAtMs)} ${speaker}: ${line.text}`;
}

/** A duration as `mm:ss`, or `h:mm:ss` from an hour on; a negative one counts as none. */
export function formatOffset(durationMs: number): string {
  const seconds = Math.max(0, Math.floor(durationMs / 1000));
  const two = (value: number) => String(value).padStart(2, '0');
  const minutesAndSeconds = `${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
  return seconds < 3600 ? minutesAndSeconds : `${Math.floor(seconds / 3600)}:${minutesAndSeconds}`;
}
