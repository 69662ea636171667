/** The history in docs/performance.md: a row a run, the newest last. */
import type { Report } from './report.ts';

const HEADING = '## History';

/** The most telling ratios, by the title of their column. What a run did not measure stays empty. */
const columns: readonly (readonly [title: string, name: string])[] = [
  ['paint at 20/s ÷ floor', 'paint.idle.20.p50'],
  ['at 200/s ÷ floor', 'paint.idle.200.p50'],
  ['its p99', 'paint.idle.200.p99'],
  ['busy page ÷ naive', 'paint.busy.20.naive'],
  ['a line: 20,000 ÷ 100', 'cost.growth'],
  ['÷ naive', 'cost.ofNaive'],
  ['opening 20,000 ÷ 500', 'opening.icon.growth'],
  ['parse, reduce ÷ JSON.parse', 'core.reduce'],
  ['with writes', 'core.persist.200'],
  ['line 20,000 ÷ line 100', 'core.flat.persist'],
  ['50 profiles ÷ includes', 'core.keywords.50'],
  ['zip ÷ goal', 'size.zip.ofGoal'],
  ['content script ÷ goal', 'size.contentScript.ofGoal'],
];

const titles = ['date', 'commit', 'machine', ...columns.map(([title]) => title)];

/** `page` with one row more. Throws one sentence where its table is not the one that we write. */
export function recordRun(page: string, report: Report): string {
  const header = `${rowOf(titles)}\n${rowOf(titles.map(() => '---'))}\n`;
  const at = page.indexOf(header, page.indexOf(HEADING));
  if (!page.includes(HEADING) || at < 0)
    throw new Error(`docs/performance.md has no table under "${HEADING}" that begins so:\n${header}`);
  const rows = /^(?:\|.*\n)*/.exec(page.slice(at))?.[0].length ?? 0;
  return `${page.slice(0, at + rows)}${rowOf(cellsOf(report))}\n${page.slice(at + rows)}`;
}

function cellsOf({ date, commit, dirty, machine, mode, ratios, figures }: Report): string[] {
  const { node, browser, cores, cpu } = machine;
  const programs = [`Node ${node.replace(/^v/, '')}`, ...(browser === undefined ? [] : [browser])];
  return [
    date.slice(0, 10) + (mode === 'quick' ? ', quick' : ''),
    dirty ? `${commit} +` : commit,
    `${cores} × ${cpu}, ${programs.join(', ')}`,
    ...columns.map(([, name]) => (ratios[name] ?? figures[name])?.toFixed(2) ?? ''),
  ];
}

function rowOf(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}
