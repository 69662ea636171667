import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { createSidebarModel } from '../../../components/sidebar/model.ts';
import { createSearch, type SearchTarget } from '../../../components/sidebar/search.ts';
import { findText } from '../../../utils/transcript/find-text.ts';
import { compileProfiles } from '../../../utils/transcript/keywords.ts';
import { change, gap, line, take } from './call-changes.ts';

vi.mock('../../../utils/transcript/find-text.ts', { spy: true });

function text(wanted: string): SearchTarget {
  return { kind: 'text', text: wanted };
}

function keyword(query: string): SearchTarget {
  const [compiled] = compileProfiles([
    { id: 'p1', name: 'Profile', query, colour: 'red', badge: true, notify: false, sound: false },
  ]);
  if (compiled === undefined) throw new Error(`${query} cannot be used`);
  return { kind: 'keyword', compiled };
}

/** A call of these lines, and a search in it. */
function setUp(...texts: string[]) {
  const model = createSidebarModel();
  const search = createSearch(model.shown);
  take(
    model,
    change(
      'c1',
      texts.map((said, at) => line(at, 'caller', said)),
    ),
  );
  return {
    model,
    search,
    say: (index: number, said: string) => take(model, change('c1', [line(index, 'caller', said)])),
    /** As it is written: “3 of 17”. */
    written: () => `${search.place.value} of ${search.total.value}`,
    currentText(): string | undefined {
      const match = search.current.value;
      if (match === undefined) return undefined;
      const entries = model.shown.value?.chunks.value.flatMap((chunk) => [...chunk.entries.value]) ?? [];
      const entry = entries.find(({ index }) => index === match.index);
      const [range] = search.rangesOf(match);
      return entry?.kind === 'line' ? entry.text.slice(range?.from, range?.to) : undefined;
    },
  };
}

/** Every tenth line has two matches. */
function longCall(count: number): string[] {
  return Array.from({ length: count }, (_, at) =>
    at % 10 === 0 ? `line ${at}, a Card and a card` : `line ${at}`,
  );
}

describe('a search', () => {
  test('is closed at first', () => {
    const { search, written } = setUp('a card');
    expect([search.target.value, search.current.value, written()]).toEqual([undefined, undefined, '0 of 0']);
  });

  test('counts every match of the call, and says which one is current', () => {
    const { search, written } = setUp(...longCall(120));
    search.lookFor(text('card'), 0);
    expect(written()).toBe('1 of 24');
    search.go(1);
    search.go(1);
    expect(written()).toBe('3 of 24');
    expect(search.current.value).toEqual({ index: 10, nth: 0 });
  });

  test.each<[number, string]>([
    [0, '1 of 24'],
    [1, '3 of 24'],
    [10, '3 of 24'],
    [99, '21 of 24'],
    [110, '23 of 24'],
    [111, '24 of 24'],
    [1_000, '24 of 24'],
  ])('begins at the first match from entry %d on, or at the last', (fromIndex, expected) => {
    const { search, written } = setUp(...longCall(120));
    search.lookFor(text('card'), fromIndex);
    expect(written()).toBe(expected);
  });

  test('goes over either end, and meets each match once on its way', () => {
    const { search } = setUp(...longCall(60));
    search.lookFor(text('card'), 0);
    const first = search.current.value;
    search.go(-1);
    expect(search.place.value).toBe(12);
    search.go(1);
    expect(search.current.value).toEqual(first);
    const places = Array.from({ length: 12 }, () => {
      const { value } = search.place;
      search.go(1);
      return value;
    });
    expect(places).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
    expect(search.current.value).toEqual(first);
  });

  test.each<1 | -1>([1, -1])('for what is there once stays there, going %d', (step) => {
    const { search, written } = setUp('one', 'a card', 'three');
    search.lookFor(text('card'), 0);
    search.go(step);
    expect(written()).toBe('1 of 1');
  });

  test.each<1 | -1>([1, -1])('for what is not there finds nothing, going %d too', (step) => {
    const { search, written } = setUp('one', 'two');
    search.lookFor(text('card'), 0);
    search.go(step);
    expect([search.current.value, written()]).toEqual([undefined, '0 of 0']);
  });

  test.each(['', '   ', '\t', '\u200b'])('for %j is open and finds nothing', (wanted) => {
    const { search, written } = setUp('one two', 'a card');
    search.lookFor(text(wanted), 0);
    expect([search.target.value, written()]).toEqual([text(wanted), '0 of 0']);
  });

  test.each<[string, string, string]>([
    ['card', 'my CARD.', 'CARD'],
    ['  Card ', 'my card', 'card'],
    ['ard', 'my cards', 'ard'],
    ['cafe', 'the Café there', 'Café'],
    ['a.b', 'not axb but A.B', 'A.B'],
    ['i lost', 'so i  lost it', 'i  lost'],
  ])('for “%s” in “%s” finds “%s”', (wanted, said, found) => {
    const { search, currentText } = setUp(said);
    search.lookFor(text(wanted), 0);
    expect(currentText()).toBe(found);
  });

  test('that is closed has nothing, and begins again where it is told', () => {
    const { search, written } = setUp('card', 'card', 'card');
    search.lookFor(text('card'), 0);
    search.go(1);
    search.close();
    expect([search.target.value, search.current.value, written()]).toEqual([undefined, undefined, '0 of 0']);
    search.lookFor(text('card'), 2);
    expect(written()).toBe('3 of 3');
  });

  test('in no call finds nothing, and in the call that comes what is there', () => {
    const model = createSidebarModel();
    const search = createSearch(model.shown);
    search.lookFor(text('card'), 0);
    expect(search.total.value).toBe(0);
    take(model, change('c1', [line(0, 'caller', 'a card')]));
    expect(search.total.value).toBe(1);
    search.go(1);
    expect(search.place.value).toBe(1);
  });

  test('for a keyword finds the words by which lines match its query', () => {
    const { search, written, currentText } = setUp('cancel my card', 'a card', 'Cancel both cards', 'cards');
    search.lookFor(keyword('cancel AND card*'), 0);
    expect(written()).toBe('1 of 4');
    search.go(-1);
    expect([written(), currentText()]).toEqual(['4 of 4', 'cards']);
  });
});

describe('the current match stays itself', () => {
  test('while lines come, and the count goes on', () => {
    const { search, say, written, currentText } = setUp('one card', 'two card', 'three');
    search.lookFor(text('card'), 1);
    const before = search.current.value;
    say(3, 'a card more');
    say(4, 'and nothing');
    expect(search.current.value).toBe(before);
    expect([written(), currentText()]).toEqual(['2 of 3', 'card']);
  });

  test('while the line before it is revised, and its place counts on', () => {
    const { search, say, written } = setUp('one', 'two card');
    search.lookFor(text('card'), 0);
    say(0, 'card card');
    expect([search.current.value, written()]).toEqual([{ index: 1, nth: 0 }, '3 of 3']);
  });

  test('while its own line grows', () => {
    const { search, say, written, currentText } = setUp('one card');
    search.lookFor(text('card'), 0);
    say(0, 'one card and another card');
    expect([search.current.value, written(), currentText()]).toEqual([
      { index: 0, nth: 0 },
      '1 of 2',
      'card',
    ]);
  });

  test('while more of it is typed', () => {
    const { search, written } = setUp('car', 'card', 'card', 'cart');
    search.lookFor(text('ca'), 2);
    for (const typed of ['car', 'card', 'car']) search.lookFor(text(typed), 0);
    expect([search.current.value, written()]).toEqual([{ index: 2, nth: 0 }, '3 of 4']);
  });

  test('until what is typed is not there: then the next place is told by where the reader is', () => {
    const { search } = setUp('card', 'cart', 'card');
    search.lookFor(text('car'), 1);
    search.lookFor(text('card'), 1);
    expect(search.current.value).toEqual({ index: 2, nth: 0 });
  });

  test('while older lines are let go, and its place counts down', () => {
    const { model, search, written } = setUp(...longCall(120));
    search.lookFor(text('card'), 110);
    expect(written()).toBe('23 of 24');
    take(model, change('c1', [], { firstIndex: 60, entryCount: 120 }));
    expect([search.current.value, written()]).toEqual([{ index: 110, nth: 0 }, '11 of 12']);
  });

  describe.each<[string, (at: ReturnType<typeof setUp>) => void]>([
    ['is revised away', ({ say }) => say(2, 'three')],
    [
      'gives way to a gap',
      ({ model }) =>
        take(model, change('c1', [gap(2), line(3, 'caller', 'card'), line(4, 'caller', 'card')])),
    ],
  ])('until it %s, and the search goes on from there', (_name, befall) => {
    test.each<[1 | -1, string, number]>([
      [1, '2 of 3', 3],
      [-1, '1 of 3', 1],
    ])('going %d', (step, expected, index) => {
      const world = setUp('one', 'card', 'card', 'card', 'card');
      world.search.lookFor(text('card'), 2);
      befall(world);
      expect([world.search.current.value, world.written()]).toEqual([undefined, '0 of 3']);
      world.search.go(step);
      expect([world.written(), world.search.current.value?.index]).toEqual([expected, index]);
    });
  });

  test.each<[1 | -1, string]>([
    [1, '1 of 2'],
    [-1, '2 of 2'],
  ])('until it is let go with older lines, and the search goes on, going %d', (step, expected) => {
    const { model, search, written } = setUp('one', 'card', 'card', 'card');
    search.lookFor(text('card'), 1);
    take(model, change('c1', [], { firstIndex: 2, entryCount: 4 }));
    expect([search.current.value, written()]).toEqual([undefined, '0 of 2']);
    search.go(step);
    expect(written()).toBe(expected);
  });

  test('and is none of another call that is shown meanwhile', () => {
    const { model, search, written } = setUp('one', 'card');
    take(model, change('c2', [line(0, 'caller', 'x'), line(1, 'caller', 'card card')], { startedAtMs: 2 }));
    search.lookFor(text('card'), 0);
    model.pin('c2');
    expect([search.current.value, written()]).toEqual([undefined, '0 of 2']);
    search.go(1);
    expect(written()).toBe('1 of 2');
  });
});

describe('where a match stands', () => {
  test('is its own range', () => {
    const { search } = setUp('a card, a card');
    search.lookFor(text('card'), 0);
    expect(search.rangesOf({ index: 0, nth: 0 })).toEqual([{ from: 2, to: 6 }]);
    expect(search.rangesOf({ index: 0, nth: 1 })).toEqual([{ from: 10, to: 14 }]);
  });

  test.each([
    { index: 0, nth: 2 },
    { index: 7, nth: 0 },
  ])('is nowhere for %j, which is none', (match) => {
    const { search } = setUp('a card, a card');
    search.lookFor(text('card'), 0);
    expect(search.rangesOf(match)).toEqual([]);
  });
});

test('a line costs its own search, in a call of whatever length', () => {
  const { search, say, written } = setUp(...longCall(1_000));
  search.lookFor(text('card'), 0);
  expect(written()).toBe('1 of 200');
  const finds = vi.mocked(findText);
  finds.mockClear();
  say(1_000, 'a card');
  expect(written()).toBe('1 of 201');
  search.go(-1);
  expect(written()).toBe('201 of 201');
  expect(finds).toHaveBeenCalledTimes(1);
});

test('over any lines and any steps, the place is that of the current match among all', () => {
  const word = fc.constantFrom('card', 'a', 'card card');
  const step = fc.constantFrom<1 | -1>(1, -1);
  fc.assert(
    fc.property(
      fc.array(word, { minLength: 1, maxLength: 12 }),
      fc.array(fc.tuple(fc.nat(12), word, step), { maxLength: 12 }),
      (said, revisions) => {
        const { search, say } = setUp(...said);
        search.lookFor(text('card'), 0);
        let count = said.length;
        for (const [index, revised, go] of revisions) {
          say(Math.min(index, count), revised);
          count = Math.max(count, Math.min(index, count) + 1);
          search.go(go);
          const { total, place, current } = search;
          expect(place.value > 0).toBe(total.value > 0);
          expect(place.value).toBeLessThanOrEqual(total.value);
          expect(current.value === undefined ? 0 : search.rangesOf(current.value).length).toBe(
            Math.min(1, total.value),
          );
        }
      },
    ),
  );
});
