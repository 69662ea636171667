/**
 * Blots out what is personal in the lines of a call before they leave it. It would rather leave a price or an order's
 * number alone than blot out all digits; a card's number must pass its own check.
 *
 * A number that is not whole yet, at the very end of what one side said, is hidden already when it begins like a
 * card's: at eight digits where a card was spoken of or they come in fours, at twelve where they come in ones or pairs.
 */
import type { Leg } from '../event.ts';
import { foldText } from '../fold-text.ts';
import { findCardCodes } from './card-codes.ts';
import { findCards } from './cards.ts';
import { findEmails } from './emails.ts';
import { blotOut, createLineReader, type Found, type HeardLine } from './heard-line.ts';
import { findNationalIds } from './national-ids.ts';
import { createPatternFinder } from './own-patterns.ts';
import { findPhones } from './phones.ts';
import { placeholderFor, placeholderSource } from './placeholder.ts';

export type RedactionRules = {
  /** With their security codes. */
  cards: boolean;
  nationalIds: boolean;
  emails: boolean;
  phones: boolean;
  /** `#` stands for a digit, `@` for a letter, anything else for itself. */
  patterns: readonly { name: string; pattern: string }[];
};

/** All that is not found stays as it is, unit for unit; what is redacted once stays the same when redacted again. */
export type Redactor = {
  /** Each line of the text by itself and with those around it. */
  redact(text: string): string;
  /** A number told over several lines of one leg is found, and blotted out in each. In the lines' order. */
  redactLines(lines: readonly { leg: Leg; text: string }[]): string[];
};

type Rule = { find: (lines: readonly HeardLine[]) => Found[]; placeholder: string };

/** Each pass leaves less to read; more than two are seen in no real text. */
const MAX_PASSES = 10;

export function createRedactor(rules: RedactionRules): Redactor {
  const inForce = rulesInForce(rules);
  const own = rules.patterns.map(({ name }) => foldText(placeholderFor(name)).text);
  const read = createLineReader(placeholderSource(own));

  const redactLines: Redactor['redactLines'] = (lines) => {
    if (inForce.length === 0) return lines.map(({ text }) => text);
    const heard = lines.map(({ leg, text }) => read(leg, text));
    for (let pass = 0, changed = true; changed && pass < MAX_PASSES; pass += 1) {
      changed = false;
      for (const { find, placeholder } of inForce) {
        for (const [line, found] of byLine(find(heard))) {
          const before = heard[line];
          if (before === undefined) continue;
          heard[line] = read(before.leg, blotOut(before, found, placeholder));
          changed = true;
        }
      }
    }
    return heard.map(({ text }) => text);
  };

  return {
    redact: (text) =>
      redactLines(text.split('\n').map((line) => ({ leg: 'unknown', text: line }))).join('\n'),
    redactLines,
  };
}

/** In the order in which they are asked: what is surer goes first. */
function rulesInForce({ cards, nationalIds, emails, phones, patterns }: RedactionRules): Rule[] {
  return [
    ...(emails ? [{ find: findEmails, placeholder: '[email]' }] : []),
    ...patterns.map(({ name, pattern }) => ({
      find: createPatternFinder(pattern),
      placeholder: placeholderFor(name),
    })),
    ...(cards ? [{ find: findCards, placeholder: '[card]' }] : []),
    ...(cards ? [{ find: findCardCodes, placeholder: '[code]' }] : []),
    ...(nationalIds ? [{ find: findNationalIds, placeholder: '[id]' }] : []),
    ...(phones ? [{ find: findPhones, placeholder: '[phone]' }] : []),
  ];
}

function byLine(found: readonly Found[]): Map<number, Found[]> {
  const lines = new Map<number, Found[]>();
  for (const one of found) {
    const others = lines.get(one.line);
    if (others === undefined) lines.set(one.line, [one]);
    else others.push(one);
  }
  return lines;
}
