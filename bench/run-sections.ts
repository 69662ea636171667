/** Sections one after another; one that fails does not keep the others from being measured. */
import { isHeld, type Measure, type Mode, type Section } from './section.ts';

export type Told = {
  measured(name: string, section: Section): void;
  /** A quick measure missed these goals and is taken once more. */
  again(name: string, missed: readonly string[]): void;
  failed(name: string, error: unknown): void;
};

/** Those that did not fail. */
export async function runSections(
  sections: ReadonlyMap<string, Measure>,
  mode: Mode,
  told: Told,
): Promise<Section[]> {
  const measured: Section[] = [];
  for (const [name, measure] of sections) {
    try {
      measured.push(await runSection(name, measure, mode, told));
    } catch (error) {
      told.failed(name, error);
    }
  }
  return measured;
}

/** Where others work on the machine too, a quick measure may be unlucky once: only what it misses twice is missed. */
async function runSection(name: string, measure: Measure, mode: Mode, told: Told): Promise<Section> {
  const first = await measure(mode);
  told.measured(name, first);
  const missed = missedOf(first);
  if (mode === 'full' || missed.length === 0) return first;
  told.again(name, missed);
  const second = await measure(mode);
  told.measured(name, second);
  const firstGoals = new Map(first.goals.map((goal) => [goal.what, goal]));
  const goals = second.goals.map((goal) => {
    const before = firstGoals.get(goal.what);
    return before !== undefined && isHeld(before) ? before : goal;
  });
  return { ...second, goals };
}

function missedOf({ goals }: Section): string[] {
  return goals.filter((goal) => !isHeld(goal)).map(({ what }) => what);
}
