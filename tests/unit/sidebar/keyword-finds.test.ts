import { signal } from '@preact/signals';
import { describe, expect, test } from 'vitest';
import { createKeywordFinds } from '../../../components/sidebar/keyword-finds.ts';
import { createSidebarModel } from '../../../components/sidebar/model.ts';
import {
  decodePreferences,
  type KeywordProfile,
  type Preferences,
} from '../../../utils/settings/preferences.ts';
import { change, gap, line, take } from './call-changes.ts';

function profile(id: string, query: string): KeywordProfile {
  return { id, name: id, query, colour: 'red', badge: true, notify: false, sound: false };
}

function prefer(...profiles: KeywordProfile[]): Preferences {
  return { ...decodePreferences(undefined), profiles };
}

function setUp(...profiles: KeywordProfile[]) {
  const model = createSidebarModel();
  const preferences = signal(prefer(...profiles));
  const keywords = createKeywordFinds(preferences, model.shown);
  return {
    model,
    preferences,
    say(callId: string, ...texts: string[]): void {
      const startedAtMs = Number(callId.slice(1));
      take(
        model,
        change(
          callId,
          texts.map((text, at) => line(at, 'caller', text)),
          { startedAtMs },
        ),
      );
    },
    counts: () => keywords.counts.value.map(({ compiled, count }) => [compiled.profile.id, count]),
    finds: () => (model.shown.value?.chunks.value ?? []).flatMap((chunk) => keywords.findsOf(chunk).value),
  };
}

describe('the keywords of the shown call', () => {
  test('are counted in lines, in the order of the profiles, and without those that were not met', () => {
    const { say, counts } = setUp(
      profile('cancel', 'cancel'),
      profile('never', 'llama'),
      profile('money', 'refund OR invoice'),
    );
    say('c1', 'a refund please', 'refund refund refund', 'cancel the invoice', 'thank you');
    expect(counts()).toEqual([
      ['cancel', 1],
      ['money', 3],
    ]);
  });

  test('say where they stand, in the text as it was said', () => {
    const { say, finds } = setUp(profile('cancel', 'cancel'), profile('money', 'refund'));
    say('c1', 'hello', 'Cancel, and a  REFUND');
    expect(finds()).toMatchObject([
      {
        index: 1,
        found: [
          { profile: { id: 'cancel' }, ranges: [{ from: 0, to: 6 }] },
          { profile: { id: 'money' }, ranges: [{ from: 15, to: 21 }] },
        ],
      },
    ]);
  });

  test('are none where there is no call, no profile or no line', () => {
    const { model, preferences, say, counts, finds } = setUp();
    expect([counts(), finds()]).toEqual([[], []]);
    say('c1', 'a refund');
    expect([counts(), finds()]).toEqual([[], []]);
    preferences.value = prefer(profile('money', 'refund'));
    expect(counts()).toEqual([['money', 1]]);
    model.take({ type: 'changes', calls: [], forgotten: ['c1'] });
    expect([counts(), finds()]).toEqual([[], []]);
  });

  test('count on with each line, and down with one that is revised', () => {
    const { model, say, counts } = setUp(profile('money', 'refund'));
    say('c1', 'a refund');
    take(model, change('c1', [line(1, 'callee', 'which refund')]));
    expect(counts()).toEqual([['money', 2]]);
    take(model, change('c1', [line(1, 'callee', 'which fund')]));
    expect(counts()).toEqual([['money', 1]]);
    take(model, change('c1', [gap(0)]));
    expect(counts()).toEqual([]);
  });

  test('are those of the call that is shown', () => {
    const { model, say, counts } = setUp(profile('money', 'refund'));
    say('c1', 'a refund', 'a refund');
    say('c2', 'the refund');
    expect(counts()).toEqual([['money', 2]]);
    model.pin('c2');
    expect(counts()).toEqual([['money', 1]]);
  });

  test('of a query that cannot be used are none, and the others count', () => {
    const { say, counts } = setUp(profile('broken', '"refund'), profile('money', 'refund'));
    say('c1', 'a refund');
    expect(counts()).toEqual([['money', 1]]);
  });

  test('stay as they are when something else is preferred', () => {
    const { preferences, say, counts, finds } = setUp(profile('money', 'refund'));
    say('c1', 'a refund');
    const before = [counts(), finds()[0]];
    preferences.value = { ...preferences.value, theme: 'dark' };
    expect(counts()).toEqual(before[0]);
    expect(finds()[0]).toBe(before[1]);
  });
});
