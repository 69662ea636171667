/** `npm run chaos`: arguments, the clock that ends it in any case, and one line of JSON. */
import { parseArgs } from 'node:util';
import { faultNames, isFaultName } from './faults/registry.ts';
import { runChaos } from './run-chaos.ts';

const USAGE = `npm run chaos -- [options]

  --minutes N          how long faults go on (2); every fault strikes at least once
  --seed S             the order of faults and all that is random (a new one each time; it is printed)
  --only FAULT,FAULT   these only:
    ${faultNames.join('\n    ')}
`;

const EXIT_FAILED = 1;
const EXIT_USAGE = 2;
/** Beyond the minutes asked for: the first round of all faults, and coming to rest. */
const GRACE_MS = 10 * 60_000;

function refuse(reason: string): never {
  process.stderr.write(`${reason}\n\n${USAGE}`);
  process.exit(EXIT_USAGE);
}

function readFlags() {
  try {
    return parseArgs({
      options: {
        minutes: { type: 'string', default: '2' },
        seed: { type: 'string', default: String(Math.floor(Math.random() * 1_000_000)) },
        only: { type: 'string', default: faultNames.join(',') },
      },
    }).values;
  } catch (error) {
    return refuse(error instanceof Error ? error.message : String(error));
  }
}

const flags = readFlags();
const minutes = Number(flags.minutes);
const seed = Number(flags.seed);
const asked = flags.only.split(',');
const only = asked.filter(isFaultName);
if (!(minutes >= 0)) refuse('--minutes: expected a number');
if (!Number.isSafeInteger(seed)) refuse('--seed: expected a whole number');
if (only.length < asked.length)
  refuse(`--only: no such fault: ${asked.filter((name) => !isFaultName(name))}`);

setTimeout(
  () => {
    console.error(`chaos did not end in ${minutes} minutes and ${GRACE_MS / 60_000} more: given up`);
    process.exit(EXIT_FAILED);
  },
  minutes * 60_000 + GRACE_MS,
).unref();

console.log(`seed ${seed}, ${minutes} minutes, ${only.length} faults`);
try {
  const { examples, ...report } = await runChaos({
    minutes,
    seed,
    only,
    pauseMs: [1_000, 4_000],
    say: console.log,
  });
  for (const example of examples) console.log(example);
  console.log(JSON.stringify(report));
  process.exit(report.lost + report.duplicated + report.outOfOrder === 0 ? 0 : EXIT_FAILED);
} catch (error) {
  console.error(error);
  process.exit(EXIT_FAILED);
}
