/** `npm run bench:relay`: arguments, tables, one line of JSON, and an exit code. */
import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { endChildren } from './children.ts';
import { startCrew } from './crew.ts';
import { subjectNames } from './messages.ts';
import { openFilesAllowed } from './process-figures.ts';
import { describeSize, findFaults } from './report.ts';
import { type Phases, runSize, type SizeFigures } from './run-size.ts';
import { canStartNginx } from './subjects.ts';

const USAGE = `npm run bench:relay -- [options]

  --connections 10,1000,5000   how many agents are connected, one measurement each
  --quick                      a minute in all: 10 and 300 connections, one round
`;

const EXIT_FAILED = 1;
const EXIT_USAGE = 2;
const LOADS = 2;
const FULL: Phases = { rounds: 3, warmUpMs: 1_000, saturatedMs: 3_000, pacedMs: 3_000 };
const QUICK: Phases = { rounds: 1, warmUpMs: 400, saturatedMs: 1_200, pacedMs: 1_200 };
/** Two for each connection through nginx, and for a load process one to each of the subjects. */
const FILES_PER_CONNECTION = 2;
const FILES_BESIDES = 200;

function refuse(reason: string): never {
  process.stderr.write(`${reason}\n\n${USAGE}`);
  process.exit(EXIT_USAGE);
}

function readFlags() {
  try {
    return parseArgs({ options: { connections: { type: 'string' }, quick: { type: 'boolean' } } }).values;
  } catch (error) {
    return refuse(error instanceof Error ? error.message : String(error));
  }
}

const { connections, quick = false } = readFlags();
const sizes = (connections ?? (quick ? '10,300' : '10,1000,5000')).split(',').map(Number);
if (!sizes.every((size) => Number.isSafeInteger(size) && size >= 10 && size % 10 === 0)) {
  refuse('--connections: expected multiples of 10, with commas between');
}
const files = Math.max(...sizes) * FILES_PER_CONNECTION + FILES_BESIDES;
if (openFilesAllowed() < files) {
  refuse(`Too few files may be open (${openFilesAllowed()}). Say: ulimit -n ${files}`);
}
const names = subjectNames.filter((name) => name !== 'nginx' || canStartNginx());
if (!names.includes('nginx')) console.log('nginx is not installed: measured without it');

const folder = mkdtempSync(join(tmpdir(), 'earshot-bench-'));
process.once('exit', () => rmSync(folder, { recursive: true }));
try {
  const figures: SizeFigures[] = [];
  for (const size of sizes) {
    const crew = await startCrew(LOADS);
    const surroundings = { folder, platformPort: crew.platformPort };
    const measured = await runSize(size, names, crew, surroundings, quick ? QUICK : FULL);
    await endChildren();
    figures.push(measured);
    console.log(describeSize(measured));
  }
  const faults = findFaults(figures);
  const [processor] = cpus();
  console.log(
    JSON.stringify({ node: process.version, cores: cpus().length, cpu: processor?.model, figures, faults }),
  );
  for (const fault of faults) console.error(fault);
  if (faults.length > 0) process.exitCode = EXIT_FAILED;
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = EXIT_FAILED;
} finally {
  await endChildren();
}
