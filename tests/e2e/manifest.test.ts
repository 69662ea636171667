/** What the built extension may do: no more than the toggle needs. */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { extensionPaths } from './tested-browser.ts';

const manifest = readManifest(extensionPaths.chromium);

function readManifest(folder: string) {
  return JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8'));
}

function code(): string {
  const files = readdirSync(extensionPaths.chromium, { recursive: true, withFileTypes: true });
  return files
    .filter((file) => file.isFile() && file.name.endsWith('.js'))
    .map((file) => readFileSync(join(file.parentPath, file.name), 'utf8'))
    .join('\n');
}

/** The code of a script and of everything it imports. */
function codeFrom(folder: string, script: string): string {
  const seen = new Set([script]);
  for (const file of seen) {
    const text = readFileSync(join(folder, file), 'utf8');
    for (const [, path = ''] of text.matchAll(/\bfrom\s*["']([^"']+\.js)["']/g))
      seen.add(join(dirname(file), path));
  }
  return [...seen].map((file) => readFileSync(join(folder, file), 'utf8')).join('\n');
}

/** How each permission shows in the code that uses it. */
const uses: Record<string, RegExp> = {
  activeTab: /action\.onClicked/,
  scripting: /scripting\.executeScript/,
  storage: /\.storage\b/,
  alarms: /alarms\.create/,
  contextMenus: /contextMenus\.create/,
  sidePanel: /sidePanel\.open/,
};

describe('the built manifest', () => {
  test.each([
    ['Chromium', extensionPaths.chromium],
    ['Firefox', extensionPaths.firefox],
  ])('asks for no host at install in %s, and injects nothing by itself', (_browser, folder) => {
    const built = readManifest(folder);
    expect(built.manifest_version).toBe(3);
    expect(built).not.toHaveProperty('host_permissions');
    expect(built).not.toHaveProperty('content_scripts');
    expect(built.optional_host_permissions).toEqual(['https://*/*', 'http://*/*']);
  });

  test('asks later for the sites that the agent names, and gives them back', () => {
    expect(code()).toMatch(/permissions\.request\(\{\s*origins:/);
    expect(code()).toMatch(/permissions\.remove\(\{\s*origins:/);
  });

  test.each(manifest.permissions as string[])('uses the permission %s', (permission) => {
    expect(uses[permission], `${permission} must be shown to be used`).toBeDefined();
    expect(uses[permission]?.test(code()), `${permission} is asked for and not used`).toBe(true);
  });

  test('asks for nothing that an installation would have to grant, and for notifications only later', () => {
    // Of these none shows a warning: https://developer.chrome.com/docs/extensions/reference/permissions-list
    const silent = ['activeTab', 'scripting', 'storage', 'alarms', 'contextMenus', 'sidePanel'];
    expect(manifest.permissions.filter((name: string) => !silent.includes(name))).toEqual([]);
    expect(manifest.optional_permissions).toEqual(['notifications']);
    expect(code()).toMatch(/notifications\.create/);
  });

  test('opens one page to the web, under an address that changes with every session', () => {
    expect(manifest.web_accessible_resources).toEqual([
      { resources: ['sidebar.html'], matches: ['<all_urls>'], use_dynamic_url: true },
    ]);
  });

  test.each([
    ['Chromium', extensionPaths.chromium],
    ['Firefox', extensionPaths.firefox],
  ])(
    'runs its background in %s as a module, with nothing of the pages and nothing that is imported later',
    (_browser, folder) => {
      expect(readManifest(folder).background.type).toBe('module');
      const background = codeFrom(folder, 'background.js');
      expect(background).toMatch(/onConnect\.addListener/);
      expect(background).not.toMatch(/\bimport\(/);
      // What Preact cannot do without.
      expect(background).not.toContain('createElementNS');
      expect(codeFrom(folder, 'content-scripts/overlay.js')).not.toMatch(/\bimport\b/);
    },
  );

  test('runs only its own scripts, and no text becomes one', () => {
    expect(manifest.content_security_policy.extension_pages).toBe("script-src 'self'; object-src 'none'");
    expect(/\beval\(|new Function\(/.test(code())).toBe(false);
  });
});
