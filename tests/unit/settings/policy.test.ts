import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  decodePolicy,
  isLocked,
  policyKeys,
  policyToken,
  withPolicy,
} from '../../../utils/settings/policy.ts';
import { expectedOf, type PolicyKey } from '../../../utils/settings/policy-part.ts';
import { decodePreferences } from '../../../utils/settings/preferences.ts';
import { decodeSettings } from '../../../utils/settings/settings.ts';
import { readJson } from './read-json.ts';

const relay = { name: 'Acme', address: 'wss://relay.acme.test' };

describe('a policy', () => {
  test.each([[undefined], [null], [5], ['x'], [[]], [{}], [{ other: 1 }]])(
    'that is %j is none',
    (managed) => {
      expect(decodePolicy(managed)).toEqual({ organization: '', locked: {}, defaults: {}, problems: [] });
    },
  );

  test('holds its locked values over what is stored, and its defaults under it', () => {
    const policy = decodePolicy({ locked: { theme: 'dark' }, defaults: { side: 'left', width: 400 } });
    const held = decodePreferences(withPolicy({ theme: 'light', side: 'right' }, policy));
    expect(held).toMatchObject({ theme: 'dark', side: 'right', width: 400 });
    expect(isLocked(policy, 'theme')).toBe(true);
    expect(isLocked(policy, 'side')).toBe(false);
  });

  test('need not name its relays, keywords, formats and patterns', () => {
    const { locked, problems } = decodePolicy({
      locked: {
        relays: [relay, { ...relay, id: 'second' }],
        profiles: [{ name: 'Refunds', query: 'refund' }],
        templates: [{ name: 'Short', header: '', line: '{text}' }],
        redaction: { patterns: [{ name: 'customer', pattern: 'AB-####' }] },
      },
    });
    expect(problems).toEqual([]);
    expect(decodeSettings(locked).relays.map(({ id }) => id)).toEqual(['managed-1', 'second']);
    const { profiles, templates, redaction } = decodePreferences(locked);
    const ids = [profiles, templates, redaction.patterns].map(([first]) => first?.id);
    expect(ids).toEqual(['managed-1', 'managed-1', 'managed-1']);
  });

  test('is read from text where a browser can give nothing else', () => {
    const fieldMap = { paths: { text: ['body', 0] }, legValues: {}, finalValues: {} };
    const relays = JSON.stringify([{ ...relay, fieldMap: JSON.stringify(fieldMap) }]);
    const policy = decodePolicy({ locked: JSON.stringify({ theme: 'dark', relays }) });
    expect(policy.problems).toEqual([]);
    expect(decodeSettings(policy.locked).relays[0]?.fieldMap).toEqual(fieldMap);
    expect(policy.locked['theme']).toBe('dark');
  });

  test('gives tokens to no settings', () => {
    const policy = decodePolicy({ locked: { relays: [{ ...relay, token: 'shared' }] } });
    const [first] = decodeSettings(policy.locked).relays;
    if (first === undefined) throw new Error('no relay');
    expect(first).not.toHaveProperty('token');
    expect(policyToken(policy, first)).toBe('shared');
    expect(policyToken(policy, { ...first, address: 'wss://other.test' })).toBe('');
  });

  test('never fails, whatever it is', () => {
    const part = fc.record({ relays: fc.anything(), redaction: fc.anything(), theme: fc.anything() });
    fc.assert(
      fc.property(fc.oneof(fc.anything(), fc.record({ locked: part, defaults: part })), (managed) => {
        const policy = decodePolicy(managed);
        decodePreferences(withPolicy({}, policy));
        decodeSettings(withPolicy({}, policy));
      }),
    );
  });
});

describe('what is wrong in a policy', () => {
  test.each<[string, unknown, string[]]>([
    ['a part that is no object', { locked: ['theme'] }, ['locked']],
    ['a setting that does not exist', { locked: { colour: 'red' } }, ['locked.colour']],
    ['a value of the wrong kind', { defaults: { announce: 'yes' } }, ['defaults.announce']],
    ['a choice nobody has', { locked: { theme: 'sepia' } }, ['locked.theme']],
    [
      'a number out of range',
      { locked: { width: 2_000, keepMinutes: 7 } },
      ['locked.width', 'locked.keepMinutes'],
    ],
    ['one relay of two', { locked: { relays: [relay, 5] } }, ['locked.relays[1]']],
    ['a site that is no origin', { locked: { sites: [{ origin: 'acme' }] } }, ['locked.sites[0]']],
    [
      'a name that is misspelt',
      { locked: { relays: [{ ...relay, adress: 'x' }] } },
      ['locked.relays[0].adress'],
    ],
    ['a token that is no text', { locked: { relays: [{ ...relay, token: 5 }] } }, ['locked.relays[0].token']],
    ['a rule of many', { locked: { redaction: { cards: 'on' } } }, ['locked.redaction.cards']],
  ])('%s is told with its place', (_name, managed, keys) => {
    expect(decodePolicy(managed).problems.map(({ key }) => key)).toEqual(keys);
  });

  test('is told with what is expected', () => {
    expect(decodePolicy({ locked: { theme: 'sepia', colour: 'red' } }).problems).toEqual([
      { key: 'locked.theme', expected: '"system" | "light" | "dark"' },
      { key: 'locked.colour', expected: '' },
    ]);
  });

  test('locks nothing, and loses nothing beside it', () => {
    const policy = decodePolicy({ locked: { theme: 'sepia', relays: [5], side: 'left', sites: [] } });
    expect(Object.keys(policy.locked)).toEqual(['side', 'sites']);
  });
});

describe('the schema for Chrome and Edge', () => {
  const schema = readJson('public/managed-schema.json') as Schema;
  type Schema = { type?: string; description?: string; properties?: Record<string, Schema>; items?: Schema };
  const known = Object.keys(expectedOf) as PolicyKey[];

  function all(one: Schema): Schema[] {
    return [one, ...Object.values(one.properties ?? {}).flatMap(all), ...(one.items ? all(one.items) : [])];
  }

  test('knows the keys of a policy, and in both parts every setting there is', () => {
    expect(Object.keys(schema.properties ?? {})).toEqual(policyKeys);
    const { locked, defaults } = schema.properties ?? {};
    expect(Object.keys(locked?.properties ?? {}).sort()).toEqual([...known].sort());
    expect(defaults?.properties).toEqual(locked?.properties);
    const settings = { ...decodeSettings(undefined), ...decodePreferences(undefined) };
    expect([...known].sort()).toEqual(Object.keys(settings).sort());
  });

  test('uses what these browsers know, and says of every property what it is', () => {
    const words = ['type', 'description', 'properties', 'items', 'enum', 'minimum', 'maximum'];
    for (const one of all(schema)) {
      expect(words).toEqual(expect.arrayContaining(Object.keys(one)));
      expect(['object', 'array', 'string', 'integer', 'boolean']).toContain(one.type);
      if (one.type === 'array') expect(one.items).toBeDefined();
      if (one !== schema) expect(one.description).toMatch(/\.$/);
    }
  });
});
