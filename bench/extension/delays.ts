/** How long after it was sent each line was painted. */
import { setTimeout as wait } from 'node:timers/promises';
import { clockOffsetUs } from './clock-offset.ts';
import type { Sender } from './sender-link.ts';
import type { Subject } from './subjects.ts';
import { takePaints } from './watch-paints.ts';

export type Delays = {
  ms: readonly number[];
  /** Lines that were not painted in time. */
  lost: number;
};

const PATIENCE_MS = 8_000;
const POLL_MS = 100;

/**
 * Streams lines of a call that has just begun, numbered from `from` on, which no line before was. Paints must be
 * watched already; a line that is told twice counts as the first.
 */
export async function measureDelays(
  sender: Sender,
  subject: Subject,
  call: string,
  given: { from: number; perSecond: number; forMs: number },
): Promise<Delays> {
  const offsetUs = await clockOffsetUs(subject.place, sender.bareUrl);
  await takePaints(subject.place);
  const sentUs = await sender.stream(subject.road, call, given);
  const paintedUs = new Map<number, number>();
  const giveUpMs = Date.now() + PATIENCE_MS;
  while (paintedUs.size < sentUs.length && Date.now() < giveUpMs) {
    for (const [line, atUs] of await takePaints(subject.place)) {
      if (line >= given.from && !paintedUs.has(line)) paintedUs.set(line, atUs - offsetUs);
    }
    if (paintedUs.size < sentUs.length) await wait(POLL_MS);
  }
  const ms = [...paintedUs].map(([line, atUs]) => (atUs - (sentUs[line - given.from] ?? Number.NaN)) / 1_000);
  return { ms, lost: sentUs.length - paintedUs.size };
}
