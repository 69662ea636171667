/** What the command line asks for. */
import { parseArgs } from 'node:util';
import { readTokenOptions, type TokenOptions } from './access/token-command.ts';
import { COMMAND } from './command.ts';
import type { Environment } from './config/config.ts';

export const USAGE = `Earshot relay: one connection to the platform, many agents.

${explain([
  [`${COMMAND} --config relay.json`, 'run'],
  [
    `${COMMAND} check --config relay.json`,
    'try everything that running takes, hop by hop, and say what to do',
  ],
  ['    --json', 'for machines'],
  [`${COMMAND} token new --agent Alice`, 'make a token for an agent'],
  ['    --calls all', 'who sees every call; or the calls in which a field holds a value:'],
  ['    --calls dest_number=2001,2002', '(again for another field; * stands for anything)'],
  ['    --expires 2027-01-31T00:00:00Z', 'until when it is good'],
  ['    --stream main', 'which of several streams they listen to'],
  ['    --address wss://relay.example.com', 'and the setup link to paste into Earshot, with the address'],
  ['    --name "Front desk"', 'and what the relay is called there'],
  [`${COMMAND} --help`, 'this text'],
])}

Environment:
  EARSHOT_PLATFORM_TOKEN   the platform's token, instead of "upstream.tokenFile"
  EARSHOT_AGENT_TOKEN      adds one agent, named "agent", who sees all calls
  EARSHOT_UPSTREAM_URL     without --config: the platform's address, to run from the environment alone
  EARSHOT_LOG_LEVEL        trace, debug, info (the default), warn, error, fatal or silent

Changes of "agents", "identity", "origins" and "fieldMap" in the file are taken over while it runs, at once on SIGHUP.
SIGTERM sends all agents away within seconds and ends; a second one ends at once.
Ends with 0 if all went well, 1 if it failed, 2 if it was started wrongly.
`;

export type Command =
  | { kind: 'help' }
  /** `configPath` undefined: from the environment alone. */
  | { kind: 'run'; configPath: string | undefined }
  | { kind: 'check'; configPath: string | undefined; isForMachines: boolean }
  | { kind: 'token'; options: TokenOptions }
  /** What is wrong, a line each. */
  | { kind: 'mistake'; lines: string[] };

const OPTIONS = {
  config: { type: 'string' },
  json: { type: 'boolean' },
  agent: { type: 'string' },
  calls: { type: 'string', multiple: true },
  expires: { type: 'string' },
  stream: { type: 'string' },
  address: { type: 'string' },
  name: { type: 'string' },
  help: { type: 'boolean' },
} as const;
const OPTIONS_OF = {
  run: ['config'],
  check: ['config', 'json'],
  'token new': ['agent', 'calls', 'expires', 'stream', 'address', 'name'],
} as const satisfies Record<string, readonly (keyof typeof OPTIONS)[]>;

/** `args`: without the program and its script. */
export function readArguments(args: readonly string[], env: Environment): Command {
  const parsed = parse(args);
  if (typeof parsed === 'string') return mistake(parsed);
  const { values, positionals } = parsed;
  if (values.help === true) return { kind: 'help' };

  const command = positionals.join(' ') || 'run';
  if (!isCommand(command)) return mistake(`${command}: no such command`);
  const allowed: readonly string[] = OPTIONS_OF[command];
  const foreign = Object.keys(values).find((name) => !allowed.includes(name));
  if (foreign !== undefined) return mistake(`--${foreign} has no meaning for ${command}`);

  if (command === 'token new') {
    if (values.agent === undefined) return mistake('token new: expected --agent NAME');
    const read = readTokenOptions(values);
    return read.ok ? { kind: 'token', options: read.options } : mistake(...read.problems);
  }
  if (values.config === undefined && env['EARSHOT_UPSTREAM_URL'] === undefined) {
    return mistake('Expected --config FILE, or EARSHOT_UPSTREAM_URL in the environment.');
  }
  const configPath = values.config;
  return command === 'run'
    ? { kind: 'run', configPath }
    : { kind: 'check', configPath, isForMachines: values.json === true };
}

/** The parser's own words for what it does not know. */
function parse(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true });
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

function isCommand(text: string): text is keyof typeof OPTIONS_OF {
  return Object.hasOwn(OPTIONS_OF, text);
}

function mistake(...lines: string[]): Command {
  return { kind: 'mistake', lines: [...lines, `See: ${COMMAND} --help`] };
}

/** What is typed, and what it does, in two columns. */
function explain(lines: readonly (readonly [typed: string, does: string])[]): string {
  const width = Math.max(...lines.map(([typed]) => typed.length));
  return lines.map(([typed, does]) => `  ${typed.padEnd(width)}   ${does}`).join('\n');
}
