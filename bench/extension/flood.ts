/** Far more lines than anybody can read: whether each comes, and whether the sidebar answers meanwhile. */
import { setTimeout as wait } from 'node:timers/promises';
import type { Frame, Page } from 'puppeteer-core';
import { waitForLine } from './filled-world.ts';
import type { Sender } from './sender-link.ts';
import { type Stalls, takeStalls } from './stalls.ts';
import type { Subject } from './subjects.ts';
import { typeFor } from './typing-delays.ts';
import { takePaints } from './watch-paints.ts';

export type Flood = Stalls & {
  sent: number;
  painted: number;
  /** Neither painted nor in the document in the end. */
  lost: number;
  /** Lines in the document in the end that do not follow the one before. */
  misplaced: number;
  typingMs: readonly number[];
};

const TAKE_EVERY_MS = 500;

/** A call of its own. Paints, stalls and typing must be watched already. */
export async function flood(
  sender: Sender,
  subject: Subject,
  call: string,
  { perSecond, forMs }: { perSecond: number; forMs: number },
): Promise<Flood> {
  const { page, place } = subject;
  await page.bringToFront();
  await subject.begin(call);
  await takePaints(place);
  await takeStalls(place);
  const seen = new Set<number>();
  let isOver = false;
  const taking = (async () => {
    while (!isOver) {
      await wait(TAKE_EVERY_MS);
      for (const [line] of await takePaints(place)) if (line > 0) seen.add(line);
    }
  })();
  const [streamed, typed] = await Promise.allSettled([
    sender.stream('relay', call, { from: 1, perSecond, forMs }),
    typeFor(page, place, forMs),
  ]);
  if (streamed.status === 'fulfilled') await waitForLine(subject, call, streamed.value.length);
  isOver = true;
  await taking;
  if (streamed.status === 'rejected') throw streamed.reason;
  if (typed.status === 'rejected') throw typed.reason;
  const sent = streamed.value.length;
  const painted = seen.size;
  // Before all lines are read, which is a long task of its own.
  const stalls = await takeStalls(place);
  const kept = await keptLines(place);
  for (const line of kept) seen.add(line);
  let lost = 0;
  for (let line = 1; line <= sent; line += 1) if (!seen.has(line)) lost += 1;
  const misplaced = kept.filter((line, at) => at > 0 && line !== (kept[at - 1] ?? 0) + 1).length;
  return { sent, painted, lost, misplaced, typingMs: typed.value, ...stalls };
}

/** The numbers of the lines in the document, from top to bottom. */
function keptLines(place: Page | Frame): Promise<number[]> {
  return place.$$eval('[data-line]', (lines) =>
    lines.map(({ textContent }) => Number(/#(\d+) /.exec(textContent)?.[1])),
  );
}
