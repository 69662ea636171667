/** The ready files of `docs/policies`: each is read as its system reads it, and says what Earshot understands. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { decodePolicy } from '../../../utils/settings/policy.ts';
import { expectedOf } from '../../../utils/settings/policy-part.ts';
import { ROOT } from './read-json.ts';

const FOLDER = join(ROOT, 'docs/policies');
const files = readdirSync(FOLDER).sort();
const GECKO_ID = 'earshot@earshot.invalid';

type Tree = { [key: string]: unknown };

/** The value at the end of these keys. */
function at(tree: unknown, ...keys: string[]): unknown {
  return keys.reduce<unknown>((part, key) => (part as Tree | undefined)?.[key], tree);
}

/** `[key]` and `"name"="text"`, as regedit writes them. */
function readReg(text: string): Record<string, Record<string, string>> {
  const [head, ...lines] = text.split('\r\n');
  expect(head).toBe('Windows Registry Editor Version 5.00');
  const keys: Record<string, Record<string, string>> = {};
  let current: Record<string, string> = {};
  for (const line of lines.filter((one) => one !== '')) {
    const key = /^\[(HKEY_LOCAL_MACHINE\\.+)\]$/.exec(line)?.[1];
    const value = /^"(.+?)"="(.*)"$/.exec(line);
    if (key === undefined && value === null) throw new Error(`not of a .reg file: ${line}`);
    if (key !== undefined) {
      current = {};
      keys[key] = current;
    } else {
      current[value?.[1] ?? ''] = (value?.[2] ?? '').replace(/\\(["\\])/g, '$1');
    }
  }
  return keys;
}

/** A property list as far as these files use it. */
function readPlist(text: string): unknown {
  const tokens = [...text.matchAll(/<(\/?)(\w+)(\/?)>([^<]*)/g)];
  // The outermost tag has an attribute and is none of these.
  let next = 0;
  function value(): unknown {
    const [, , name, empty, content = ''] = tokens[next++] ?? [];
    if (name === 'true' || name === 'false') return name === 'true';
    if (empty === '/') return name === 'string' ? '' : name === 'array' ? [] : {};
    if (name === 'string' || name === 'integer') {
      next += 1;
      return name === 'integer' ? Number(content) : plainText(content);
    }
    const [list, dict]: [unknown[], Tree] = [[], {}];
    while (tokens[next]?.[1] !== '/') {
      if (name === 'array') list.push(value());
      else dict[String(key())] = value();
    }
    next += 1;
    return name === 'array' ? list : dict;
  }
  function key(): string {
    const content = tokens[next]?.[4] ?? '';
    next += 2;
    return plainText(content);
  }
  return value();
}

function plainText(text: string): string {
  return text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&');
}

function readPolicy(name: string): { policy: unknown; install: unknown } {
  const text = readFileSync(join(FOLDER, name), 'utf8');
  if (name.endsWith('.reg')) {
    const keys = Object.entries(readReg(text));
    const [, top = {}] = keys[0] ?? [];
    const [place = '', policy = {}] = keys[1] ?? [];
    const given = place.endsWith('Extensions') ? JSON.parse(policy[GECKO_ID] ?? '') : policy;
    return { policy: given, install: JSON.parse(top['ExtensionSettings'] ?? '') };
  }
  if (name.endsWith('.mobileconfig')) {
    const [first, second] = at(readPlist(text), 'PayloadContent') as Tree[];
    return {
      policy: second ?? at(first, '3rdparty', 'Extensions', GECKO_ID),
      install: first?.['ExtensionSettings'],
    };
  }
  const json: unknown = JSON.parse(text);
  const policies = at(json, 'policies') ?? json;
  const firefox = at(policies, '3rdparty', 'Extensions', GECKO_ID);
  return {
    policy: firefox ?? at(policies, '3rdparty', 'extensions', 'EXTENSION_ID'),
    install: at(policies, 'ExtensionSettings'),
  };
}

describe('the ready policies', () => {
  test('are there for three systems and three browsers', () => {
    const chromium = ['linux', 'macos', 'windows'].flatMap((system) =>
      ['chrome', 'edge'].map((browser) => `${system}-${browser}`),
    );
    const names = [...chromium, 'macos-firefox', 'windows-firefox', 'firefox-policies'];
    expect(files.map((file) => file.replace(/\.\w+$/, ''))).toEqual(names.sort());
  });

  test.each(files)('%s is understood to the last word, and installs Earshot', (name) => {
    const { policy, install } = readPolicy(name);
    const read = decodePolicy(policy);
    expect(read.problems).toEqual([]);
    expect(read.organization).toBe('Acme IT');
    expect(Object.keys(read.locked)).toEqual(['relays', 'keepMinutes', 'redaction']);
    expect(Object.keys(read.defaults)).toEqual(['sites', 'profiles', 'theme']);
    const id = name.includes('firefox') ? GECKO_ID : 'EXTENSION_ID';
    expect(at(install, id, 'installation_mode')).toBe('force_installed');
  });

  test('and every setting are in the administrator’s guide', () => {
    const guide = readFileSync(join(ROOT, 'docs/administrator.md'), 'utf8');
    const told = [...files, ...Object.keys(expectedOf).map((key) => `\`${key}\``)];
    expect(told.filter((name) => !guide.includes(name))).toEqual([]);
  });
});
