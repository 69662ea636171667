import { effect, signal } from '@preact/signals';
import { describe, expect, test } from 'vitest';
import { createLineFinds, type Finder } from '../../../components/sidebar/line-finds.ts';
import { createSidebarModel } from '../../../components/sidebar/model.ts';
import { change, gap, line, lines, take } from './call-changes.ts';

/** A call of 120 lines in three chunks, and a finder that writes down which texts it is given. */
function setUp() {
  const model = createSidebarModel();
  const asked: string[] = [];
  const finderOf =
    (wanted: string): Finder<string> =>
    ({ text }) => {
      asked.push(text);
      return text.split(' ').filter((word) => word === wanted);
    };
  take(model, change('c1', lines(0, 120)));
  const finder = signal<Finder<string> | undefined>(finderOf('line'));
  const findsOf = createLineFinds(finder);
  return {
    model,
    asked,
    finder,
    finderOf,
    findsOf,
    chunks: () => model.calls.value[0]?.chunks.value ?? [],
    all: () => (model.calls.value[0]?.chunks.value ?? []).flatMap((chunk) => findsOf(chunk).value),
  };
}

describe('what is found', () => {
  test('stands by line, and only in lines that have any', () => {
    const { finder, finderOf, all } = setUp();
    finder.value = finderOf('70');
    expect(all()).toEqual([{ index: 70, found: ['70'] }]);
  });

  test('is nothing while nothing is looked for', () => {
    const { finder, asked, all } = setUp();
    finder.value = undefined;
    expect([all(), asked]).toEqual([[], []]);
  });

  test('is never in a gap', () => {
    const { model, all } = setUp();
    take(model, change('c1', [gap(110)]));
    expect(all().map(({ index }) => index)).toEqual([...Array(110).keys()]);
  });

  test('goes with the lines that are no longer kept', () => {
    const { model, asked, all } = setUp();
    all();
    asked.length = 0;
    take(model, change('c1', [], { firstIndex: 60, entryCount: 120 }));
    expect(all().map(({ index }) => index)).toEqual(Array.from({ length: 60 }, (_, at) => 60 + at));
    expect(asked).toEqual([]);
  });
});

describe('a line is looked through once', () => {
  test('however often it is asked for', () => {
    const { asked, all } = setUp();
    all();
    all();
    expect(asked).toHaveLength(120);
  });

  test('and a new one by itself', () => {
    const { model, asked, all } = setUp();
    all();
    asked.length = 0;
    take(model, change('c1', [line(120, 'caller', 'a line more')]));
    expect(all()).toHaveLength(121);
    expect(asked).toEqual(['a line more']);
  });

  test('and again when its text is revised', () => {
    const { model, asked, all } = setUp();
    all();
    asked.length = 0;
    take(model, change('c1', [line(70, 'caller', 'nothing here')], { entryCount: 120 }));
    expect(all().map(({ index }) => index)).not.toContain(70);
    expect(asked).toEqual(['nothing here']);
  });

  test('for each thing that is looked for', () => {
    const { finder, finderOf, asked, all } = setUp();
    all();
    asked.length = 0;
    finder.value = finderOf('5');
    expect(all()).toHaveLength(1);
    expect(asked).toHaveLength(120);
  });
});

test('a line wakes those who look at its chunk, and nobody else', () => {
  const { model, chunks, findsOf } = setUp();
  const woken = [0, 0, 0];
  const stops = chunks().map((chunk, at) =>
    effect(() => {
      findsOf(chunk).value;
      woken[at] = (woken[at] ?? 0) + 1;
    }),
  );
  take(model, change('c1', [line(70, 'caller', 'another line')], { entryCount: 120 }));
  for (const stop of stops) stop();
  expect(woken).toEqual([1, 2, 1]);
});
