/** Who is measured when: turn by turn, so that the machine's moods hit all alike. */
import type { BenchBrowser } from './bench-browser.ts';
import { keepBusy } from './busy-page.ts';
import { measureDelays } from './delays.ts';
import { openSubject, type Subject, type SubjectName } from './subjects.ts';
import { watchPaints } from './watch-paints.ts';

const conditions = ['idle', 'busy'] as const;
/** Whether the page's main thread has nothing to do, or nine tenths of its time are taken. */
export type Condition = (typeof conditions)[number];

export type Pace = { perSecond: number; rounds: number; forMs: number };

/** Of all rounds together; `ms`: from the relay's send to the frame that shows the line. */
export type PaintFigures = {
  condition: Condition;
  perSecond: number;
  subject: SubjectName;
  ms: number[];
  lost: number;
};

const SUBJECTS: Record<Condition, readonly SubjectName[]> = {
  idle: ['floor', 'road', 'sidebar', 'naive'],
  // A bare page has nothing else to do.
  busy: ['sidebar', 'naive'],
};

export async function takePaintTurns(
  world: BenchBrowser,
  paces: Record<Condition, readonly Pace[]>,
): Promise<PaintFigures[]> {
  const opened = new Map<SubjectName, Subject>();
  for (const name of SUBJECTS.idle) {
    const subject = await openSubject(world, name);
    await watchPaints(subject.place, subject.host);
    opened.set(name, subject);
  }
  const all: PaintFigures[] = [];
  let turns = 0;
  let from = 1;
  for (const condition of conditions) {
    const subjects = SUBJECTS[condition].flatMap((name) => opened.get(name) ?? []);
    for (const { perSecond, rounds, forMs } of paces[condition]) {
      const figures = subjects.map(
        ({ name }): PaintFigures => ({ condition, perSecond, subject: name, ms: [], lost: 0 }),
      );
      all.push(...figures);
      for (let round = 0; round < rounds; round += 1) {
        for (const [at, subject] of subjects.entries()) {
          turns += 1;
          const call = `paint-${turns}`;
          await subject.page.bringToFront();
          await subject.begin(call);
          const relieve = condition === 'busy' ? await keepBusy(subject.page) : undefined;
          const { ms, lost } = await measureDelays(world.sender, subject, call, { from, perSecond, forMs });
          await relieve?.();
          from += Math.round((perSecond * forMs) / 1_000);
          figures[at]?.ms.push(...ms);
          (figures[at] ?? { lost }).lost += lost;
        }
      }
    }
  }
  return all;
}
