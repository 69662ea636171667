import { describe, expect, test } from 'vitest';
import type { KeywordProfile } from '../../../utils/settings/preferences.ts';
import { foldText } from '../../../utils/transcript/fold-text.ts';
import { compileProfiles, findKeywords } from '../../../utils/transcript/keywords.ts';

function profile(id: string, query: string): KeywordProfile {
  return { id, name: id, query, colour: 'amber', badge: true, notify: false, sound: false };
}

const profiles = [
  profile('churn', 'cancel* OR "close my account"'),
  profile('wrong', 'refund AND'),
  profile('money', 'refund NOT approved'),
  profile('blank', ''),
];

describe('keyword profiles', () => {
  test('whose query cannot be used are left out, the others keep their order', () => {
    expect(compileProfiles(profiles).map(({ profile }) => profile.id)).toEqual(['churn', 'money']);
  });

  test.each<[string, Record<string, [number, number][]>]>([
    ['good morning', {}],
    [
      'I am cancelling, close my account',
      {
        churn: [
          [5, 15],
          [17, 33],
        ],
      },
    ],
    ['cancel it, I want a refund', { churn: [[0, 6]], money: [[20, 26]] }],
    ['the refund is approved', {}],
  ])('are found in "%s"', (line, expected) => {
    const hits = findKeywords(compileProfiles(profiles), foldText(line));
    const found = hits.map(({ profile, ranges }) => [profile.id, ranges.map(({ from, to }) => [from, to])]);
    expect(Object.fromEntries(found)).toEqual(expected);
  });
});
