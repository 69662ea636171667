/** docs/dependencies.md names each package of package.json once, and counts what each brings. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import { expect, test } from 'vitest';
import { readDocument, root, tableOf } from './documents.ts';

const PAGE = 'docs/dependencies.md';
const names = v.optional(v.record(v.string(), v.string()), {});
const lockFile = v.object({
  packages: v.record(
    v.string(),
    v.object({
      dependencies: names,
      devDependencies: names,
      optionalDependencies: names,
      peerDependencies: names,
      peerDependenciesMeta: v.optional(
        v.record(v.string(), v.object({ optional: v.optional(v.boolean()) })),
        {},
      ),
    }),
  ),
});
const { packages } = v.parse(lockFile, JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')));
const own = v.parse(
  v.object({ dependencies: names, devDependencies: names }),
  JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')),
);
const runtime = Object.keys(own.dependencies);

/** Where Node finds `name` from the package at `from`; undefined where it is not installed on any system. */
function resolve(from: string, name: string): string | undefined {
  const here = `${from === '' ? '' : `${from}/`}node_modules/${name}`;
  if (here in packages) return here;
  if (from === '') return undefined;
  const at = from.lastIndexOf('node_modules/');
  return resolve(from.slice(0, Math.max(0, at - 1)), name);
}

/** All that is installed for these, themselves too. */
function closureOf(wanted: readonly string[]): Set<string> {
  const found = new Set<string>();
  const waiting = wanted.map((name) => resolve('', name));
  for (let next = waiting.pop(); waiting.length > 0 || next !== undefined; next = waiting.pop()) {
    const entry = next === undefined ? undefined : packages[next];
    if (next === undefined || entry === undefined || found.has(next)) continue;
    found.add(next);
    const peers = Object.keys(entry.peerDependencies).filter(
      (name) => entry.peerDependenciesMeta[name]?.optional !== true,
    );
    const brought = [...Object.keys({ ...entry.dependencies, ...entry.optionalDependencies }), ...peers];
    for (const name of brought) waiting.push(resolve(next, name));
  }
  return found;
}

const rows = tableOf(PAGE, 'package').map(
  ([name = '', kind = '', brings = '', reason = '']) =>
    [name.replaceAll('`', ''), { kind, brings: Number(brings), reason }] as const,
);

test('each package has its row, and no row is of another', () => {
  const all = [...runtime, ...Object.keys(own.devDependencies)];
  expect(rows.map(([name]) => name).sort()).toEqual(all.sort());
});

test.each(rows)('%s: what it brings, what for, and whether the relay needs it', (name, row) => {
  expect(row.brings).toBe(closureOf([name]).size - 1);
  expect(row.reason).not.toBe('');
  expect(row.kind.includes('relay')).toBe(runtime.includes(name));
});

test('the relay’s packages are counted together', () => {
  expect(readDocument(PAGE)).toContain(`${closureOf(runtime).size} packages in all`);
});
