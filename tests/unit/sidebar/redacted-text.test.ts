import { expect, test, vi } from 'vitest';
import { splitRedacted } from '../../../components/sidebar/redacted-text.tsx';

vi.mock('../../../utils/browser/runtime.ts', () => ({ words: (key: string) => key }));

test.each([
  ['it is [card] thank you', 'it is 4242 thank you', ['it is ', '[card]', ' thank you']],
  ['[email]', 'a@b.example', ['', '[email]', '']],
  ['[sic] [card]', '[sic] 4242', ['[sic] ', '[card]', '']],
  ['nothing here', 'nothing here', ['nothing here']],
])('of “%s” the marks are told apart', (text, said, parts) => {
  expect(splitRedacted(text, said)).toEqual(parts);
});
