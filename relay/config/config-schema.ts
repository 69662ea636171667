/** The configuration file as it is written: its fields, bounds and defaults. What is missing or wrong is said in words. */
import * as v from 'valibot';
import { writtenFieldMap } from '../../utils/transcript/field-map.ts';
import { isNetwork } from '../access/client-address.ts';
import { ANY_FIREFOX_EXTENSION } from '../access/origins.ts';
import { COMMAND } from '../command.ts';
import { busEntry } from './bus-schema.ts';
import { isUsable, object, path, wholeNumber, words } from './schema-parts.ts';

export const TOKEN_HINT = `(make one with: ${COMMAND} token new --agent NAME)`;

const upstreamUrl = v.pipe(
  v.string('a wss:// address'),
  v.check(
    isUsable('wss:', 'ws:'),
    'a wss:// address without user or password (ws:// only for a loopback host)',
  ),
);
const HTTPS = 'an https:// address without user or password (http:// only for a loopback host)';
const webUrl = v.pipe(v.string(HTTPS), v.check(isUsable('https:', 'http:'), HTTPS));

const MOMENT = 'a moment with its zone, such as 2026-12-31T23:59:59Z';
const moment = v.pipe(v.string(MOMENT), v.check(isMoment, MOMENT), v.transform(Date.parse));

const RULES = '"all", or a list of rules such as { "field": "dest_number", "in": ["2001"] }';
const fieldName = words('the name of a field of the events', 200);
const value = words('a text of 1 to 200 characters', 200);
const VALUES = '1 to 10000 texts';
const rule = v.union(
  [
    object({
      field: fieldName,
      in: v.pipe(v.array(value), v.minLength(1, VALUES), v.maxLength(10_000, VALUES)),
    }),
    object({ field: fieldName, match: value }),
  ],
  'a rule: a "field" and either "in" (a list of texts) or "match" (a text in which * stands for anything)',
);
const calls = v.union(
  [v.literal('all'), v.pipe(v.array(rule), v.maxLength(1_000, 'at most 1000 rules'))],
  RULES,
);

const name = words('a name of 1 to 200 characters', 200);
const streamName = v.pipe(
  v.string('a short name'),
  v.regex(/^[a-z0-9][a-z0-9_-]{0,49}$/, 'a short name of lower-case letters, digits, - and _'),
);

export const agentEntry = object({
  name,
  tokenSha256: v.pipe(
    v.string(`the token's SHA-256 as 64 hex digits ${TOKEN_HINT}`),
    v.regex(/^[0-9a-f]{64}$/i, `the token's SHA-256 as 64 hex digits ${TOKEN_HINT}`),
    v.toLowerCase(),
  ),
  /** Left out: the agent sees no calls. */
  calls: v.optional(calls, []),
  expires: v.optional(moment),
  /** Left out: the only stream there is. */
  stream: v.optional(streamName),
});

/** Which calls somebody sees of whom the identity provider says `claim`: as given, or those the claim itself names. */
const grant = v.union(
  [object({ claim: fieldName, has: value, calls }), object({ claim: fieldName, field: fieldName })],
  'a grant: a "claim", and either "has" with "calls", or the "field" of the events that holds the claim\'s value',
);

const identity = object({
  /** As `iss` says it, to the letter. */
  issuer: words('the issuer, as it stands in "iss"', 500),
  audience: words('the audience, as it stands in "aud"', 500),
  /** The provider's public keys: an address or a file. */
  jwks: v.union(
    [
      webUrl,
      v.pipe(
        path,
        v.check((text) => !text.includes('://'), HTTPS),
      ),
    ],
    "the address (https://) or the file of the provider's public keys",
  ),
  /** The claim that names the agent. */
  name: v.optional(fieldName, 'sub'),
  calls: v.pipe(v.array(grant, 'a list of grants'), v.maxLength(1_000, 'at most 1000 grants')),
  stream: v.optional(streamName),
  /** Names of agents who are refused though their token is good. */
  denied: v.optional(v.array(name, 'a list of names'), []),
});

const windowBounds = object({
  /** Not fewer than two batches, so that a burst cannot overtake a healthy client. */
  events: v.optional(wholeNumber(1_000, 1_000_000), 20_000),
  ms: v.optional(wholeNumber(1_000, 24 * 60 * 60_000), 15 * 60_000),
  /** Not less than a few of the largest frames. */
  bytes: v.optional(wholeNumber(4 * 1024 * 1024, 4 * 1024 * 1024 * 1024), 64 * 1024 * 1024),
});

const upstream = object({ url: upstreamUrl, tokenFile: v.optional(path) });
/** How this account's events are read: told to every agent. */
const fieldMap = v.optional(writtenFieldMap);
const NETWORK = 'an address or a network, such as 10.0.0.0/8';
const network = v.pipe(words(NETWORK, 50), v.check(isNetwork, NETWORK));
const ORIGIN = `an exact origin such as chrome-extension://…, or ${ANY_FIREFOX_EXTENSION}`;
const origin = v.pipe(
  words(ORIGIN, 300),
  v.check((text) => !text.includes('*') || text === ANY_FIREFOX_EXTENSION, ORIGIN),
);
const host = words('a host name or address', 255);
const port = wholeNumber(0, 65_535);

export const fileSchema = object({
  listen: v.optional(
    object({
      host: v.optional(host, '127.0.0.1'),
      port: v.optional(port, 9200),
      tls: v.optional(object({ certFile: path, keyFile: path })),
      /** Addresses (or networks, such as 10.0.0.0/8) of proxies whose `X-Forwarded-For` is believed. */
      trustedProxies: v.optional(v.array(network, 'a list of addresses and networks'), []),
    }),
    {},
  ),
  /** Where `/metrics` is answered; left out: nowhere. */
  operations: v.optional(object({ host: v.optional(host, '127.0.0.1'), port: v.optional(port, 9201) })),
  /** What several relays share; left out: this one is alone. */
  bus: v.optional(busEntry),
  /** The one stream's; or see `streams`. */
  upstream: v.optional(upstream),
  window: v.optional(windowBounds),
  fieldMap,
  /** Several scripts or accounts, each agent listening to one of them. */
  streams: v.optional(
    v.pipe(
      v.array(
        object({ name: streamName, upstream, window: v.optional(windowBounds, {}), fieldMap }),
        'a list of streams',
      ),
      v.minLength(1, 'at least one stream'),
      v.maxLength(100, 'at most 100 streams'),
    ),
  ),
  agents: v.optional(v.array(agentEntry, 'a list of agents'), []),
  identity: v.optional(identity),
  origins: v.optional(v.array(origin, 'a list of exact origins')),
  limits: v.optional(
    object({
      connections: v.optional(wholeNumber(1, 100_000), 10_000),
      connectionsPerAgent: v.optional(wholeNumber(1, 100_000), 20),
      connectionsPerAddress: v.optional(wholeNumber(1, 100_000), 1_000),
    }),
    {},
  ),
});

export type File = v.InferOutput<typeof fileSchema>;
export const defaultWindow: WindowBounds = v.parse(windowBounds, {});
export type WindowBounds = v.InferOutput<typeof windowBounds>;

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
