/** Every threat in docs/security.md has tests that try it, and each that it names is there. */
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';

const root = resolve(import.meta.dirname, '../../..');
const page = readFileSync(join(root, 'docs/security.md'), 'utf8');
const sections = page.split(/^## /m).slice(1);
const threats = sections.filter((section) => section.includes('**They try**'));

/** As each stands in the page: "- `file`: *name*; *name*". */
const named = [...page.matchAll(/^- `(tests\/[^`]+)`: (.+)$/gm)].map(([, file = '', names = '']) => ({
  file,
  names: [...names.matchAll(/\*([^*]+)\*/g)].map(([, name = '']) => name),
}));

test.each(['page', 'caller', 'extension', 'token', 'relay', 'colleague', 'network', 'link, file or policy'])(
  'there is a threat of a %s',
  (who) => {
    expect(threats.filter((threat) => threat.split('\n', 1)[0]?.includes(who))).toHaveLength(1);
  },
);

test.each(threats.map((threat) => [threat.split('\n', 1)[0] ?? '', threat]))(
  '%s: says what holds, what does not, and what tries it',
  (_title, threat) => {
    for (const part of ['**What holds.**', '**What does not.**', '**Tried by**'])
      expect(threat).toContain(part);
    expect(threat.split('**Tried by**')[1]).toMatch(/^- `tests\/[^`]+`: \*/m);
  },
);

describe.each(named)('$file', ({ file, names }) => {
  const text = readFileSync(join(root, file), 'utf8');
  test.each(names)('%j', (name) => {
    expect([`'${name}'`, `"${name}"`].some((title) => text.includes(title))).toBe(true);
  });
});

test('no test that tries on purpose is left out', () => {
  const files = readdirSync(join(root, 'tests'), { recursive: true, encoding: 'utf8' });
  const hostile = files.map((file) => basename(file)).filter((file) => /^hostile-.*\.test\.ts$/.test(file));
  expect(hostile.length).toBeGreaterThan(5);
  expect(hostile.filter((file) => !page.includes(`/${file}`))).toEqual([]);
});
