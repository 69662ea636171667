/** A reporter beside vitest's own: keeps what the tests and the code under test print. */
import type { UserConsoleLog } from 'vitest';
import type { Reporter } from 'vitest/node';
import { keptLog } from './kept-logs.ts';

export default class KeptOutput implements Reporter {
  readonly #log = keptLog(undefined, 'console');

  onUserConsoleLog({ content }: UserConsoleLog): void {
    this.#log.write(content);
  }
}
