/** `npm run editors`: arguments, one table a browser, and one line of JSON. */
import { parseArgs } from 'node:util';
import { type BrowserName, browserNames, isBrowserName } from '../../demo/launcher/driven-browser.ts';
import { buildPages } from './build-pages.ts';
import { caseNames, isCaseName } from './cases.ts';
import { formatTable, reasons } from './format-table.ts';
import { editorNames, isEditorName } from './registry.ts';
import { openMatrix, type Row } from './run-matrix.ts';

const USAGE = `npm run editors -- [options]

  --browser NAME,…   ${browserNames.join(', ')} (both)
  --only NAME,…      these editors only:
    ${editorNames.join('\n    ')}
  --case NAME,…      these cases only:
    ${caseNames.join('\n    ')}
`;

const EXIT_FAILED = 1;
const EXIT_USAGE = 2;

function refuse(reason: string): never {
  process.stderr.write(`${reason}\n\n${USAGE}`);
  process.exit(EXIT_USAGE);
}

function readFlags() {
  try {
    return parseArgs({
      options: {
        browser: { type: 'string', default: browserNames.join(',') },
        only: { type: 'string', default: editorNames.join(',') },
        case: { type: 'string', default: caseNames.join(',') },
      },
    }).values;
  } catch (error) {
    return refuse(error instanceof Error ? error.message : String(error));
  }
}

/** The names that were asked for. */
function pick<Name extends string>(
  flag: string,
  given: string,
  isName: (name: string) => name is Name,
): Name[] {
  return given.split(',').map((name) => (isName(name) ? name : refuse(`--${flag}: there is no ${name}`)));
}

const flags = readFlags();
const browsers = pick('browser', flags.browser, isBrowserName);
const editors = pick('only', flags.only, isEditorName);
const cases = pick('case', flags.case, isCaseName);

async function runBrowser(browser: BrowserName): Promise<Row[]> {
  const matrix = await openMatrix(browser);
  const rows: Row[] = [];
  try {
    for (const editor of editors) {
      const row = await matrix.run(editor, cases);
      rows.push(row);
      console.error(`${browser}: ${editor} (${rows.length} of ${editors.length})`);
      // At once, for who waits for them; the table comes at the end.
      for (const reason of reasons(row)) console.error(`  ${reason}`);
    }
  } finally {
    await matrix.close();
  }
  return rows;
}

await buildPages(console.error);
const startMs = performance.now();
const tables = await Promise.all(
  browsers.map(async (browser) => ({ browser, rows: await runBrowser(browser) })),
);
for (const { browser, rows } of tables) console.log(`\n${formatTable(browser, cases, rows)}`);

const verdicts = tables.flatMap(({ rows }) => rows.flatMap(({ cells }) => Object.values(cells)));
const count = (is: string) => verdicts.filter((verdict) => verdict.is === is).length;
const failures = count('failed');
console.log(
  JSON.stringify({
    cells: verdicts.length,
    inserted: count('inserted'),
    copied: count('copied'),
    impossible: count('impossible'),
    failed: failures,
    seconds: Math.round((performance.now() - startMs) / 1_000),
  }),
);
process.exitCode = failures === 0 ? 0 : EXIT_FAILED;
