import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  decodePreferences,
  decodeSomePreferences,
  type KeywordProfile,
  MAX_LABEL_LENGTH,
  MAX_PROFILE_NAME_LENGTH,
  MAX_PROFILES,
  MAX_QUERY_LENGTH,
  type Preferences,
} from '../../../utils/settings/preferences.ts';
import { MAX_WIDTH_PX, MIN_WIDTH_PX } from '../../../utils/settings/width.ts';

const defaults: Preferences = {
  theme: 'system',
  times: 'relative',
  side: 'right',
  width: 360,
  room: 'push',
  announce: true,
  labels: {
    inbound: { caller: '', callee: '' },
    outbound: { caller: '', callee: '' },
    unknown: { caller: '', callee: '' },
  },
  profiles: [],
  country: '',
  copyFormat: 'plain',
  copyTimes: true,
  noteHeader: true,
  templates: [],
  redaction: {
    cards: true,
    nationalIds: false,
    emails: false,
    phones: false,
    onScreen: false,
    patterns: [],
  },
};

function profile(id: string, given: Partial<KeywordProfile> = {}): KeywordProfile {
  return {
    id,
    name: id,
    query: 'refund',
    colour: 'amber',
    badge: true,
    notify: false,
    sound: false,
    ...given,
  };
}

/** Nothing of it is a default. */
const own: Preferences = {
  theme: 'dark',
  times: 'clock',
  side: 'left',
  width: 400,
  room: 'over',
  announce: false,
  labels: {
    inbound: { caller: 'Patient', callee: 'Nurse' },
    outbound: { caller: 'We', callee: 'They' },
    unknown: { caller: 'One', callee: 'Other' },
  },
  profiles: [profile('p1', { colour: 'red', badge: false, notify: true, sound: true })],
  country: 'DE',
  copyFormat: 'own:t1',
  copyTimes: false,
  noteHeader: false,
  templates: [{ id: 't1', name: 'Mine', header: '{date}', line: '{speaker}: {text}' }],
  redaction: {
    cards: false,
    nationalIds: true,
    emails: true,
    phones: true,
    onScreen: true,
    patterns: [{ id: 'r1', name: 'member', pattern: 'M-####' }],
  },
};

describe('preferences', () => {
  test.each([[undefined], [null], [5], ['dark'], [true], [[]], [['dark']], [{}], [{ other: 1 }]])(
    'that stand there as %j are the defaults',
    (stored) => {
      expect(decodePreferences(stored)).toEqual(defaults);
    },
  );

  test('are what was stored', () => {
    expect(decodePreferences(structuredClone(own))).toEqual(own);
  });

  test('of an older version get the defaults of what is new', () => {
    expect(decodePreferences({ theme: 'dark' })).toEqual({ ...defaults, theme: 'dark' });
  });

  test.each(Object.keys(defaults) as (keyof Preferences)[])(
    'of which %s is not understood or is missing keep all the others',
    (name) => {
      const expected = { ...own, [name]: defaults[name] };
      for (const junk of [null, 'junk', Number.NaN, [5], { x: 1 }, undefined]) {
        expect(decodePreferences({ ...own, [name]: junk })).toEqual(expected);
      }
    },
  );

  test('never fail, and once read stay as they are', () => {
    const junk = fc.anything();
    const near = fc.record(
      {
        theme: junk,
        width: fc.oneof(fc.double(), junk),
        labels: fc.object(),
        profiles: fc.array(junk),
        announce: junk,
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(fc.oneof(junk, near), (stored) => {
        const read = decodePreferences(stored);
        expect(decodePreferences(structuredClone(read))).toEqual(read);
      }),
    );
  });
});

test('some preferences stay some, each read as all of them are', () => {
  expect(decodeSomePreferences({ side: 'left', theme: 'pink', stranger: 1 })).toEqual({
    side: 'left',
    theme: 'system',
  });
  expect(decodeSomePreferences({})).toEqual({});
});

describe('the width', () => {
  test.each([
    [MIN_WIDTH_PX - 1, MIN_WIDTH_PX],
    [MIN_WIDTH_PX, MIN_WIDTH_PX],
    [400.4, 400],
    [400.5, 401],
    [MAX_WIDTH_PX, MAX_WIDTH_PX],
    [MAX_WIDTH_PX + 1, MAX_WIDTH_PX],
    [0, MIN_WIDTH_PX],
    [-400, MIN_WIDTH_PX],
    [1e9, MAX_WIDTH_PX],
    ['400', 360],
    [Number.NaN, 360],
  ])('stored as %j is %d', (width, expected) => {
    expect(decodePreferences({ width }).width).toBe(expected);
  });
});

describe('a label', () => {
  test('as long as it may be is kept, and a longer one is not', () => {
    const [kept, tooLong] = ['x'.repeat(MAX_LABEL_LENGTH), 'x'.repeat(MAX_LABEL_LENGTH + 1)];
    const labels = { inbound: { caller: kept, callee: tooLong } };
    expect(decodePreferences({ labels }).labels.inbound).toEqual({ caller: kept, callee: '' });
  });

  test.each<[string, unknown]>([
    ['of another direction', { ...own.labels, outbound: 5 }],
    ['of another direction, as null', { ...own.labels, outbound: null }],
    ['of the other leg', { ...own.labels, outbound: { caller: 7, callee: [] } }],
  ])('is lost with none %s', (_name, labels) => {
    expect(decodePreferences({ labels }).labels).toEqual({
      ...own.labels,
      outbound: { caller: '', callee: '' },
    });
  });
});

describe('a profile', () => {
  test.each<[string, unknown]>([
    ['without an id', { name: 'b', query: 'card' }],
    ['without a query', { id: 'b', name: 'b' }],
    ['whose name is too long', profile('b', { name: 'x'.repeat(MAX_PROFILE_NAME_LENGTH + 1) })],
    ['whose query is too long', profile('b', { query: 'x'.repeat(MAX_QUERY_LENGTH + 1) })],
    ['that is none', 'card'],
    ['that is null', null],
  ])('%s is lost alone', (_name, broken) => {
    const stored = [profile('a'), broken, profile('c')];
    expect(decodePreferences({ profiles: stored }).profiles).toEqual([profile('a'), profile('c')]);
  });

  test.each<[string, Record<string, unknown>]>([
    ['that says no more', {}],
    ['of a colour that is not known', { colour: 'pink' }],
    ['whose switches are not understood', { badge: 'yes', notify: 1, sound: null }],
  ])('%s has the defaults', (_name, given) => {
    const { badge: _badge, notify: _notify, sound: _sound, colour: _colour, ...needed } = profile('a');
    expect(decodePreferences({ profiles: [{ ...needed, ...given }] }).profiles).toEqual([profile('a')]);
  });

  test('as long as it may be is kept, with a query as it was typed', () => {
    const long = profile('a', {
      name: 'x'.repeat(MAX_PROFILE_NAME_LENGTH),
      query: ` "not closed ${'x'.repeat(MAX_QUERY_LENGTH - 13)}`,
    });
    expect(long.query).toHaveLength(MAX_QUERY_LENGTH);
    expect(decodePreferences({ profiles: [long] }).profiles).toEqual([long]);
  });

  test('past as many as may be is let go, and the others stay', () => {
    const many = Array.from({ length: MAX_PROFILES + 1 }, (_, at) => profile(`p${at}`));
    expect(decodePreferences({ profiles: many.slice(0, MAX_PROFILES) }).profiles).toHaveLength(MAX_PROFILES);
    expect(decodePreferences({ profiles: many }).profiles).toEqual(many.slice(0, MAX_PROFILES));
  });
});
