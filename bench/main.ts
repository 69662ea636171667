/** `npm run bench`: arguments, tables, goals, one line of JSON, and an exit code. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { endChildren } from './children.ts';
import { agrees, compareRatios, describeDifferences } from './compare.ts';
import { type Asked, readFlags, USAGE } from './read-flags.ts';
import { describeGoals, describeSection, joinSections, type Report, readReport } from './report.ts';
import { recordRun } from './report-history.ts';
import { runSections } from './run-sections.ts';
import { isHeld } from './section.ts';
import { sections, withoutBrowser } from './sections.ts';
import { describeSurroundings } from './surroundings.ts';

const EXIT_FAILED = 1;
const EXIT_USAGE = 2;
const HISTORY = join(import.meta.dirname, '../docs/performance.md');

function refuse(reason: string): void {
  process.stderr.write(`${reason}\n\n${USAGE}`);
  process.exitCode = EXIT_USAGE;
}

function fail(reason: string): void {
  console.error(reason);
  process.exitCode = EXIT_FAILED;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function compare([one, other]: Extract<Asked, { kind: 'compare' }>['files']): void {
  const reports = [read(one), read(other)] as const;
  const differences = compareRatios(...reports);
  if (!differences.some(({ perCent }) => perCent !== undefined))
    return refuse('--compare: the two have no ratio in common');
  console.log(describeDifferences(differences, reports));
  const far = differences.filter((difference) => !agrees(difference));
  if (far.length > 0) fail(`\n${far.length} of ${differences.length} ratios do not agree`);
}

function read(file: string) {
  return readReport(readFileSync(file, 'utf8'), file);
}

async function measure({ mode, names, json, record }: Extract<Asked, { kind: 'measure' }>): Promise<void> {
  const surroundings = describeSurroundings(names.some((name) => !withoutBrowser.has(name)));
  const chosen = new Map(Object.entries(sections).filter(([name]) => names.includes(name)));
  const parts = await runSections(chosen, mode, {
    measured: (_, section) => console.log(describeSection(section)),
    again: (name, missed) =>
      console.log(`\n${name}: measured once more, for it missed: ${missed.join('; ')}`),
    failed: (name, error) => fail(`\n${name} could not be measured: ${messageOf(error)}`),
  });
  const report: Report = { date: new Date().toISOString(), ...surroundings, mode, ...joinSections(parts) };
  console.log(describeGoals(report.goals));
  const line = JSON.stringify(report);
  console.log(`\n${line}`);
  if (json !== undefined) writeFileSync(json, `${line}\n`);
  if (record) writeFileSync(HISTORY, recordRun(readFileSync(HISTORY, 'utf8'), report));
  const missed = report.goals.filter((goal) => !isHeld(goal));
  for (const { what } of missed) fail(`Missed${mode === 'quick' ? ' twice' : ''}: ${what}`);
}

const asked = readFlags(process.argv.slice(2), Object.keys(sections));
try {
  if (asked.kind === 'wrong') refuse(asked.reason);
  else if (asked.kind === 'compare') compare(asked.files);
  else await measure(asked);
} catch (error) {
  fail(messageOf(error));
} finally {
  await endChildren();
}
