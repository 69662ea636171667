/**
 * `npm run relay -- token new --agent Alice --calls dest_number=2001`: a fresh agent token, shown once, what the
 * configuration needs of it, and the link that sets Alice's Earshot up.
 */
import * as v from 'valibot';
import { writeSetup } from '../../utils/protocol/setup-link.ts';
import { agentEntry } from '../config/config-schema.ts';
import type { CallRule, CallsAllowed } from '../stream/rules.ts';
import { hashToken } from './authenticate.ts';

/** The command's options as they were given; `calls`: one of each `--calls`. */
export type TokenValues = {
  agent?: string | undefined;
  calls?: readonly string[] | undefined;
  expires?: string | undefined;
  stream?: string | undefined;
  address?: string | undefined;
  name?: string | undefined;
};
/** Where the agent finds the relay; `name`: what it is called there. */
type SetupFor = { address: string; name: string };
/** `entry`: as the configuration writes it, without the token's hash. */
export type TokenOptions = {
  entry: { name: string; calls: CallsAllowed; expires?: string; stream?: string };
  setup: SetupFor | undefined;
};
export type TokenOptionsResult = { ok: true; options: TokenOptions } | { ok: false; problems: string[] };

const CALLS =
  '--calls: expected "all", or a field and its values, such as dest_number=2001,2002 or customer=acme*';
const MAX_SETUP_NAME = 60;
const OPTION_OF: Readonly<Record<string, string>> = {
  name: '--agent',
  expires: '--expires',
  stream: '--stream',
};

/** A problem names the option and what was expected of it, a line each. */
export function readTokenOptions(values: TokenValues): TokenOptionsResult {
  const problems: string[] = [];
  const calls = readCalls(values.calls ?? []);
  if (calls === undefined) problems.push(CALLS);
  const { expires, stream, address, name = '' } = values;
  const entry = {
    name: values.agent?.trim() ?? '',
    calls: calls ?? [],
    ...(expires === undefined ? {} : { expires }),
    ...(stream === undefined ? {} : { stream }),
  };
  const checked = v.safeParse(agentEntry, { ...entry, tokenSha256: hashToken('') });
  for (const { path, message } of checked.issues ?? []) {
    const option = OPTION_OF[String(path?.[0]?.key)];
    problems.push(option === undefined ? CALLS : `${option}: expected ${message}`);
  }
  if (address?.trim() === '')
    problems.push('--address: expected the address of the relay, such as wss://relay.example.com');
  if (address === undefined && name !== '') problems.push('--name: expected --address beside it');
  if (name.length > MAX_SETUP_NAME) problems.push(`--name: expected at most ${MAX_SETUP_NAME} characters`);
  if (problems.length > 0) return { ok: false, problems };
  return { ok: true, options: { entry, setup: address === undefined ? undefined : { address, name } } };
}

/** Values of one field that hold no `*` make one rule. `undefined`: not understood. */
function readCalls(given: readonly string[]): CallsAllowed | undefined {
  if (given.length === 1 && given[0] === 'all') return 'all';
  const rules: CallRule[] = [];
  for (const text of given) {
    const [, field = '', list = ''] = /^([^=]+)=(.+)$/.exec(text) ?? [];
    const values = list.split(',').map((value) => value.trim());
    if (field.trim() === '' || values.includes('')) return undefined;
    const exact = values.filter((value) => !value.includes('*'));
    if (exact.length > 0) rules.push({ field: field.trim(), in: exact });
    for (const match of values) if (match.includes('*')) rules.push({ field: field.trim(), match });
  }
  return rules;
}

/** `randomBytes`: 32 bytes from a cryptographic source. Returns the text for stdout. */
export function describeNewToken({ entry, setup }: TokenOptions, randomBytes: Buffer): string {
  const token = `esh_${randomBytes.toString('base64url')}`;
  const { name, ...rest } = entry;
  return [
    `Token for ${name} (shown once; give it to them over a safe channel):`,
    `  ${token}`,
    ...describeSetup(token, setup),
    'Entry for "agents" in the relay\'s configuration:',
    `  ${JSON.stringify({ name, tokenSha256: hashToken(token), ...rest })}`,
    ...describeCalls(entry.calls),
    '',
  ].join('\n');
}

function describeSetup(token: string, setup: SetupFor | undefined): string[] {
  if (setup === undefined) {
    return ['For a setup link that holds it too, add --address wss://relay.example.com.'];
  }
  return [
    'Or the setup link, which they paste into Earshot as it is. It holds the token: it is as secret.',
    `  ${writeSetup({ relay: setup.address, name: setup.name, plain: false, token })}`,
  ];
}

function describeCalls(calls: CallsAllowed): string[] {
  if (calls === 'all' || calls.length > 0) return [];
  return [
    'This agent sees no calls yet: add --calls all, or --calls dest_number=2001, or change "calls" in the entry.',
  ];
}
