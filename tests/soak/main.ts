/**
 * Soaks a real relay process in everything that can happen to it at once, on the loopback alone:
 *   npm run soak -- [--minutes 15] [--stalled 300] [--seed 1]
 * Prints a table and one line of JSON; exits with 1 if anything happened that must not.
 */
import { parseArgs } from 'node:util';
import { runSoak, type SoakOptions } from './run-soak.ts';

function readArguments(): SoakOptions {
  const { values } = parseArgs({
    options: {
      minutes: { type: 'string', default: '15' },
      stalled: { type: 'string', default: '300' },
      seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    },
  });
  const [minutes, stalled, seed] = [values.minutes, values.stalled, values.seed].map(Number);
  if (minutes === undefined || !(minutes > 0 && minutes <= 24 * 60)) {
    throw new Error(`--minutes is a number above 0, not ${values.minutes}.`);
  }
  if (stalled === undefined || !(stalled >= 0 && stalled <= 5_000)) {
    throw new Error(`--stalled is a number from 0 to 5000, not ${values.stalled}.`);
  }
  if (seed === undefined || !Number.isSafeInteger(seed)) {
    throw new Error(`--seed is a whole number, not ${values.seed}.`);
  }
  return { durationMs: minutes * 60_000, stalled, seed };
}

try {
  const options = readArguments();
  const { breaches, tally, memory } = await runSoak(options);
  const rows = Object.entries({
    ...tally,
    'memory: median, MiB': memory.medianMiB,
    'memory: most, MiB': memory.maxMiB,
    'memory: growth over the last two thirds, MiB': memory.growthMiB,
    'memory: trend, MiB a minute': memory.slopeMiBPerMinute,
  });
  const width = Math.max(...rows.map(([name]) => name.length));
  for (const [name, value] of rows) {
    process.stdout.write(`${name.padEnd(width)}  ${Number.isInteger(value) ? value : value.toFixed(2)}\n`);
  }
  for (const breach of breaches) process.stdout.write(`BREACH: ${breach}\n`);
  process.stdout.write(`${JSON.stringify({ ...options, breaches, tally, memory })}\n`);
  process.exitCode = breaches.length === 0 ? 0 : 1;
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
  process.exitCode = 1;
}
