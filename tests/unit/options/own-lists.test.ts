import { signal } from '@preact/signals';
import { describe, expect, test } from 'vitest';
import { listCountries } from '../../../components/options/country-choice.ts';
import { createPatternList } from '../../../components/options/pattern-list.ts';
import { createTemplateList } from '../../../components/options/template-list.ts';
import type { Preferences } from '../../../utils/settings/preferences.ts';
import { formatOf } from '../../../utils/transcript/formats/registry.ts';
import { makePreferences } from './profiles.ts';

function setUp() {
  const shown = signal(makePreferences({ redaction: { ...makePreferences().redaction, emails: true } }));
  const change = (part: Partial<Preferences>) => {
    shown.value = { ...shown.peek(), ...part };
  };
  return { shown, deps: { editor: { shown, edit: change, type: change }, createId: () => 'new' } };
}

describe('the lists for copying', () => {
  test('a pattern is kept among the rules, which stay as they are', () => {
    const { shown, deps } = setUp();
    const list = createPatternList(deps);
    list.type(list.add(), { name: 'customer', pattern: 'AB-####' });
    expect(shown.value.redaction).toEqual({
      ...makePreferences().redaction,
      emails: true,
      patterns: [{ id: 'new', name: 'customer', pattern: 'AB-####' }],
    });
    list.remove('new');
    expect(shown.value.redaction.patterns).toEqual([]);
    list.restore('new');
    expect(shown.value.redaction.patterns).toHaveLength(1);
  });

  test('a new format writes what is said', () => {
    const { shown, deps } = setUp();
    createTemplateList(deps).add();
    const call = { id: 'c', caller: '', callee: '', customer: '', startedAtMs: 0, endedAtMs: 0 };
    const line = { kind: 'line', atMs: 12_000, leg: 'caller', speaker: 'Caller', text: 'hello' } as const;
    const written = formatOf('own:new', shown.value.templates).write(
      { call, ticket: undefined, parts: [line] },
      { times: true, header: false, locale: 'en', nowMs: 0 },
    );
    expect(written.text).toBe('[00:12] Caller: hello');
  });
});

describe('the countries', () => {
  test('are named and sorted in the reader’s language', () => {
    const german = listCountries('de').map(({ name }) => name);
    expect(german).toContain('Deutschland');
    expect(german.indexOf('Ägypten')).toBeLessThan(german.indexOf('Belgien'));
  });

  test('are all there', () => {
    expect(listCountries('en').length).toBeGreaterThan(200);
  });
});
