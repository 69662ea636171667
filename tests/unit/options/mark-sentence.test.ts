import { describe, expect, test } from 'vitest';
import { markSentence } from '../../../components/options/mark-sentence.ts';
import { makeProfile } from './profiles.ts';

const hit = (id: string, ...ranges: [from: number, to: number][]) => ({
  profile: makeProfile(id),
  ranges: ranges.map(([from, to]) => ({ from, to })),
});

describe('a sentence with what was heard in it', () => {
  test.each([
    ['nothing', 'a refund', [], ['a refund:']],
    ['the whole', 'refund', [hit('r', [0, 6])], ['refund:r']],
    ['a word', 'a refund now', [hit('r', [2, 8])], ['a :', 'refund:r', ' now:']],
    ['two of one', 'scam or scam', [hit('s', [0, 4], [8, 12])], ['scam:s', ' or :', 'scam:s']],
    [
      'two that overlap',
      'cancel my account',
      [hit('c', [0, 9]), hit('m', [7, 17])],
      ['cancel :c', 'my:cm', ' account:m'],
    ],
    ['an exclusion only', 'fine', [hit('x')], ['fine:']],
    ['an empty one', '', [], []],
  ])('%s', (_name, sentence, hits, pieces) => {
    const marked = markSentence(sentence, hits);
    expect(
      marked.map((piece) => `${piece.text}:${piece.hits.map(({ profile }) => profile.id).join('')}`),
    ).toEqual(pieces);
    expect(marked.map(({ text }) => text).join('')).toBe(sentence);
  });
});
