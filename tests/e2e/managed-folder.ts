/** The folder from which a browser on Linux takes the policies of this computer, and a file of ours in it. */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';

export type PolicyFile = { path: string; write(content: unknown): void; remove(): void };

/** https://www.chromium.org/administrators/linux-quick-start/ and its kin. */
const folders: readonly (readonly [name: RegExp, folder: string])[] = [
  [/firefox/, '/etc/firefox/policies'],
  [/edge/, '/etc/opt/edge/policies/managed'],
  [/chromium/, '/etc/chromium/policies/managed'],
  [/chrome/, '/etc/opt/chrome/policies/managed'],
];

/** Firefox reads one file of a name that is given; the others read every file there is. */
export function policyFileOf(executablePath: string): PolicyFile {
  const name = basename(executablePath);
  const folder = folders.find(([kind]) => kind.test(name))?.[1];
  if (folder === undefined) throw new Error(`Nobody knows where ${name} takes its policies from.`);
  const path = join(folder, name.includes('firefox') ? 'policies.json' : 'earshot-test.json');
  return {
    path,
    write(content) {
      try {
        mkdirSync(folder, { recursive: true });
        writeFileSync(path, JSON.stringify(content));
      } catch (error) {
        throw new Error(
          `Run this test as root, or let yourself write to ${folder}: policies are read there alone.`,
          {
            cause: error,
          },
        );
      }
    },
    remove: () => rmSync(path, { force: true }),
  };
}
