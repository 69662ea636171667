/** One part of a policy, `locked` or `defaults`: read leniently, with every place told that was not understood. */
import * as v from 'valibot';
import { words } from './lenient.ts';
import { notUnderstood } from './not-understood.ts';
import { isObject } from './plain-data.ts';
import { decodePreferences, type Preferences } from './preferences.ts';
import { decodeSettings, type Settings } from './settings.ts';

export type PolicyKey = keyof Settings | keyof Preferences;

/** What may stand under each key, in the notation of JSON. */
export const expectedOf: Record<PolicyKey, string> = {
  relays:
    '[{ "name": "", "address": "wss://…", "token": "", "plain": false, "rememberToken": false, "fieldMap": "{…}" }]',
  defaultRelay: '"managed-1"',
  sites: '[{ "origin": "https://…", "relay": "managed-1" }]',
  keepMinutes: '0 | 15 | 60 | 240 | 480',
  theme: '"system" | "light" | "dark"',
  times: '"relative" | "clock"',
  side: '"right" | "left"',
  width: '280 … 640',
  room: '"push" | "over"',
  announce: 'true | false',
  labels: '{ "inbound": { "caller": "", "callee": "" }, "outbound": { … }, "unknown": { … } }',
  profiles:
    '[{ "name": "", "query": "", "colour": "amber" | "red" | "green" | "blue" | "violet", "badge": true, "notify": false, "sound": false }]',
  country: '"DE"',
  copyFormat: '"plain" | "markdown" | "html" | "json" | "webvtt" | "own:…"',
  copyTimes: 'true | false',
  noteHeader: 'true | false',
  templates: '[{ "name": "", "header": "", "line": "{speaker}: {text}" }]',
  redaction:
    '{ "cards": true, "nationalIds": false, "emails": false, "phones": false, "onScreen": false, "patterns": [{ "name": "", "pattern": "AB-####" }] }',
};

export type ReadPart = {
  /** As given, with ids where they were left out; what was wrong as a whole is not among them. */
  values: Record<string, unknown>;
  /** Such as `theme` or `relays[1].address`; empty: the part itself. */
  problems: string[];
};

/** Some ways to give a policy know text alone (the Windows registry is one): JSON as text is read as what it says. */
export function readPart(given: unknown): ReadPart {
  const part = jsonOf(given ?? {});
  if (!isObject(part)) return { values: {}, problems: [''] };
  const all = Object.entries(part).map(([key, value]) => readValue(key, value));
  return {
    values: Object.fromEntries(all.flatMap(({ taken }) => (taken === undefined ? [] : [taken]))),
    problems: all.flatMap(({ problems }) => problems),
  };
}

type ReadValue = { taken?: [string, unknown]; problems: string[] };

function readValue(key: string, given: unknown): ReadValue {
  if (!Object.hasOwn(expectedOf, key)) return { problems: [key] };
  const value = named(key, structured.includes(key) ? jsonOf(given) : given);
  const read = { ...decodeSettings({ [key]: value }), ...decodePreferences({ [key]: value }) }[
    key as PolicyKey
  ];
  const problems = [...notUnderstood(withoutTokens(key, value), read, key), ...wrongTokens(key, value)];
  const isEmptied = Array.isArray(value) && value.length > 0 && Array.isArray(read) && read.length === 0;
  if (problems.includes(key) || isEmptied) return { problems };
  return { taken: [key, value], problems };
}

const managedRelays = v.fallback(
  v.array(v.object({ id: words(60), address: words(2_000), token: words(4_000) })),
  [],
);

/** The relays of a policy with what only a policy gives them. */
export function writtenPart(relays: unknown): v.InferOutput<typeof managedRelays> {
  return v.parse(managedRelays, relays);
}

const lists: readonly string[] = ['relays', 'profiles', 'templates'];
const structured: readonly string[] = [...lists, 'sites', 'labels', 'redaction'];

/** Whoever writes a policy need not think of ids: they are `managed-1`, `managed-2`, … by the place in the list. */
function named(key: string, value: unknown): unknown {
  if (lists.includes(key)) return withIds(value);
  if (key !== 'redaction' || !isObject(value) || value['patterns'] === undefined) return value;
  return { ...value, patterns: withIds(value['patterns']) };
}

function withIds(list: unknown): unknown {
  if (!Array.isArray(list)) return list;
  return list.map((item: unknown, index) => {
    if (!isObject(item)) return item;
    const map = item['fieldMap'];
    return {
      id: `managed-${index + 1}`,
      ...item,
      ...(typeof map === 'string' ? { fieldMap: jsonOf(map) } : {}),
    };
  });
}

/** A relay's token is no part of the settings. */
function withoutTokens(key: string, value: unknown): unknown {
  if (key !== 'relays' || !Array.isArray(value)) return value;
  return value.map((relay: unknown) => {
    if (!isObject(relay)) return relay;
    const { token: _token, ...others } = relay;
    return others;
  });
}

function wrongTokens(key: string, value: unknown): string[] {
  if (key !== 'relays' || !Array.isArray(value)) return [];
  return value.flatMap((relay: unknown, index) =>
    isObject(relay) && relay['token'] !== undefined && typeof relay['token'] !== 'string'
      ? [`relays[${index}].token`]
      : [],
  );
}

function jsonOf(given: unknown): unknown {
  if (typeof given !== 'string') return given;
  try {
    return JSON.parse(given);
  } catch {
    return given;
  }
}
