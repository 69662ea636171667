/** How far the first run has come, as it is kept. */
import { expect, test } from 'vitest';
import { createStartBook, readStart } from '../../../components/options/start-record.ts';

function makeArea(stored: Record<string, unknown> = {}) {
  const written: Record<string, unknown>[] = [];
  return {
    written,
    read: () => Promise.resolve({ ...stored, ...Object.assign({}, ...written) }),
    write: (values: Record<string, unknown>) => {
      written.push(values);
      return Promise.resolve();
    },
    remove: () => Promise.resolve(),
  };
}

const nothing = { played: false, tested: '', opened: false, heard: false };

test.each([
  ['nothing', {}, nothing],
  ['a part', { start: { played: true } }, { ...nothing, played: true }],
  ['something else', { start: { played: 'yes', tested: 7 } }, nothing],
  ['rubbish', { start: 3 }, nothing],
])('%s that is stored is read as far as it is understood', async (_, stored, expected) => {
  expect(await readStart(makeArea(stored))).toEqual(expected);
});

test('what cannot be read is as if nothing was done', async () => {
  const area = { ...makeArea(), read: () => Promise.reject(new Error('closed')) };
  expect(await readStart(area)).toEqual(nothing);
});

test('a mark is shown at once, kept beside the others, and written once', async () => {
  const area = makeArea();
  const book = createStartBook(area, nothing);
  book.mark({ played: true });
  book.mark({ tested: 'wss://x' });
  book.mark({ played: true });
  expect(book.record.value).toEqual({ ...nothing, played: true, tested: 'wss://x' });
  expect(await readStart(area)).toEqual(book.record.value);
  expect(area.written).toHaveLength(2);
});

test('a browser that stores nothing leaves the marks as long as the page lasts', () => {
  const book = createStartBook({ ...makeArea(), write: () => Promise.reject(new Error('full')) }, nothing);
  book.mark({ opened: true });
  expect(book.record.value.opened).toBe(true);
});
