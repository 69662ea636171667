/**
 * docs/troubleshooting.md has every sentence that tells of a fault, word for word. Which those are is asked of the code:
 * of its tables of reasons where there are any, else of what it paints as wrong, and of how the words are named.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { addressWords, plainWords } from '../../../components/options/hop-plain-words.ts';
import { queryWords } from '../../../components/options/query-words.ts';
import { refusalWords } from '../../../components/options/sites-words.ts';
import { findProblem } from '../../../components/sidebar/problem.ts';
import messages from '../../../public/_locales/en/messages.json';
import { type RefusalCode, refuse } from '../../../relay/access/refusals.ts';
import { describeUpstreamEnd, type UpstreamEnd } from '../../../relay/upstream/upstream-end.ts';
import type { RelayState } from '../../../utils/connection/state.ts';
import { platformTopics, retryTopics, stopTopics } from '../../../utils/help/topic-of.ts';
import type { Status } from '../../../utils/messaging/sidebar-port.ts';
import { sessionRefusal } from '../../../utils/protocol/session.ts';
import { readDocument, root, tokensOf } from './documents.ts';

const PAGE = 'docs/troubleshooting.md';
const page = readDocument(PAGE);
const sentences: Record<string, { message: string }> = messages;
const keys = Object.keys(sentences);

function sources(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.tsx?$/.test(file))
    .map((file) => readFileSync(join(root, folder, file), 'utf8'));
}
const painted = [...sources('components'), ...sources('entrypoints')].join('\n');

/** As the page writes a sentence: what fills it is an ellipsis. */
function written(sentence: string): string {
  return sentence.replace(/\$\d|\$\{[^}]+\}/g, '…').replaceAll('|', '\\|');
}

/** The keys that stand in a table of the code that is not given out. */
function keysIn(file: string, table: string): string[] {
  const text = readFileSync(join(root, file), 'utf8');
  const [, whole = ''] = text.split(`const ${table}`);
  const body = whole.slice(whole.indexOf(' = {')).split(/\n\}/, 1)[0] ?? '';
  const found = [...body.matchAll(/'(\w+)'/g)].flatMap(([, name = '']) => (name in sentences ? [name] : []));
  if (found.length === 0) throw new Error(`${file} has no ${table}`);
  return found;
}

function problemOf(part: Partial<Status>): string[] {
  const status: Status = {
    relay: { name: 'connected', sinceMs: 0, agent: 'Alice' },
    platform: { name: 'up', sinceMs: 0 },
    unread: { count: 0 },
    forgottenCount: 0,
    ...part,
  };
  return [findProblem(status, 0)?.message ?? 'none'];
}
const relay = (state: unknown) => problemOf({ relay: state as RelayState });

const fromTables: Record<string, readonly string[]> = {
  'the banners': [
    ...Object.keys(stopTopics).flatMap((reason) => relay({ name: 'stopped', sinceMs: 0, reason })),
    ...relay({ name: 'stopped', sinceMs: 0, reason: 'token-expired', expiredAtMs: 0 }),
    ...Object.keys(retryTopics).flatMap((reason) =>
      relay({ name: 'waiting', sinceMs: 0, retryAtMs: 0, reason }),
    ),
    ...relay({ name: 'connected', sinceMs: 0, agent: 'Alice', tokenExpiresAtMs: 1 }),
    ...Object.keys(platformTopics).flatMap((name) =>
      problemOf({ platform: { name, sinceMs: 0 } as Status['platform'] }),
    ),
  ],
  addresses: Object.values(addressWords),
  'findings without a figure': Object.values(plainWords).flatMap(({ said, help }) => (help ? [said] : [])),
  'findings with one': keys.filter((key) => /^hop[A-Z]/.test(key) && `${key}Do` in sentences),
  'what passes by itself': keysIn('components/options/hop-words.ts', 'laterWords'),
  queries: Object.values(queryWords),
  sites: Object.values(refusalWords),
  'events that are not read': keysIn('components/unread-words.ts', 'reasonWords'),
  insertions: keysIn('components/sidebar/insertion.ts', 'reasons'),
  'the browser’s models': keysIn('components/sidebar/machine-words.ts', 'failureWords'),
  files: keysIn('components/options/backup-status.tsx', 'faultWords'),
  'setup links': keys.filter((key) => /^setup[A-Z]/.test(key)),
  gaps: keys.filter((key) => /^gap[A-Z]/.test(key)),
  'whatever is called a problem': keys.filter((key) => key.startsWith('problem')),
  'what is painted as wrong': [
    ...painted.matchAll(/class="wrong"[^>]*>\s*\{words\('(\w+)'/g),
    ...painted.matchAll(/words\('(\w+)'[^)]*\), tone: 'failed'/g),
  ].map(([, key = '']) => key),
  'the states of the relay and the platform': [
    ...readFileSync(join(root, 'components/sidebar/header.tsx'), 'utf8').matchAll(
      /words\('((?:relay|platform)\w+)'/g,
    ),
  ].map(([, key = '']) => key),
  'words that are named for a fault': keys.filter((key) =>
    /(?:Failed|NotKept|NotSaved|NotStored|NotAllowed|NotTaken|Missing|Full|TooLong|TooLarge|Lost|Gone|Blocked|Declined|Unavailable|NoRoom|NoMap|NoJson)$/.test(
      key,
    ),
  ),
};

describe('what Earshot says', () => {
  test.each(Object.entries(fromTables))('%s', (_, found) => {
    expect(found.length).toBeGreaterThan(0);
    const missing = [...new Set(found)]
      .map((key) => written(sentences[key]?.message ?? `no such key: ${key}`))
      .filter((sentence) => !page.includes(sentence));
    expect(missing).toEqual([]);
  });
});

const relaySources = sources('relay').join('\n');

describe('what the relay says', () => {
  test('to those it does not let in', () => {
    const codes: RefusalCode[] = [...sessionRefusal.entries.code.options, 'version', 'not-found'];
    expect(codes.map((code) => refuse(code).message).filter((message) => !page.includes(message))).toEqual(
      [],
    );
  });

  test('to those it sends away', () => {
    const said = [
      ...relaySources.matchAll(/\bbye\(CLOSE\.\w+, ['`]([^'`]+)['`]/g),
      ...relaySources.matchAll(/\b(?:sendAway|dismiss)\('([^']+)'\)/g),
    ].map(([, message = '']) => written(message));
    expect(said.length).toBeGreaterThan(8);
    expect(said.filter((message) => !page.includes(`| ${message} |`))).toEqual([]);
  });

  const ends: UpstreamEnd[] = [
    ...[401, 403, 404, 500].map((status) => ({ kind: 'answered', status }) as const),
    { kind: 'answered', status: 401, expiredAtMs: 0 },
    ...[undefined, 'ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'ECONNRESET', 'ETIMEDOUT', 'CERT'].map(
      (code) => ({ kind: 'failed', code }) as const,
    ),
    { kind: 'timeout' },
    { kind: 'closed', code: 1006 },
    { kind: 'closed', code: 1011 },
    { kind: 'silent' },
  ];
  test.each(ends)('of the platform: %o', (end) => {
    const { detail } = describeUpstreamEnd(end);
    const filled = [detail, detail.replace('500', '…'), detail.replace(/\((?:CERT|1011)\)/, '(…)')];
    const whole = detail.replace(/answered \d+: (.*) at .*/, 'answered …: $1 at …');
    expect(
      [...filled, whole].some((sentence) => page.includes(`| ${sentence} |`)),
      detail,
    ).toBe(true);
  });

  test('in its log as a warning or an error, here or on the page for who runs it', () => {
    const logged = [...relaySources.matchAll(/\blog\.(?:warn|error)\(([\s\S]*?)\);/g)].flatMap(
      ([, given = '']) => [...given.matchAll(/'([^'\n]*\s[^'\n]*|gap)'/g)].map(([, message = '']) => message),
    );
    expect(logged.length).toBeGreaterThan(20);
    const both = page + readDocument('docs/relay.md');
    expect(logged.filter((message) => !both.includes(`\`${message}\``))).toEqual([]);
  });
});

test('no sentence of the extension stands here that it no longer says', () => {
  const known = new Set(Object.values(sentences).map(({ message }) => written(message)));
  const relaysOwn = page.slice(page.indexOf('## What the relay says'));
  const rows = tokensOf(PAGE).flatMap((token) => {
    if (token.type === 'list') return (token['items'] as { text: string }[]).map(({ text }) => text);
    if (token.type !== 'table') return [];
    return (token['rows'] as { text: string }[][]).map(([cell]) => cell?.text ?? '');
  });
  const ofTheExtension = rows.filter((text) => !relaysOwn.includes(text));
  expect(ofTheExtension.length).toBeGreaterThan(100);
  expect(ofTheExtension.filter((text) => !known.has(text))).toEqual([]);
});
