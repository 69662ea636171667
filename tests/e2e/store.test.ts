/** What the stores are told of the permissions, held against the built manifests. */
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import * as v from 'valibot';
import { expect, test } from 'vitest';
import { readSections } from '../store/read-sections.ts';
import { extensionPaths } from './tested-browser.ts';

const root = resolve(import.meta.dirname, '../..');

const names = v.optional(v.array(v.string()), []);
const manifestSchema = v.object({
  permissions: names,
  optional_permissions: names,
  host_permissions: names,
  optional_host_permissions: names,
  browser_specific_settings: v.optional(
    v.object({
      gecko: v.object({ data_collection_permissions: v.object({ required: names, optional: names }) }),
    }),
  ),
});

function readManifest(folder: string): v.InferOutput<typeof manifestSchema> {
  return v.parse(manifestSchema, JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')));
}

function read(name: string): string {
  return readFileSync(join(root, 'store', name), 'utf8');
}

/** As the titles name them: `sidePanel (Chrome, Edge)`, `notifications (optional)`. */
function titlesOf(folder: string): string[] {
  const chrome = readManifest(extensionPaths.chromium);
  const firefox = readManifest(extensionPaths.firefox);
  const everywhere = (name: string) =>
    chrome.permissions.includes(name) && firefox.permissions.includes(name);
  const alone = folder === extensionPaths.firefox ? 'Firefox' : 'Chrome, Edge';
  const { permissions, host_permissions, optional_permissions, optional_host_permissions } =
    readManifest(folder);
  return [
    ...permissions.map((name) => (everywhere(name) ? name : `${name} (${alone})`)),
    ...host_permissions,
    ...[...optional_permissions, ...optional_host_permissions].map((name) => `${name} (optional)`),
  ];
}

test('each permission of each browser has its justification, and none is justified that is not asked for', () => {
  const asked = new Set([...titlesOf(extensionPaths.chromium), ...titlesOf(extensionPaths.firefox)]);
  expect([...readSections(read('permissions.md')).keys()].sort()).toEqual([...asked].sort());
});

test('what is told of data in Firefox is what the manifest declares', () => {
  const declared = readManifest(extensionPaths.firefox).browser_specific_settings?.gecko
    .data_collection_permissions;
  const told = [...read('privacy.md').matchAll(/^\| `(\w+)` \| (required|optional) \|/gm)];
  const kindsOf = (when: string) => told.flatMap(([, kind = '', at]) => (at === when ? [kind] : []));
  expect({ required: kindsOf('required'), optional: kindsOf('optional') }).toEqual(declared);
});
