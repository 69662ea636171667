/** `npm run relay`: arguments, environment and signals; everything else is elsewhere. */
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { destination, pino } from 'pino';
import { type ConfigResult, type RelayConfig, readConfig } from './config.ts';
import { readConfigAt } from './config-file.ts';
import { applyReload } from './config-reload.ts';
import { watchFile } from './file-watch.ts';
import { startRelay } from './run-relay.ts';
import { describeNewToken } from './token-command.ts';

const USAGE = `Earshot relay: one connection to the platform, many agents.

  npm run relay -- --config relay.json      run
  npm run relay -- token --agent Alice      make a token for an agent
      --address wss://relay.example.com     and the setup link to paste into Earshot, with the address
      --name "Front desk"                   and what the relay is called there
  npm run relay -- --help                   this text

Environment:
  EARSHOT_PLATFORM_TOKEN   the platform's token, instead of "upstream.tokenFile"
  EARSHOT_AGENT_TOKEN      adds one agent, named "agent", who sees all calls
  EARSHOT_UPSTREAM_URL     without --config: the platform's address, to run from the environment alone

Changes of "agents" and "origins" in the file are taken over while it runs, at once on SIGHUP.
`;

const EXIT_FAILED = 1;
const EXIT_USAGE = 2;

/** A mistake of whoever started us: what is wrong, a line each. */
function giveUp(lines: readonly string[], exitCode: number): never {
  for (const line of lines) process.stderr.write(`${line}\n`);
  process.exit(exitCode);
}

function readArguments() {
  try {
    const options = {
      config: { type: 'string' },
      agent: { type: 'string' },
      address: { type: 'string' },
      name: { type: 'string' },
      help: { type: 'boolean' },
    } as const;
    return parseArgs({ options, allowPositionals: true });
  } catch (error) {
    return giveUp(
      [`${error instanceof Error ? error.message : error}`, 'See: npm run relay -- --help'],
      EXIT_USAGE,
    );
  }
}

/** Where the configuration was read, and what stood there. */
type Source = { path: string; text: string };

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

/** `source`: the file, to be watched; undefined: everything is from the environment. */
async function run(source: Source | undefined): Promise<void> {
  const config =
    source === undefined
      ? requireUsable(readConfig(undefined, process.env), 'the environment')
      : requireUsable(readConfigAt(source.path, source.text, process.env), source.path);
  const log = pino(destination(2));
  const relay = await startRelay(config, { log }).catch((error: unknown) =>
    giveUp([`Cannot listen: ${error instanceof Error ? error.message : error}`], EXIT_FAILED),
  );
  const watch =
    source &&
    watchFile(source.path, source.text, {
      onText: (text) =>
        applyReload(readConfigAt(source.path, text, process.env), { started: config, relay, log }),
      onUnreadable: (reason) =>
        log.error({ reason }, 'configuration cannot be read: everything stays as it was'),
    });
  if (watch !== undefined) process.on('SIGHUP', watch.readNow);
  process.stdout.write(`ready ${relay.url}\n`);
  const stop = (signal: NodeJS.Signals) => {
    log.info({ signal }, 'stopping');
    watch?.stop();
    void relay.stop().then(() => process.exit(0));
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
}

const { values, positionals } = readArguments();
const [command, ...rest] = positionals;
if (values.help === true) {
  process.stdout.write(USAGE);
} else if (command === 'token' && rest.length === 0) {
  if (values.agent === undefined) giveUp(['token: expected --agent NAME'], EXIT_USAGE);
  const setup = values.address && { address: values.address, name: values.name ?? '' };
  process.stdout.write(describeNewToken(values.agent, randomBytes(32), setup || undefined));
} else if (command !== undefined) {
  giveUp([`${command}: no such command`, USAGE], EXIT_USAGE);
} else if (values.config === undefined && process.env['EARSHOT_UPSTREAM_URL'] === undefined) {
  giveUp(['Expected --config FILE, or EARSHOT_UPSTREAM_URL in the environment.', USAGE], EXIT_USAGE);
} else {
  const path = values.config;
  await run(path === undefined ? undefined : { path, text: readConfigFile(path) });
}
