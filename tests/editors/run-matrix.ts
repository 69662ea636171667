/** Runs the cells of some editors in one browser. */
import { type CaseName, cases, type EditorCase } from './cases.ts';
import { type BrowserName, type EditorLab, type EditorPage, openLab } from './open-lab.ts';
import type { EditorName } from './registry.ts';
import { runCell, type Verdict } from './run-cell.ts';
import { servePages } from './serve-pages.ts';

/** A cell that is not there: the case is not for this editor. */
export type Row = { editor: EditorName; cells: Partial<Record<CaseName, Verdict>> };

export type Matrix = {
  run(editor: EditorName, cases: readonly CaseName[]): Promise<Row>;
  close(): Promise<void>;
};

export async function openMatrix(browser: BrowserName): Promise<Matrix> {
  const server = await servePages();
  const lab = await openLab(browser);
  return {
    run: (editor, names) => runRow(lab, server.urlOf(editor), editor, names),
    async close() {
      await lab.close();
      await server.stop();
    },
  };
}

/** One page for all cases of an editor; after a failure a fresh one, so that no failure explains another. */
async function runRow(
  lab: EditorLab,
  url: string,
  editor: EditorName,
  names: readonly CaseName[],
): Promise<Row> {
  const cells: Row['cells'] = {};
  let open: EditorPage | undefined;
  for (const name of names) {
    if (!isFor(editor, name)) continue;
    open ??= await lab.open(url);
    const verdict = await tryCell(open, editor, name);
    cells[name] = verdict;
    const isDone = verdict.is === 'inserted' || verdict.is === 'copied';
    // A dialog takes the sidebar with it when it goes.
    if (isDone && cases[name].place !== 'dialog') continue;
    await open.page.close();
    open = undefined;
  }
  await open?.page.close();
  return { editor, cells };
}

function isFor(editor: EditorName, name: CaseName): boolean {
  const { only }: EditorCase = cases[name];
  return only?.includes(editor) ?? true;
}

async function tryCell(open: EditorPage, editor: EditorName, name: CaseName): Promise<Verdict> {
  try {
    return await runCell(open, editor, name);
  } catch (error) {
    return { is: 'failed', reason: error instanceof Error ? error.message : String(error) };
  }
}
