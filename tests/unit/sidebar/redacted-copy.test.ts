import { describe, expect, test } from 'vitest';
import { cut, replaceInOrder } from '../../../components/sidebar/redacted-copy.ts';

describe('a part of a line in which something is hidden', () => {
  const said = 'my card is 4242 thank you';
  const redacted = 'my card is [card] thank you';
  test.each([
    ['all of it', 0, said.length, redacted],
    ['what stands before', 0, 7, 'my card'],
    ['what stands behind', 15, said.length, ' thank you'],
    ['a digit of it', 12, 13, '[card]'],
    ['words and some digits', 3, 13, 'card is [card]'],
    ['some digits and words', 13, 21, '[card] thank'],
  ])('%s', (_name, from, to, expected) => {
    expect(cut(said, redacted, { from, to })).toBe(expected);
  });

  test('nothing is hidden: it is the part itself', () => {
    expect(cut(said, said, { from: 3, to: 7 })).toBe('card');
  });

  test('all of it is hidden', () => {
    expect(cut('4242', '[card]', { from: 1, to: 2 })).toBe('[card]');
  });
});

describe('what the browser would copy', () => {
  test('keeps everything but the parts that are replaced, each once and in their order', () => {
    const parts = [
      { said: 'yes', instead: 'yes' },
      { said: '4242', instead: '[card]' },
      { said: 'yes', instead: 'yes' },
    ];
    expect(replaceInOrder('00:01 Caller\nyes\n4242\n00:02 4242 yes', parts)).toBe(
      '00:01 Caller\nyes\n[card]\n00:02 4242 yes',
    );
  });

  test('is the lines alone, where it wrote them otherwise', () => {
    const parts = [
      { said: 'a  b', instead: 'a  b' },
      { said: '4242', instead: '[card]' },
    ];
    expect(replaceInOrder('a b\n4242', parts)).toBe('a  b\n[card]');
  });
});
