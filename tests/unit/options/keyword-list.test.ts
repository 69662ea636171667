import { signal } from '@preact/signals';
import { describe, expect, test } from 'vitest';
import { createKeywordList } from '../../../components/options/keyword-list.ts';
import { MAX_PROFILES, type Preferences } from '../../../utils/settings/preferences.ts';
import { makePreferences, makeProfile, makeProfiles } from './profiles.ts';

function setUp(ids = '') {
  const shown = signal(makePreferences({ profiles: makeProfiles(ids) }));
  const change = (part: Partial<Preferences>) => {
    shown.value = { ...shown.peek(), ...part };
  };
  let made = 0;
  const list = createKeywordList({
    editor: { shown, edit: change, type: change },
    createId() {
      made += 1;
      return `new-${made}`;
    },
  });
  return {
    list,
    change,
    ids: () => list.items.value.map(({ id }) => id).join(''),
    /** The removed ones in brackets. */
    rows: () => list.rows.value.map(({ item, isRemoved }) => (isRemoved ? `(${item.id})` : item.id)).join(''),
  };
}

describe('a keyword that was removed', () => {
  test.each([
    ['a', '(a)bc'],
    ['b', 'a(b)c'],
    ['c', 'ab(c)'],
  ])('%s is gone, keeps its place on the page, and comes back into it', (id, rows) => {
    const page = setUp('abc');
    page.list.remove(id);
    expect(page.ids()).toBe('abc'.replace(id, ''));
    expect(page.rows()).toBe(rows);
    page.list.restore(id);
    expect(page.rows()).toBe('abc');
  });

  test.each([['abcd'], ['dcba'], ['bcda'], ['cadb'], ['dbca']])(
    'all removed as %s come back in order',
    (order) => {
      const page = setUp('abcd');
      for (const id of order) page.list.remove(id);
      expect(page.rows()).toBe('(a)(b)(c)(d)');
      for (const id of 'bdac') page.list.restore(id);
      expect(page.ids()).toBe('abcd');
    },
  );

  test('stays before one that is added behind it', () => {
    const page = setUp('ab');
    page.list.remove('b');
    page.list.add();
    expect(page.rows()).toBe('a(b)new-1');
  });

  test('stays by the neighbour that is left', () => {
    const page = setUp('abcd');
    page.list.remove('b');
    page.change({ profiles: makeProfiles('ad') });
    expect(page.rows()).toBe('a(b)d');
  });

  test('is not there twice when another page brings it back', () => {
    const page = setUp('ab');
    page.list.remove('a');
    page.change({ profiles: makeProfiles('ab') });
    expect(page.rows()).toBe('ab');
  });

  test('can be given up', () => {
    const page = setUp('ab');
    page.list.remove('a');
    page.list.forget('a');
    expect(page.rows()).toBe('b');
  });

  test('that is not there removes nothing', () => {
    const page = setUp('ab');
    page.list.remove('z');
    expect(page.rows()).toBe('ab');
  });
});

describe('a full list', () => {
  const full = Array.from({ length: MAX_PROFILES }, (_, index) => makeProfile(`${index}`));

  test('keeps room for one that can still be had back', () => {
    const { list, change } = setUp();
    change({ profiles: full });
    expect(list.isFull.value).toBe(true);
    list.remove('7');
    expect(list.isFull.value).toBe(true);
    list.forget('7');
    expect(list.isFull.value).toBe(false);
  });

  test('takes none back when another page has filled it meanwhile', () => {
    const { list, change } = setUp('a');
    list.remove('a');
    change({ profiles: full });
    list.restore('a');
    expect(list.items.value).toEqual(full);
    expect(list.rows.value).toHaveLength(MAX_PROFILES + 1);
  });
});

test('a new keyword is empty, in a colour that is used least', () => {
  const { list } = setUp('a');
  list.add();
  list.add();
  expect(list.items.value.map(({ colour }) => colour)).toEqual(['amber', 'red', 'green']);
  expect(list.items.value.at(-1)).toMatchObject({ name: '', query: '', badge: true, notify: false });
});

test('a change is made to one keyword alone', () => {
  const { list } = setUp('ab');
  list.type('a', { query: 'refund' });
  list.edit('a', { sound: true });
  expect(list.items.value).toEqual([makeProfile('a', { query: 'refund', sound: true }), makeProfile('b')]);
});
