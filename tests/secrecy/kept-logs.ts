/** Everything that a relay logs in any test is kept in files, for `npm run secrecy` to look through when all have run. */
import { appendFileSync, mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';

export const KEPT = resolve(import.meta.dirname, '../out/kept');

/** A stream for pino, or for a process's output: keeps every text and hands it on. `kind` names the file. */
export function keptLog(onText: (text: string) => void = () => {}, kind: 'relay' | 'console' = 'relay') {
  mkdirSync(KEPT, { recursive: true });
  const path = join(KEPT, `${kind}-${process.pid}.log`);
  return {
    write(text: string): void {
      appendFileSync(path, text);
      onText(text);
    },
  };
}
