import { describe, expect, test } from 'vitest';
import { changedPart, mergePreferences } from '../../../components/options/merge-preferences.ts';
import { MAX_PROFILES, type RedactionRules } from '../../../utils/settings/preferences.ts';
import { makePreferences, makeProfile, makeProfiles } from './profiles.ts';

describe('two pages that change the preferences', () => {
  test('each keeps what it changed, and takes the rest', () => {
    const base = makePreferences();
    const mine = { ...base, theme: 'dark' as const };
    const theirs = makePreferences({ times: 'clock' });
    expect(mergePreferences(base, mine, theirs)).toEqual(makePreferences({ theme: 'dark', times: 'clock' }));
  });

  test('what both changed is as it is here', () => {
    const merged = mergePreferences(
      makePreferences(),
      makePreferences({ side: 'left' }),
      makePreferences({ side: 'right', width: 400 }),
    );
    expect(merged).toMatchObject({ side: 'left', width: 400 });
  });

  test('labels are taken one by one', () => {
    const labelled = (inbound: { caller: string; callee: string }) =>
      makePreferences({ labels: { ...makePreferences().labels, inbound } });
    const merged = mergePreferences(
      makePreferences(),
      labelled({ caller: 'Customer', callee: '' }),
      labelled({ caller: '', callee: 'Bank' }),
    );
    expect(merged.labels.inbound).toEqual({ caller: 'Customer', callee: 'Bank' });
  });

  const mergeProfiles = (...lists: Parameters<typeof makePreferences>[0][]) => {
    const [base, mine, theirs] = lists.map((list) => makePreferences(list));
    if (base === undefined || mine === undefined || theirs === undefined) throw new Error('three are needed');
    return mergePreferences(base, mine, theirs).profiles;
  };
  const ids = (base: string, mine: string, theirs: string) =>
    mergeProfiles(
      { profiles: makeProfiles(base) },
      { profiles: makeProfiles(mine) },
      { profiles: makeProfiles(theirs) },
    )
      .map(({ id }) => id)
      .join('');

  test.each([
    ['added here', 'ab', 'abc', 'ab', 'abc'],
    ['added there', 'ab', 'ab', 'abc', 'abc'],
    ['added in both', 'a', 'ab', 'ac', 'abc'],
    ['added here at the front', 'b', 'ab', 'b', 'ab'],
    ['removed here', 'abc', 'ac', 'abc', 'ac'],
    ['removed there', 'abc', 'abc', 'ac', 'ac'],
    ['removed in both', 'abc', 'bc', 'ab', 'b'],
    ['all removed there', 'abc', 'abc', '', ''],
    ['another order there', 'abc', 'abc', 'cab', 'cab'],
  ])('profiles %s', (_name, base, mine, theirs, merged) => {
    expect(ids(base, mine, theirs)).toBe(merged);
  });

  test('a profile that two pages change keeps the field each changed', () => {
    expect(
      mergeProfiles(
        { profiles: [makeProfile('a')] },
        { profiles: [makeProfile('a', { query: 'refund' })] },
        { profiles: [makeProfile('a', { colour: 'red' })] },
      ),
    ).toEqual([makeProfile('a', { query: 'refund', colour: 'red' })]);
  });

  test('a profile that is typed in here stays, even if it was removed there', () => {
    const typed = makeProfile('b', { query: 'b OR c' });
    expect(
      mergeProfiles(
        { profiles: makeProfiles('ab') },
        { profiles: [makeProfile('a'), typed] },
        { profiles: makeProfiles('a') },
      ),
    ).toEqual([makeProfile('a'), typed]);
  });

  test('never makes more profiles than can be read back', () => {
    const many = Array.from({ length: MAX_PROFILES }, (_, index) => makeProfile(`${index}`));
    const merged = mergeProfiles(
      { profiles: many.slice(1) },
      { profiles: [...many.slice(1), makeProfile('mine')] },
      { profiles: many },
    );
    expect(merged).toHaveLength(MAX_PROFILES);
  });
});

describe('lists and rules for copies that two pages change', () => {
  const template = (id: string, line = id) => ({ id, name: id, header: '', line });
  const rules = (part: Partial<RedactionRules>) => ({
    redaction: { ...makePreferences().redaction, ...part },
  });
  const pattern = (id: string) => ({ id, name: id, pattern: id });

  test('formats of one’s own are kept from both', () => {
    const merged = mergePreferences(
      makePreferences({ templates: [template('a')] }),
      makePreferences({ templates: [template('a', 'mine'), template('b')] }),
      makePreferences({ templates: [template('a'), template('c')] }),
    );
    expect(merged.templates).toEqual([template('a', 'mine'), template('b'), template('c')]);
  });

  test('each rule of what is hidden is taken from where it was changed, and patterns from both', () => {
    const merged = mergePreferences(
      makePreferences(),
      makePreferences(rules({ cards: false, patterns: [pattern('a')] })),
      makePreferences(rules({ emails: true, patterns: [pattern('b')] })),
    );
    expect(merged.redaction).toMatchObject({ cards: false, emails: true });
    expect(merged.redaction.patterns.map(({ id }) => id).sort()).toEqual(['a', 'b']);
  });
});

describe('what has to be stored', () => {
  test('is nothing where nothing differs, be it another object', () => {
    const same = { profiles: makeProfiles('ab') };
    expect(changedPart(makePreferences(same), makePreferences({ profiles: makeProfiles('ab') }))).toEqual({});
  });

  test('is each part that differs', () => {
    const mine = makePreferences({ theme: 'dark', profiles: makeProfiles('a') });
    expect(changedPart(makePreferences(), mine)).toEqual({ theme: 'dark', profiles: makeProfiles('a') });
  });
});
