/** `npm run relay`: arguments, environment and signals; everything else is elsewhere. */
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describeNewToken } from './access/token-command.ts';
import { readArguments, USAGE } from './arguments.ts';
import { checkRelay } from './check/check-relay.ts';
import type { Hop } from './check/hop.ts';
import { describeEnd, describeForMachines, describeHop } from './check/report.ts';
import { type ConfigResult, type RelayConfig, readConfig } from './config/config.ts';
import { readConfigAt } from './config/config-file.ts';
import { createLog, LOG_LEVELS, readLogLevel } from './operations/log.ts';
import { serve } from './serve.ts';

const EXIT_FAILED = 1;
const EXIT_USAGE = 2;

/** A mistake of whoever started us: what is wrong, a line each. */
function giveUp(lines: readonly string[], exitCode: number): never {
  for (const line of lines) process.stderr.write(`${line}\n`);
  process.exit(exitCode);
}

function readConfigFile(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    return giveUp(
      [`The configuration cannot be read: ${error instanceof Error ? error.message : error}`],
      EXIT_USAGE,
    );
  }
}

function requireUsable(result: ConfigResult, name: string): RelayConfig {
  if (result.ok) return result.config;
  const advice = `${name}: not usable as it is; correct the ${result.problems.length} above, then start again`;
  return giveUp([...result.problems, advice], EXIT_USAGE);
}

/** `path` undefined: everything is from the environment. */
async function run(path: string | undefined): Promise<void> {
  const { env } = process;
  const level = readLogLevel(env['EARSHOT_LOG_LEVEL']);
  if (level === undefined)
    giveUp([`EARSHOT_LOG_LEVEL: expected one of ${LOG_LEVELS.join(', ')}`], EXIT_USAGE);
  const source = path === undefined ? undefined : { path, text: readConfigFile(path) };
  const config = source
    ? requireUsable(readConfigAt(source.path, source.text, env), source.path)
    : requireUsable(readConfig(undefined, env), 'the environment');
  const log = createLog(level);
  const service = await serve(config, { log, env, source }).catch((error: unknown) =>
    giveUp([`Cannot listen: ${error instanceof Error ? error.message : error}`], EXIT_FAILED),
  );

  let isStopping = false;
  const stop = (signal: NodeJS.Signals) => {
    if (isStopping) {
      log.warn({ signal }, 'ending at once');
      process.exit(0);
    }
    isStopping = true;
    log.info({ signal }, 'stopping');
    void service.stop().then(() => process.exit(0));
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
  process.on('SIGHUP', service.reread);
  process.stdout.write(`ready ${service.url}\n`);
}

/** Sets the exit code rather than ending, so that all of the report leaves. */
async function check(path: string | undefined, isForMachines: boolean): Promise<void> {
  const hops: Hop[] = [];
  const result =
    path === undefined
      ? readConfig(undefined, process.env)
      : readConfigAt(path, readConfigFile(path), process.env);
  const isWell = await checkRelay(path ?? 'the environment', result, (hop) => {
    hops.push(hop);
    if (!isForMachines) process.stdout.write(describeHop(hop));
  });
  process.stdout.write(isForMachines ? describeForMachines(isWell, hops) : describeEnd(isWell));
  process.exitCode = isWell ? 0 : EXIT_FAILED;
}

const command = readArguments(process.argv.slice(2), process.env);
switch (command.kind) {
  case 'help':
    process.stdout.write(USAGE);
    break;
  case 'mistake':
    giveUp(command.lines, EXIT_USAGE);
    break;
  case 'token':
    process.stdout.write(describeNewToken(command.options, randomBytes(32)));
    break;
  case 'check':
    await check(command.configPath, command.isForMachines);
    break;
  case 'run':
    await run(command.configPath);
    break;
  default:
    command satisfies never;
}
