/** `npm run simulate`: the simulator on the command line. Stdout carries the ready line, everything else is stderr's. */
import { Console } from 'node:console';
import { shapes } from './shapes/registry.ts';
import { oneLine } from './simulator/app-run.ts';
import { readFlags, usage } from './simulator/read-flags.ts';
import { type SimulatorOptions, startSimulator } from './simulator/start-simulator.ts';

const command = readFlags(process.argv.slice(2));
switch (command.kind) {
  case 'help':
    process.stdout.write(usage);
    break;
  case 'list-shapes':
    for (const [name, { about }] of Object.entries(shapes)) {
      process.stdout.write(`${name.padEnd(12)} ${about}\n`);
    }
    break;
  case 'refused':
    refuse(command.reason);
    break;
  case 'run':
    await run(command.options);
}

async function run(options: SimulatorOptions): Promise<void> {
  // App+ scripts log with console.log.
  globalThis.console = new Console(process.stderr);
  const log = (line: string) => void process.stderr.write(`${line}\n`);
  const simulator = await startSimulator({ ...options, log }).catch(explain);
  if (simulator === undefined) return;

  if ('tokenTtlMs' in options) process.stdout.write(`token ${simulator.token}\n`);
  process.stdout.write(`ready ${simulator.url}\n`);

  const stop = () => {
    // Not left to an empty event loop: a script may have timers of its own.
    void simulator.stop().finally(() => process.exit(0));
  };
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
}

function explain(error: unknown): undefined {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === undefined) return refuse(oneLine(error));
  const reason = code === 'EADDRINUSE' ? 'it is in use' : oneLine(error);
  process.stderr.write(`The port cannot be listened on: ${reason}.\n`);
  process.exitCode = 1;
}

function refuse(reason: string): undefined {
  process.stderr.write(`${reason}\nMore: npm run simulate -- --help\n`);
  process.exitCode = 2;
}
