/** `npm run bench:relay`: arguments, tables, one line of JSON, and an exit code. */
import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { endChildren } from '../children.ts';
import { startCrew } from './crew.ts';
import type { SubjectName } from './messages.ts';
import { fullPhases, quickPhases } from './nats-phases.ts';
import { canStartNats } from './nats-process.ts';
import { describeNats, findNatsFaults } from './nats-report.ts';
import { openFilesAllowed } from './process-figures.ts';
import { describeSize, findFaults } from './report.ts';
import { NATS_SIZE_SUBJECTS, type NatsFigures, runNats } from './run-nats.ts';
import { type Phases, runSize, type SizeFigures } from './run-size.ts';
import { canStartNginx } from './subjects.ts';

const USAGE = `npm run bench:relay -- [options]

  --connections 10,1000,5000   how many agents are connected, one measurement each
  --bus nats                   the relay on NATS (nats-server is needed) beside the relay that stands alone
  --quick                      a minute or two in all: 10 and 300 connections, one round
`;

const EXIT_FAILED = 1;
const EXIT_USAGE = 2;
const LOADS = 2;
const FULL: Phases = { rounds: 3, warmUpMs: 1_000, saturatedMs: 3_000, pacedMs: 3_000 };
const ALONE = ['bare', 'relay', 'rules', 'nginx'] as const satisfies readonly SubjectName[];
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
    return parseArgs({
      options: { connections: { type: 'string' }, bus: { type: 'string' }, quick: { type: 'boolean' } },
    }).values;
  } catch (error) {
    return refuse(error instanceof Error ? error.message : String(error));
  }
}

const { connections, bus = 'memory', quick = false } = readFlags();
if (bus !== 'memory' && bus !== 'nats') refuse('--bus: expected memory or nats');
const sizes = (connections ?? (quick ? '10,300' : '10,1000,5000')).split(',').map(Number);
if (!sizes.every((size) => Number.isSafeInteger(size) && size >= 10 && size % 10 === 0)) {
  refuse('--connections: expected multiples of 10, with commas between');
}
const files = Math.max(...sizes) * FILES_PER_CONNECTION + FILES_BESIDES;
if (openFilesAllowed() < files) {
  refuse(`Too few files may be open (${openFilesAllowed()}). Say: ulimit -n ${files}`);
}
if (bus === 'nats' && !canStartNats()) refuse('nats-server is not installed: apt install nats-server');
const names =
  bus === 'nats' ? NATS_SIZE_SUBJECTS : ALONE.filter((name) => name !== 'nginx' || canStartNginx());
if (bus === 'memory' && !canStartNginx()) console.log('nginx is not installed: measured without it');

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
  let nats: NatsFigures | undefined;
  if (bus === 'nats') {
    nats = await runNats(folder, LOADS, quick ? quickPhases(sizes) : fullPhases(sizes));
    console.log(describeNats(nats));
    faults.push(...findNatsFaults(nats));
  }
  const [processor] = cpus();
  const machine = { node: process.version, cores: cpus().length, cpu: processor?.model };
  console.log(JSON.stringify({ ...machine, bus, figures, nats, faults }));
  for (const fault of faults) console.error(fault);
  if (faults.length > 0) process.exitCode = EXIT_FAILED;
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = EXIT_FAILED;
} finally {
  await endChildren();
}
