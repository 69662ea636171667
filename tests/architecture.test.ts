/** The walls of the project, held by a test: who may import what, and who may name the browser. */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { crms } from '../utils/crm/registry.ts';
import { fixtures } from './crm/fixtures.ts';

const root = resolve(import.meta.dirname, '..');
const rooms = ['entrypoints', 'components', 'utils', 'relay', 'demo', 'connexcs'];
const files = rooms.flatMap(sources);

function sources(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(ts|tsx|js)$/.test(entry.name))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)));
}

function importsOf(file: string): string[] {
  const text = readFileSync(join(root, file), 'utf8');
  const found = text.matchAll(
    /(?:^|\n)\s*(?:import|export)\b[^'"]*?from\s*['"]([^'"]+)['"]|import\s*\(?\s*['"]([^'"]+)['"]/g,
  );
  return [...found].map((match) => match[1] ?? match[2] ?? '');
}

/** Own imports as paths from the root; packages as they are named. */
function reachOf(file: string): string[] {
  return importsOf(file).map((name) =>
    name.startsWith('.') ? relative(root, resolve(root, dirname(file), name)) : name,
  );
}

function within(folder: string): string[] {
  return files.filter((file) => file.startsWith(`${folder}/`));
}

function offenders(folder: string, forbidden: (target: string) => boolean): string[] {
  return within(folder).flatMap((file) =>
    reachOf(file)
      .filter(forbidden)
      .map((target) => `${file} → ${target}`),
  );
}

describe('the walls', () => {
  test('every room is there to be checked', () => {
    for (const room of ['entrypoints', 'components', 'utils', 'relay', 'demo']) {
      expect(within(room).length, room).toBeGreaterThan(1);
    }
  });

  test('only utils/browser names the browser', () => {
    const named = files.filter((file) => {
      if (file.startsWith('utils/browser/') || file.startsWith('demo/')) return false;
      const code = readFileSync(join(root, file), 'utf8').replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '');
      return (
        /\b(?:browser|chrome)\.[a-z]+[.(]/i.test(code) || reachOf(file).includes('webextension-polyfill')
      );
    });
    expect(named).toEqual([]);
  });

  test('only utils/browser/engine.ts asks which browser it is in', () => {
    const asked = ['entrypoints', 'components', 'utils'].flatMap(within).filter((file) => {
      const code = readFileSync(join(root, file), 'utf8').replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '');
      return /(?:moz|chrome)-extension:|import\.meta\.env|\bFIREFOX\b|userAgent\s*\.|getBrowserInfo|['"] in (?:native|browser|chrome)\b/.test(
        code,
      );
    });
    expect(asked).toEqual(['utils/browser/engine.ts']);
  });

  test('nothing under utils imports from entrypoints, components, relay or demo', () => {
    expect(offenders('utils', (target) => /^(entrypoints|components|relay|demo)\//.test(target))).toEqual([]);
  });

  test('everything under utils but utils/browser is pure: no browser and no Node', () => {
    const impure = (target: string) =>
      target.startsWith('utils/browser/') || target.startsWith('node:') || target === 'wxt/browser';
    expect(offenders('utils', impure).filter((found) => !found.startsWith('utils/browser/'))).toEqual([]);
  });

  test('the relay imports only the protocol and the transcript of utils', () => {
    const foreign = (target: string) =>
      /^(entrypoints|components|demo|connexcs)\//.test(target) ||
      (/^utils\//.test(target) && !/^utils\/(protocol|transcript)\//.test(target));
    expect(offenders('relay', foreign)).toEqual([]);
  });

  test('components import no entrypoint, and entrypoints no other entrypoint', () => {
    expect(offenders('components', (target) => /^(entrypoints|relay|demo)\//.test(target))).toEqual([]);
    const crossing = within('entrypoints').flatMap((file) => {
      const own = file.split('/').slice(0, 2).join('/');
      return reachOf(file)
        .filter((target) => target.startsWith('entrypoints/') && !target.startsWith(`${own}/`))
        .map((target) => `${file} → ${target}`);
    });
    expect(crossing).toEqual([]);
  });

  test('no transcript is ever put into a page as HTML', () => {
    const risky = files.filter(
      (file) =>
        !file.startsWith('demo/') &&
        /innerHTML|outerHTML|insertAdjacentHTML|dangerouslySetInnerHTML|document\.write/.test(
          readFileSync(join(root, file), 'utf8'),
        ),
    );
    expect(risky).toEqual([]);
  });

  test('every CRM has its file, its place in the registry and its fixture page', () => {
    const sites = readdirSync(join(root, 'utils/crm/sites')).map((file) => file.replace(/\.ts$/, ''));
    const pages = readdirSync(join(root, 'tests/crm/pages')).map((file) => file.replace(/\.html$/, ''));
    expect(crms.map(({ id }) => id).sort()).toEqual(sites.sort());
    expect(fixtures.map(({ page }) => page).sort()).toEqual(pages.sort());
    const isOf = (site: string) => (page: string) => page === site || page.startsWith(`${site}-`);
    expect(sites.filter((site) => !pages.some(isOf(site)))).toEqual([]);
    expect(crms.at(-1)?.id).toBe('generic');
  });

  test('words on screen are in the locales: every key used is there, and every key there is used', () => {
    const known = Object.keys(
      JSON.parse(readFileSync(join(root, 'public/_locales/en/messages.json'), 'utf8')),
    );
    const code =
      files.map((file) => readFileSync(join(root, file), 'utf8')).join('\n') +
      readFileSync(join(root, 'wxt.config.ts'), 'utf8');
    const unused = known.filter((key) => !new RegExp(`['"]${key}['"]|__MSG_${key}__`).test(code));
    expect(unused).toEqual([]);
  });
});
