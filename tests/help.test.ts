/** The pages of help: one a topic, a topic for everything that can go wrong, and links that lead somewhere. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { lexer, type Token, walkTokens } from 'marked';
import { describe, expect, test } from 'vitest';
import { readMarkdown } from '../build/read-markdown.ts';
import { findProblem } from '../components/sidebar/problem.ts';
import messages from '../public/_locales/en/messages.json';
import { relayState } from '../utils/connection/state.ts';
import { readLink } from '../utils/help/read-link.ts';
import { platformTopics, retryTopics, stopTopics } from '../utils/help/topic-of.ts';
import { type HelpTopic, helpFile, helpTopics } from '../utils/help/topics.ts';
import type { Status } from '../utils/messaging/sidebar-port.ts';
import { upstreamStates } from '../utils/protocol/frames.ts';

const unreadMessages = [
  'unreadBrokenJson',
  'unreadNoText',
  'unreadTextNotReadable',
  'unreadCallIdNotReadable',
  'unreadNestedTooDeep',
  'unreadTooManyEvents',
  'unreadNotAnEvent',
] as const;
const insertMessages = [
  'insertNotTaken',
  'insertPartly',
  'insertNoTarget',
  'insertTargetChanged',
  'insertNotReachable',
  'insertNoPage',
  'insertTooLong',
] as const;

const root = resolve(import.meta.dirname, '..');
const docs = join(root, 'docs');

function read(topic: HelpTopic): string {
  return readFileSync(join(docs, helpFile(topic)), 'utf8');
}

function tokensOf(markdown: string): Token[] {
  const all: Token[] = [];
  walkTokens(lexer(markdown), (token) => void all.push(token));
  return all;
}

function sources(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.tsx?$/.test(file))
    .map((file) => readFileSync(join(root, folder, file), 'utf8'));
}

describe('the pages', () => {
  test.each(helpTopics)('%s begins with its title, the only one of its rank', (topic) => {
    const [first, ...others] = lexer(read(topic));
    expect(first).toMatchObject({ type: 'heading', depth: 1, text: readMarkdown(read(topic)).title });
    expect(others.filter((token) => token.type === 'heading' && token['depth'] === 1)).toEqual([]);
  });

  test('are those of the topics, and no other', () => {
    const files = readdirSync(join(docs, 'help')).map((file) => `help/${file}`);
    const own = ['agent.md', 'privacy.md'];
    expect([...files, ...own].sort()).toEqual(helpTopics.map(helpFile).sort());
  });

  test('are told apart by their titles', () => {
    expect(new Set(helpTopics.map((topic) => readMarkdown(read(topic)).title)).size).toBe(helpTopics.length);
  });

  test('are listed once each', () => {
    expect(new Set(helpTopics).size).toBe(helpTopics.length);
  });

  test.each(helpTopics.filter((topic) => helpFile(topic).startsWith('help/')))(
    '%s says what to do',
    (topic) => {
      expect(read(topic)).toContain('\n## What to do\n');
    },
  );

  test.each(helpTopics)('%s is made of what the page can show', (topic) => {
    const shown = new Set(
      'heading,paragraph,list,list_item,table,code,blockquote,strong,em,codespan,link,text,escape,br,hr,space'.split(
        ',',
      ),
    );
    // A page that is read outside of the extension too has pictures there.
    if (!helpFile(topic).startsWith('help/')) shown.add('image');
    expect(tokensOf(read(topic)).filter(({ type }) => !shown.has(type))).toEqual([]);
  });

  test.each(helpTopics)('%s links only to pages that ship, or to the encrypted web', (topic) => {
    const hrefs = tokensOf(read(topic)).flatMap((token) =>
      token.type === 'link' ? [String(token['href'])] : [],
    );
    for (const href of hrefs) {
      expect(readLink(href), href).toBeDefined();
      if (!href.startsWith('https://')) {
        expect(existsSync(resolve(docs, helpFile(topic), '..', href)), href).toBe(true);
      }
    }
  });
});

test.each([
  ['token.md', { to: 'topic', topic: 'token' }],
  ['../privacy.md', { to: 'topic', topic: 'privacy' }],
  ['help/gaps.md', { to: 'topic', topic: 'gaps' }],
  ['https://example.com/a', { to: 'web', url: 'https://example.com/a' }],
  ['http://example.com/token.md', undefined],
  ['javascript:alert(1)//token.md', undefined],
  ['relay.md', undefined],
])('a link to %s', (href, link) => {
  expect(readLink(href)).toEqual(link);
});

/** The names that a picklist of a state's schema has, such as the reasons of `stopped`. */
function reasonsOf(name: 'stopped' | 'waiting'): readonly string[] {
  const option = relayState.options.find((one) => one.entries.name.literal === name);
  return option !== undefined && 'reason' in option.entries ? option.entries.reason.options : [];
}

describe('every error leads to its page', () => {
  const platform = { name: 'unknown', sinceMs: 0 } as const;
  const status = (part: Partial<Status>): Status => ({
    relay: { name: 'off', sinceMs: 0 },
    platform,
    unread: { count: 0 },
    forgottenCount: 0,
    ...part,
  });

  test('the tables are of the reasons there are', () => {
    expect(Object.keys(stopTopics).sort()).toEqual([...reasonsOf('stopped')].sort());
    expect(Object.keys(retryTopics).sort()).toEqual([...reasonsOf('waiting')].sort());
    for (const name of Object.keys(platformTopics)) expect(upstreamStates).toContain(name);
  });

  test.each(Object.entries(stopTopics))('stopped: %s → %s', (reason, topic) => {
    const relay = { name: 'stopped', sinceMs: 0, reason } as Status['relay'];
    expect(findProblem(status({ relay }), 0)?.help).toBe(topic);
  });

  test.each(Object.entries(retryTopics))('tried again: %s → %s', (reason, topic) => {
    const relay = { name: 'waiting', sinceMs: 0, retryAtMs: 1, reason } as Status['relay'];
    expect(findProblem(status({ relay }), 0)?.help).toBe(topic);
  });

  test.each(Object.entries(platformTopics))('the platform: %s → %s', (name, topic) => {
    const relay = { name: 'connected', sinceMs: 0, agent: 'Alice' } as const;
    const shown = findProblem(status({ relay, platform: { name, sinceMs: 0 } as Status['platform'] }), 0);
    expect(shown?.help).toBe(topic);
  });

  test('a token that is about to expire', () => {
    const relay = { name: 'connected', sinceMs: 0, agent: 'Alice', tokenExpiresAtMs: 60_000 } as const;
    expect(findProblem(status({ relay }), 0)?.help).toBe('token');
  });

  test.each(unreadMessages.map((key) => messages[key].message))(
    'an event that cannot be read: %s',
    (reason) => {
      expect(read('unread-events')).toContain(`| ${reason} |`);
    },
  );

  test.each(insertMessages.map((key) => messages[key].message.split(/[.:]/)[0] ?? ''))(
    'an insertion that fails: %s',
    (outcome) => {
      expect(read('insertion')).toContain(`| ${outcome} |`);
    },
  );

  test('every page is led to by something on screen', () => {
    const code = [...sources('components'), ...sources('entrypoints'), ...sources('utils/help')]
      .filter((text) => !text.includes('const helpTopics'))
      .join('\n');
    const led = (topic: HelpTopic) =>
      new RegExp(`(?:topic=|topic: |help: |help\\.html#|return )["']?${topic}["']`).test(code) ||
      [...Object.values(stopTopics), ...Object.values(retryTopics)].includes(topic);
    expect(helpTopics.filter((topic) => !led(topic))).toEqual([]);
  });
});
