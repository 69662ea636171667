/** Where an address leads on the settings page, and which section is being read. */
import { describe, expect, test } from 'vitest';
import {
  type Place,
  placeOf,
  type SectionTop,
  sectionAt,
} from '../../../components/options/options-place.ts';

test.each<[string, Place]>([
  ['', { view: 'settings', section: undefined }],
  ['#', { view: 'settings', section: undefined }],
  ['#relays', { view: 'settings', section: 'relays' }],
  ['#backup', { view: 'settings', section: 'backup' }],
  ['#start', { view: 'start' }],
  ['#inspector', { view: 'inspector' }],
  ['#nowhere', { view: 'settings', section: undefined }],
])('%o is %o', (hash, place) => {
  expect(placeOf(hash)).toEqual(place);
});

describe('the section being read', () => {
  const tops: SectionTop[] = [
    { id: 'relays', top: -900 },
    { id: 'sites', top: -50 },
    { id: 'keywords', top: 200 },
  ];

  test.each([
    ['the last one that begins above the eye', 100, false, 'sites'],
    ['one that begins right there', 200, false, 'keywords'],
    ['none above the first', -1_000, false, undefined],
    ['the last one at the end of the page', 100, true, 'keywords'],
  ])('is %s', (_, lineAt, isAtEnd, id) => {
    expect(sectionAt(tops, lineAt, isAtEnd)).toBe(id);
  });

  test('is none on an empty page', () => {
    expect(sectionAt([], 0, true)).toBeUndefined();
  });
});
