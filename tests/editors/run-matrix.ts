/** Runs the cells of some editors in one browser. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { BrowserName } from '../../demo/launcher/driven-browser.ts';
import { type CaseName, cases, isCaseFor } from './cases.ts';
import { type EditorLab, type EditorPage, openLab } from './open-lab.ts';
import type { EditorName } from './registry.ts';
import { runCell, type Verdict } from './run-cell.ts';
import { servePages } from './serve-pages.ts';

/** Far more than the slowest takes: a page that hangs fails one cell, and not the run. */
const CELL_MS = 60_000;
const OPEN_MS = 30_000;
const CLOSE_MS = 5_000;

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
    if (!isCaseFor(editor, name)) continue;
    open ??= await inTime(lab.open(url), OPEN_MS);
    const verdict = await tryCell(open, editor, name);
    cells[name] = verdict;
    const isDone = verdict.is === 'inserted' || verdict.is === 'copied';
    // A dialog takes the sidebar with it when it goes.
    if (isDone && cases[name].place !== 'dialog') continue;
    await close(open);
    open = undefined;
  }
  if (open !== undefined) await close(open);
  return { editor, cells };
}

async function tryCell(open: EditorPage, editor: EditorName, name: CaseName): Promise<Verdict> {
  try {
    return await inTime(runCell(open, editor, name), CELL_MS);
  } catch (error) {
    return { is: 'failed', reason: error instanceof Error ? error.message : String(error) };
  }
}

/** A page that hangs is left behind; it goes with its browser. */
async function close({ page }: EditorPage): Promise<void> {
  await inTime(page.close(), CLOSE_MS).catch(() => undefined);
}

async function inTime<Value>(value: Promise<Value>, ms: number): Promise<Value> {
  const late = new AbortController();
  try {
    return await Promise.race([
      value,
      sleep(ms, undefined, { signal: late.signal }).then(() => {
        throw new Error(`nothing came of it in ${ms / 1_000} s`);
      }),
    ]);
  } finally {
    late.abort();
  }
}
