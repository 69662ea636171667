/** What is done with a line beside keeping it: keywords are looked for, and it is redacted when it leaves. */
import { foldText } from '../../utils/transcript/fold-text.ts';
import { compileProfiles, findKeywords } from '../../utils/transcript/keywords.ts';
import { createRedactor } from '../../utils/transcript/redaction/redactor.ts';
import { spokenLines } from './frames.ts';
import { keywordProfiles, plainWords } from './queries.ts';
import type { Contender } from './turns.ts';

/** As they come out of speech recognition and as somebody may have typed them. */
const numbers = [
  'my card number is four one one one one one one one one one one one one one one one',
  'it is 4111 1111 1111 1111',
  'you can call me back at +1 512 555 0142',
  'my social is 078-05-1120 and the mail is pat@example.com',
];
const rules = { cards: true, nationalIds: true, emails: true, phones: true, patterns: [] };

const plainLines = repeated(spokenLines);
const numberLines = plainLines.map(({ leg, text }, index) => ({
  leg,
  text: `${text} ${numbers[index % numbers.length]}`,
}));

/** Enough of them for one run. */
function repeated<Line>(lines: readonly Line[]): Line[] {
  return Array.from({ length: 10 }, () => lines).flat();
}

export function matching(profileCount: number): Contender {
  const compiled = compileProfiles(keywordProfiles(profileCount));
  return each(({ text }) => findKeywords(compiled, foldText(text)).length);
}

/** Lower case, then `includes` for one word of each profile. */
export function plainMatching(profileCount: number): Contender {
  const words = plainWords.slice(0, profileCount);
  return each(({ text }) => {
    const lower = text.toLowerCase();
    return words.filter((word) => lower.includes(word)).length;
  });
}

export function redacting(which: 'plain' | 'numbers'): Contender {
  const lines = which === 'plain' ? plainLines : numberLines;
  return {
    units: lines.length,
    begin: async () => {
      const redactor = createRedactor(rules);
      return () => void redactor.redactLines(lines);
    },
  };
}

function each(work: (line: { text: string }) => number): Contender {
  return {
    units: plainLines.length,
    begin: async () => () => {
      let sum = 0;
      for (const line of plainLines) sum += work(line);
      if (Number.isNaN(sum)) throw new Error('the work gave no number');
    },
  };
}
