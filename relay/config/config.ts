/** The relay's configuration: one JSON file and a few environment variables, checked as a whole before anything starts. */
import * as v from 'valibot';
import type { FieldMap } from '../../utils/transcript/field-map.ts';
import type { Agent } from '../access/agents.ts';
import { hashToken } from '../access/authenticate.ts';
import type { NatsOptions } from '../bus/nats/nats-options.ts';
import { describeIssue, describeSyntaxError } from './config-problems.ts';
import { defaultWindow, type File, fileSchema, TOKEN_HINT, type WindowBounds } from './config-schema.ts';

/** The stream of a configuration that has one `upstream`. */
const ONLY_STREAM = 'main';

/** Where the platform's token comes from. A file is read anew at each connect. */
export type PlatformTokenSource = { from: 'file'; path: string } | { from: 'environment'; token: string };
/** One connection to the platform, and what is kept of it. */
export type StreamConfig = {
  name: string;
  url: string;
  token: PlatformTokenSource;
  window: WindowBounds;
  fieldMap?: FieldMap | undefined;
};
export type IdentityConfig = Omit<NonNullable<File['identity']>, 'stream'> & { stream: string };
export type RelayConfig = Pick<File, 'listen' | 'operations' | 'origins' | 'limits'> & {
  /** At least one. */
  streams: readonly StreamConfig[];
  agents: readonly Agent[];
  identity?: IdentityConfig | undefined;
  /** What this relay shares with others; undefined: it is alone. */
  bus?: { nats: NatsOptions } | undefined;
};
export type ConfigResult = { ok: true; config: RelayConfig } | { ok: false; problems: string[] };
export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * `text`: the file's content, or undefined to run from the environment alone (EARSHOT_UPSTREAM_URL).
 * EARSHOT_PLATFORM_TOKEN stands in for a single stream's `upstream.tokenFile`; EARSHOT_AGENT_TOKEN adds one agent who
 * sees all calls of the first stream.
 * A problem names the field, what was expected and what was found, never a value that could be secret.
 * Paths are returned as written: relative to the file, whose place is not known here.
 */
export function readConfig(text: string | undefined, env: Environment): ConfigResult {
  let json: unknown;
  try {
    json = text === undefined ? { upstream: { url: env['EARSHOT_UPSTREAM_URL'] } } : JSON.parse(text);
  } catch (error) {
    return { ok: false, problems: [describeSyntaxError(error)] };
  }
  if (Array.isArray(json)) return { ok: false, problems: ['the file: expected an object, found a list'] };
  const parsed = v.safeParse(fileSchema, json);
  if (!parsed.success) return { ok: false, problems: parsed.issues.map(describeIssue) };

  const file = parsed.output;
  const problems: string[] = [];
  const streams = allStreams(file, env, problems);
  const names = streams.map(({ name }) => name);
  const agents = allAgents(file, names, env, problems);
  const identity = file.identity && {
    ...file.identity,
    stream: streamOf(file.identity.stream, names, 'identity', problems),
  };
  if (problems.length > 0) return { ok: false, problems };
  const { listen, operations, origins, limits, bus } = file;
  return { ok: true, config: { listen, operations, origins, limits, streams, agents, identity, bus } };
}

function allStreams(file: File, env: Environment, problems: string[]): StreamConfig[] {
  if (file.streams === undefined) {
    if (file.upstream === undefined) {
      problems.push('upstream: expected this field (or "streams"), found nothing');
      return [];
    }
    const token = platformToken(file.upstream.tokenFile, env, problems);
    const { window = defaultWindow, fieldMap, upstream } = file;
    return token === undefined ? [] : [{ name: ONLY_STREAM, url: upstream.url, token, window, fieldMap }];
  }
  for (const field of ['upstream', 'window', 'fieldMap'] as const) {
    if (file[field] === undefined) continue;
    problems.push(`${field}: expected no such field beside "streams", found one (each stream has its own)`);
  }
  const seen = new Set<string>();
  return file.streams.flatMap(({ name, upstream, window, fieldMap }, index) => {
    if (seen.has(name))
      problems.push(`streams[${index}].name: expected a name of its own, found that of another stream`);
    seen.add(name);
    if (upstream.tokenFile === undefined) {
      problems.push(`streams[${index}].upstream.tokenFile: expected this field, found nothing`);
      return [];
    }
    const token = { from: 'file', path: upstream.tokenFile } as const;
    return [{ name, url: upstream.url, token, window, fieldMap }];
  });
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

/** `given`, or the only stream there is; `where` names the field in which it was given. */
function streamOf(
  given: string | undefined,
  names: readonly string[],
  where: string,
  problems: string[],
): string {
  const [first = ONLY_STREAM, ...others] = names;
  const isKnown = given === undefined ? others.length === 0 : names.includes(given) || names.length === 0;
  if (!isKnown) {
    const found = given === undefined ? 'nothing' : 'another name';
    problems.push(`${where}.stream: expected the name of one of the streams, found ${found}`);
  }
  return given ?? first;
}

function allAgents(file: File, names: readonly string[], env: Environment, problems: string[]): Agent[] {
  const agents = file.agents.map(
    ({ expires, stream, ...entry }, index): Agent => ({
      ...entry,
      stream: streamOf(stream, names, `agents[${index}]`, problems),
      ...(expires === undefined ? {} : { expiresAtMs: expires }),
    }),
  );
  const token = env['EARSHOT_AGENT_TOKEN'] ?? '';
  if (token !== '') {
    const [stream = ONLY_STREAM] = names;
    agents.push({ name: 'agent', tokenSha256: hashToken(token), calls: 'all', stream });
  }
  if (agents.length === 0 && file.identity === undefined) {
    problems.push(
      `agents: expected at least one agent, "identity" or EARSHOT_AGENT_TOKEN, found none ${TOKEN_HINT}`,
    );
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
