import { describe, expect, test, vi } from 'vitest';
import { labelsOf, speakerLabel } from '../../../components/sidebar/speaker-label.ts';
import { decodePreferences, type Preferences } from '../../../utils/settings/preferences.ts';
import { line } from './call-changes.ts';

vi.mock('../../../utils/browser/runtime.ts', () => ({ words: (key: string) => key }));

const { labels: none } = decodePreferences(undefined);

describe('the legs of a call', () => {
  test.each<[keyof Preferences['labels'], string, string]>([
    ['inbound', 'legCaller', 'legAgent'],
    ['outbound', 'legAgent', 'legCallee'],
    ['unknown', 'legCaller', 'legCallee'],
  ])('that is %s are %s and %s', (direction, caller, callee) => {
    expect(labelsOf(direction, none)).toEqual({ caller, callee });
  });

  test('are called what the user calls them, each by itself and by direction', () => {
    const labels = { ...none, inbound: { caller: 'Patient', callee: '' } };
    expect(labelsOf('inbound', labels)).toEqual({ caller: 'Patient', callee: 'legAgent' });
    expect(labelsOf('outbound', labels)).toEqual({ caller: 'legAgent', callee: 'legCallee' });
  });
});

describe('a line is said by', () => {
  const labels = { caller: 'Patient', callee: 'Nurse' };
  test.each([
    ['caller', undefined, 'Patient'],
    ['callee', undefined, 'Nurse'],
    ['unknown', undefined, 'legUnknown'],
    ['caller', 'Laura', 'Laura'],
    ['unknown', 'Laura', 'Laura'],
  ] as const)('the %s, named %s: %s', (leg, speaker, expected) => {
    expect(speakerLabel({ ...line(0), leg, speaker }, labels)).toBe(expected);
  });
});
