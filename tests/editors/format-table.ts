/** The matrix as it is printed: rows of editors, columns of cases, and beneath them the reasons. */
import type { CaseName } from './cases.ts';
import type { Verdict } from './run-cell.ts';
import type { Row } from './run-matrix.ts';

const signs: Record<Verdict['is'], string> = {
  inserted: '✓',
  copied: 'copy',
  failed: '✗',
  impossible: 'n/a',
};

export function formatTable(title: string, names: readonly CaseName[], rows: readonly Row[]): string {
  const first = Math.max(title.length, ...rows.map(({ editor }) => editor.length));
  const line = (head: string, cells: string[]) =>
    [head.padEnd(first), ...cells.map((cell, at) => cell.padEnd(names[at]?.length ?? 0))]
      .join('  ')
      .trimEnd();
  return [
    line(title, [...names]),
    ...rows.map(({ editor, cells }) =>
      line(
        editor,
        names.map((name) => signOf(cells[name])),
      ),
    ),
    '',
    ...rows.flatMap(reasons),
  ].join('\n');
}

function signOf(verdict: Verdict | undefined): string {
  return verdict === undefined ? '·' : signs[verdict.is];
}

/** What failed, and what cannot be, and why. */
export function reasons({ editor, cells }: Row): string[] {
  return Object.entries(cells).flatMap(([name, { is, reason }]) =>
    reason === undefined ? [] : [`${signs[is]} ${editor}, ${name}: ${reason}`],
  );
}
