/** The relay's configuration: one JSON file and a few environment variables, checked as a whole before anything starts. */
import * as v from 'valibot';
import { writtenFieldMap } from '../utils/transcript/field-map.ts';
import type { Agent } from './agents.ts';
import { hashToken } from './authenticate.ts';
import { describeIssue, describeSyntaxError } from './config-problems.ts';

const TOKEN_HINT = '(make one with: npm run relay -- token --agent NAME)';

const wholeNumber = (min: number, max: number) => {
  const expected = `a whole number from ${min} to ${max}`;
  return v.pipe(
    v.number(expected),
    v.integer(expected),
    v.minValue(min, expected),
    v.maxValue(max, expected),
  );
};
const words = (expected: string, max: number) =>
  v.pipe(v.string(expected), v.trim(), v.minLength(1, expected), v.maxLength(max, expected));
const object = <Entries extends v.ObjectEntries>(entries: Entries) => v.strictObject(entries, 'an object');

const upstreamUrl = v.pipe(
  v.string('a wss:// address'),
  v.check(isUsableUrl, 'a wss:// address without user or password (ws:// only for a loopback host)'),
);

const MOMENT = 'a moment with its zone, such as 2026-12-31T23:59:59Z';
const moment = v.pipe(v.string(MOMENT), v.check(isMoment, MOMENT), v.transform(Date.parse));

const agentEntry = object({
  name: words('a name of 1 to 200 characters', 200),
  tokenSha256: v.pipe(
    v.string(`the token's SHA-256 as 64 hex digits ${TOKEN_HINT}`),
    v.regex(/^[0-9a-f]{64}$/i, `the token's SHA-256 as 64 hex digits ${TOKEN_HINT}`),
    v.toLowerCase(),
  ),
  calls: v.optional(v.literal('all', '"all", or the field left out (the agent then sees no calls)')),
  expires: v.optional(moment),
});
const agent = v.pipe(
  agentEntry,
  v.transform(
    ({ expires, ...entry }): Agent => (expires === undefined ? entry : { ...entry, expiresAtMs: expires }),
  ),
);

const windowBounds = object({
  /** Not fewer than two batches, so that a burst cannot overtake a healthy client. */
  events: v.optional(wholeNumber(1_000, 1_000_000), 20_000),
  ms: v.optional(wholeNumber(1_000, 24 * 60 * 60_000), 15 * 60_000),
  /** Not less than a few of the largest frames. */
  bytes: v.optional(wholeNumber(4 * 1024 * 1024, 4 * 1024 * 1024 * 1024), 64 * 1024 * 1024),
});

const fileSchema = object({
  listen: v.optional(
    object({
      host: v.optional(words('a host name or address', 255), '127.0.0.1'),
      port: v.optional(wholeNumber(0, 65_535), 9200),
    }),
    {},
  ),
  upstream: object({ url: upstreamUrl, tokenFile: v.optional(words('a path', 4_096)) }),
  agents: v.optional(v.array(agent, 'a list of agents'), []),
  origins: v.optional(
    v.array(words('an exact origin such as chrome-extension://…', 300), 'a list of exact origins'),
  ),
  window: v.optional(windowBounds, {}),
  /** How this account's events are read: told to every agent. */
  fieldMap: v.optional(writtenFieldMap),
});

type File = v.InferOutput<typeof fileSchema>;
/** Where the platform's token comes from. A file is read anew at each connect. */
export type PlatformTokenSource = { from: 'file'; path: string } | { from: 'environment'; token: string };
export type RelayConfig = Omit<File, 'upstream'> & { upstream: { url: string; token: PlatformTokenSource } };
export type ConfigResult = { ok: true; config: RelayConfig } | { ok: false; problems: string[] };
export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * `text`: the file's content, or undefined to run from the environment alone (EARSHOT_UPSTREAM_URL).
 * EARSHOT_PLATFORM_TOKEN stands in for `upstream.tokenFile`; EARSHOT_AGENT_TOKEN adds one agent who sees all calls.
 * A problem names the field, what was expected and what was found, never a value that could be secret.
 * `tokenFile` is returned as written: relative to the file, whose place is not known here.
 */
export function readConfig(text: string | undefined, env: Environment): ConfigResult {
  let json: unknown;
  try {
    json = text === undefined ? { upstream: { url: env['EARSHOT_UPSTREAM_URL'] } } : JSON.parse(text);
  } catch (error) {
    return { ok: false, problems: [describeSyntaxError(error)] };
  }
  const parsed = v.safeParse(fileSchema, json);
  if (!parsed.success) return { ok: false, problems: parsed.issues.map(describeIssue) };

  const problems: string[] = [];
  const token = platformToken(parsed.output.upstream.tokenFile, env, problems);
  const agents = allAgents(parsed.output.agents, env, problems);
  if (token === undefined || problems.length > 0) return { ok: false, problems };
  const { url } = parsed.output.upstream;
  return { ok: true, config: { ...parsed.output, agents, upstream: { url, token } } };
}

function platformToken(
  tokenFile: string | undefined,
  env: Environment,
  problems: string[],
): PlatformTokenSource | undefined {
  const token = env['EARSHOT_PLATFORM_TOKEN']?.trim() ?? '';
  if (tokenFile !== undefined && token === '') return { from: 'file', path: tokenFile };
  if (tokenFile === undefined && token !== '') return { from: 'environment', token };
  problems.push(
    'upstream.tokenFile: expected either this field or EARSHOT_PLATFORM_TOKEN in the environment, found ' +
      (tokenFile === undefined ? 'neither' : 'both'),
  );
  return undefined;
}

function allAgents(fromFile: Agent[], env: Environment, problems: string[]): Agent[] {
  const token = env['EARSHOT_AGENT_TOKEN'] ?? '';
  const agents: Agent[] =
    token === '' ? fromFile : [...fromFile, { name: 'agent', tokenSha256: hashToken(token), calls: 'all' }];
  if (agents.length === 0) {
    problems.push(`agents: expected at least one agent, or EARSHOT_AGENT_TOKEN, found none ${TOKEN_HINT}`);
  }
  const firstIndex = new Map<string, number>();
  agents.forEach((entry, index) => {
    const first = firstIndex.get(entry.tokenSha256);
    if (first === undefined) firstIndex.set(entry.tokenSha256, index);
    else
      problems.push(
        `agents[${index}].tokenSha256: expected a token of its own, found that of agents[${first}]`,
      );
  });
  return agents;
}

/** ISO 8601 in full; the zone must be said, or the relay's own would decide. */
function isMoment(text: string): boolean {
  const day = /^(\d{4}-\d\d-\d\d)T\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:Z|[+-]\d\d:\d\d)$/.exec(text)?.[1];
  return day !== undefined && isOnCalendar(day) && !Number.isNaN(Date.parse(text));
}

/** The parser itself takes 31 February for a day in March. */
function isOnCalendar(day: string): boolean {
  const atMs = Date.parse(`${day}T00:00:00Z`);
  return !Number.isNaN(atMs) && new Date(atMs).toISOString().startsWith(day);
}

function isUsableUrl(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname, username, password } = new URL(text);
  if (username !== '' || password !== '') return false;
  return protocol === 'wss:' || (protocol === 'ws:' && isLoopback(hostname));
}

function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d{1,3}){3}$/.test(hostname);
}
