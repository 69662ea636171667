/** Looks for secrets where a proxy may have written: its output, and every file in its folder that we did not write. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';

export type LeakWatch = {
  /** Where one of `secrets` stands: `output`, or the file's name. */
  leaks(output: string, secrets: readonly string[]): string[];
};

/**
 * To be called when `folder` holds what the proxy needs, before it runs. `ownCopy`: where the proxy keeps a copy of its
 * configuration, which may hold secrets as long as nobody but its owner can read it.
 */
export function watchLeaks(folder: string, ownCopy?: string): LeakWatch {
  const ours = new Set(filesIn(folder));
  const isOwnCopy = (file: string) =>
    relative(folder, file) === ownCopy && (statSync(file).mode & 0o077) === 0;
  return {
    leaks(output, secrets) {
      const written = filesIn(folder)
        .filter((file) => !ours.has(file) && !isOwnCopy(file))
        .map((file) => [relative(folder, file), readFileSync(file, 'latin1')] as const);
      return [['output', output] as const, ...written]
        .filter(([, text]) => secrets.some((secret) => text.includes(secret)))
        .map(([name]) => name);
    },
  };
}

function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}
