/** The words on screen and the built-in demo call in every language: complete, and as browsers take them. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import { foldText } from '../utils/transcript/fold-text.ts';
import { matchQuery } from '../utils/transcript/query/match-query.ts';
import { parseQuery } from '../utils/transcript/query/parse-query.ts';

const publicFolder = resolve(import.meta.dirname, '../public');
const languages = readdirSync(join(publicFolder, '_locales')).sort();
const translated = languages.filter((language) => language !== 'en');

/** Chrome takes more (`placeholders`); this project does without it. */
const Messages = v.record(
  v.pipe(v.string(), v.regex(/^[A-Za-z0-9_@]+$/)),
  v.strictObject({ message: v.string(), description: v.optional(v.pipe(v.string(), v.nonEmpty())) }),
);
type Messages = v.InferOutput<typeof Messages>;

const all = new Map(languages.map((language) => [language, readMessages(language)]));
const english = readMessages('en');

/** Messages that are the same words in another language too. */
const sameInOthers = new Set([
  'Relay',
  'live',
  'Agent',
  'Menu',
  'Name',
  'Page',
  'System',
  '$1 s',
  '$1 min',
  '$1 h',
  'Relays',
  'Sites',
  'Backup',
  '$1 → $2',
]);

/** Names the language's own demo call; not shown. */
const DEMO_CALL_KEY = 'demoCallLanguage';

/** What no language translates: where English says it, the others do too. */
const kept = [
  /Earshot|ConnexCS|WebSocket|JSON|CRM/,
  /(?:Alt|Ctrl|Shift)\+[A-Z+a-z]+|(?<=\()(?:Enter|Esc)(?=\))/,
  /wss?:\/\/(?:\w+(?:\.\w+)*)?/,
  /\{[a-zA-Z]+\}/,
];
const names = new RegExp(kept.map(({ source }) => source).join('|'), 'g');

/** The narrowest of the stores' limits, in characters: Edge's for the name, Chrome's for the description. */
const storeLimits: Record<string, number> = { extensionName: 45, extensionDescription: 132 };

/** The three states stand side by side in a header that may be 280 px wide. */
const STATE_LABEL_LENGTH = 10;

function readMessages(language: string): Messages {
  return v.parse(Messages, readJson(`_locales/${language}/messages.json`));
}

function readJson(path: string): unknown {
  return JSON.parse(readFileSync(join(publicFolder, path), 'utf8'));
}

function messagesOf(language: string): [key: string, message: string][] {
  return Object.entries(all.get(language) ?? {}).map(([key, { message }]) => [key, message]);
}

function placeholdersOf(message: string): string[] {
  return [...new Set(message.match(/\$\d/g))].sort();
}

/** The same words, whatever kind of space is between them. */
function plainSpaces(message: string): string {
  return message.replace(/\s/g, ' ');
}

function isArabic(text: string): boolean {
  return /\p{Script=Arabic}/u.test(text);
}

describe('every language', () => {
  test('is there', () => {
    expect(languages).toEqual(['ar', 'de', 'en', 'es', 'fr', 'pt_BR']);
  });

  test.each(languages)('%s has every key of English, and no other', (language) => {
    const keys = messagesOf(language).map(([key]) => key);
    expect({
      missing: Object.keys(english).filter((key) => !keys.includes(key)),
      superfluous: keys.filter((key) => english[key] === undefined),
    }).toEqual({ missing: [], superfluous: [] });
  });

  test.each(languages)('%s has keys that differ by more than case, which the browser ignores', (language) => {
    const keys = messagesOf(language).map(([key]) => key.toLowerCase());
    expect(keys.filter((key, index) => keys.indexOf(key) !== index)).toEqual([]);
  });

  test.each(languages)('%s has no empty message and none with space around it', (language) => {
    const found = messagesOf(language).filter(([, message]) => message === '' || message !== message.trim());
    expect(found).toEqual([]);
  });

  test.each(languages)('%s uses the dollar only for $1 to $9', (language) => {
    const found = messagesOf(language).filter(([, message]) => /\$(?![1-9](?!\d))/.test(message));
    expect(found).toEqual([]);
  });

  test.each(languages)('%s keeps within what the stores take', (language) => {
    for (const [key, limit] of Object.entries(storeLimits)) {
      const message = all.get(language)?.[key]?.message ?? '';
      expect([...message].length, `${key}: ${message}`).toBeLessThanOrEqual(limit);
    }
  });

  test.each(languages)('%s has state labels that fit side by side', (language) => {
    for (const key of ['stateRelay', 'statePlatform', 'stateCall']) {
      const message = all.get(language)?.[key]?.message ?? '';
      expect([...message].length, `${key}: ${message}`).toBeLessThanOrEqual(STATE_LABEL_LENGTH);
    }
  });
});

describe('every translation', () => {
  test.each(translated)('%s fills the same placeholders as English', (language) => {
    const found = messagesOf(language).filter(
      ([key, message]) =>
        placeholdersOf(message).join() !== placeholdersOf(english[key]?.message ?? '').join(),
    );
    expect(found).toEqual([]);
  });

  test.each(translated)('%s leaves nothing in English', (language) => {
    const found = messagesOf(language).filter(
      ([key, message]) =>
        plainSpaces(message) === english[key]?.message && !sameInOthers.has(english[key].message),
    );
    expect(found).toEqual([]);
  });

  test.each(translated)('%s keeps names, addresses and keys as they are', (language) => {
    const found = messagesOf(language).flatMap(([key, message]) =>
      [...(english[key]?.message.matchAll(names) ?? [])]
        .filter(([name]) => !message.includes(name))
        .map(([name]) => `${key} lacks ${name}: ${message}`),
    );
    expect(found).toEqual([]);
  });

  test.each(translated)('%s has typographic quotes and apostrophes', (language) => {
    expect(messagesOf(language).filter(([, message]) => /['"]/.test(message))).toEqual([]);
  });

  test('Arabic is in Arabic letters', () => {
    const found = messagesOf('ar').filter(
      ([key, message]) => key !== DEMO_CALL_KEY && /\p{L}/u.test(message) && !isArabic(message),
    );
    expect(found).toEqual([]);
  });

  test('Arabic isolates what ends in signs that have no direction', () => {
    expect(messagesOf('ar').filter(([, message]) => /(?<!\u2066)\bwss?:\/\//.test(message))).toEqual([]);
  });
});

describe('the help on keywords', () => {
  const helpWith = (language: string, key: string): string => all.get(language)?.[key]?.message ?? '';
  const examples = Object.keys(english).filter((key) => /^keywordsHelp[A-Z][a-z]+$/.test(key));

  test('has examples', () => {
    expect(examples.length).toBeGreaterThan(4);
  });

  test.each(languages)('%s: every example can be used as it stands', (language) => {
    const found = examples.filter((key) => !parseQuery(helpWith(language, key)).ok);
    expect(found).toEqual([]);
  });

  test.each(languages)('%s: the sentence to try is heard by the phrase and by the star', (language) => {
    const sentence = foldText(helpWith(language, 'keywordsTryExample'));
    for (const key of ['keywordsHelpPhrase', 'keywordsHelpStar']) {
      const parsed = parseQuery(helpWith(language, key));
      expect(parsed.ok && matchQuery(parsed.query, sentence), key).toBeTruthy();
    }
  });
});

test('English says what fills each placeholder, for whoever translates it', () => {
  const found = Object.entries(english).filter(
    ([, { message, description }]) =>
      placeholdersOf(message).length > 0 &&
      !placeholdersOf(message).every((placeholder) => description?.includes(placeholder)),
  );
  expect(found.map(([key]) => key)).toEqual([]);
});

const Milliseconds = v.pipe(v.number(), v.integer(), v.minValue(0));
/** A number from the range that North America's numbering plan keeps for fiction. */
const FictionalNumber = v.pipe(v.string(), v.regex(/^\+1 [2-9]\d{2} 555 01\d{2}$/));
const DemoCall = v.strictObject({
  customer: v.pipe(v.string(), v.nonEmpty()),
  caller: FictionalNumber,
  callee: FictionalNumber,
  lines: v.pipe(
    v.array(
      v.strictObject({
        leg: v.picklist([0, 1]),
        atMs: Milliseconds,
        durationMs: Milliseconds,
        text: v.pipe(v.string(), v.nonEmpty()),
      }),
    ),
    v.minLength(14),
  ),
});
type DemoCall = v.InferOutput<typeof DemoCall>;

describe('the demo call', () => {
  const readCall = (language: string): DemoCall => v.parse(DemoCall, readJson(`demo-call/${language}.json`));

  test('is there in every language, and in no other', () => {
    const files = readdirSync(join(publicFolder, 'demo-call')).sort();
    expect(files).toEqual(languages.map((language) => `${language}.json`));
  });

  test.each(languages)('%s plays its own', (language) => {
    expect(all.get(language)?.[DEMO_CALL_KEY]?.message).toBe(language);
  });

  test.each(languages)('%s: nobody speaks before the other has ended', (language) => {
    let endMs = 0;
    for (const { atMs, durationMs, text } of readCall(language).lines) {
      expect(atMs, text).toBeGreaterThanOrEqual(endMs);
      endMs = atMs + durationMs;
    }
    expect(endMs).toBeGreaterThanOrEqual(60_000);
    expect(endMs).toBeLessThanOrEqual(75_000);
  });

  test.each(languages)('%s: is spoken at the pace of people', (language) => {
    for (const { durationMs, text } of readCall(language).lines) {
      const lettersASecond = text.length / (durationMs / 1000);
      expect(lettersASecond, text).toBeGreaterThan(8);
      expect(lettersASecond, text).toBeLessThan(22);
    }
  });

  test.each(languages)('%s: is words as a transcriber gives them, without punctuation', (language) => {
    expect(readCall(language).lines.filter(({ text }) => /[.,;:!?¿¡،؟"]/.test(text))).toEqual([]);
  });

  test.each(languages)('%s: tells the same story, turn by turn', (language) => {
    const turns = (call: DemoCall) => call.lines.map(({ leg }) => leg).join('');
    expect(turns(readCall(language))).toBe(turns(readCall('en')));
  });

  test('Arabic is spoken in Arabic', () => {
    expect(readCall('ar').lines.filter(({ text }) => !isArabic(text))).toEqual([]);
  });
});
