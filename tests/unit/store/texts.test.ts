/** The stores' texts and pictures: as long and as large as the stores take them, and true to the extension. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import messages from '../../../public/_locales/en/messages.json';
import { readSections } from '../../store/read-sections.ts';

const root = resolve(import.meta.dirname, '../../..');
const listing = readSections(read('store/listing.md'));
const forms = readSections(read('store/forms.md'));

function read(path: string): string {
  return readFileSync(join(root, path), 'utf8');
}

function textOf(sections: ReadonlyMap<string, string>, title: string): string {
  const text = sections.get(title);
  if (text === undefined) throw new Error(`There is no part ${title}.`);
  return text;
}

function lengthOf(text: string): number {
  return [...text].length;
}

/** Width and height as its header says. */
function sizeOf(path: string): string {
  const png = readFileSync(join(root, path));
  return `${png.readUInt32BE(16)} × ${png.readUInt32BE(20)}`;
}

describe('the texts', () => {
  test.each([
    // Edge takes 45 characters, AMO 50, Chrome 75: MDN, manifest.json/name.
    ['Name', 1, 45],
    // Chrome and Firefox: MDN, manifest.json/description.
    ['Summary', 1, 132],
    ['Single purpose', 1, 1_000],
    // Edge wants 250 at least and takes 10,000; the others take more.
    ['Description', 250, 10_000],
  ])('%s is of %i to %i characters', (title, least, most) => {
    const length = lengthOf(textOf(listing, title));
    expect(length).toBeGreaterThanOrEqual(least);
    expect(length).toBeLessThanOrEqual(most);
  });

  test("Firefox's summary is of 250 characters at most", () => {
    expect(lengthOf(textOf(forms, 'Summary for Firefox'))).toBeLessThanOrEqual(250);
  });

  test("Edge's search terms are seven at most, of 30 characters each and 21 words together", () => {
    const terms = textOf(forms, 'Search terms for Edge')
      .split('\n')
      .map((line) => line.replace(/^- /, ''));
    expect(terms.length).toBeLessThanOrEqual(7);
    expect(terms.filter((term) => lengthOf(term) > 30)).toEqual([]);
    expect(terms.join(' ').split(' ').length).toBeLessThanOrEqual(21);
  });

  test('name and summary are those that the package has', () => {
    expect(textOf(listing, 'Name')).toBe(messages.extensionName.message);
    expect(textOf(listing, 'Summary')).toBe(messages.extensionDescription.message);
  });

  test.each([...readSections(read('store/permissions.md'))])(
    'why %s is told in 1,000 characters at most',
    (_permission, text) => {
      expect(text).not.toBe('');
      expect(lengthOf(text)).toBeLessThanOrEqual(1_000);
    },
  );

  test('the notes for reviewers name the button that plays the demo call as it is named', () => {
    expect(read('store/reviewers.md')).toContain(`“${messages.demoPlay.message}”`);
  });

  test('what is linked to is there', () => {
    for (const file of readdirSync(join(root, 'store')).filter((name) => name.endsWith('.md'))) {
      for (const [, path = ''] of read(`store/${file}`).matchAll(/\]\(([^)#:]+\.md)(?:#[\w-]+)?\)/g)) {
        expect(existsSync(resolve(root, 'store', path)), `${file}: ${path}`).toBe(true);
      }
    }
  });
});

describe('the pictures', () => {
  test('are those of the stores, in their sizes', () => {
    const sizes = readdirSync(join(root, 'store/pictures')).map((name) => [
      name,
      sizeOf(`store/pictures/${name}`),
    ]);
    expect(Object.fromEntries(sizes)).toEqual({
      '1-live-call.png': '1280 × 800',
      '2-note.png': '1280 × 800',
      '3-keywords.png': '1280 × 800',
      '4-search-dark.png': '1280 × 800',
      '5-start.png': '1280 × 800',
      'logo-300.png': '300 × 300',
      'marquee.png': '1400 × 560',
      'tile.png': '440 × 280',
    });
  });

  test.each(readdirSync(join(root, 'public/icon')))('the icon %s is as large as it is named', (name) => {
    const size = /(\d+)\.png$/.exec(name)?.[1];
    expect(sizeOf(`public/icon/${name}`)).toBe(`${size} × ${size}`);
  });
});
