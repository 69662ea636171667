/** Looks after the platform's token while the relay runs: when its file changes, and when it ends. */
import { readFileSync } from 'node:fs';
import type { Clock } from '../clock.ts';
import type { PlatformTokenSource } from '../config/config.ts';
import { watchFile } from '../config/file-watch.ts';
import { createExpiryWarnings, type TellExpiry } from './expiry-warnings.ts';
import { checkPlatformToken } from './platform-token.ts';

export type PlatformTokenWatchHooks = {
  /** The file holds something else than before. */
  onChange: () => void;
  /** Told once until it can be read again. The error's code, such as ENOENT. */
  onUnreadable: (reason: string) => void;
  /** When the newest token ends, ms since 1970: at the start and after each change. */
  onExpiry: (expiresAtMs: number | undefined) => void;
  /** It ends soon, or has ended. */
  onExpiring: TellExpiry;
};

/** A token in the file counts from the moment it stands there, though a connection may still stand on the one before. */
export function watchPlatformToken(
  source: PlatformTokenSource,
  clock: Clock,
  hooks: PlatformTokenWatchHooks,
): { stop(): void } {
  const warnings = createExpiryWarnings(clock, hooks.onExpiring);

  function look(text: string): void {
    const token = checkPlatformToken(text);
    const expiresAtMs = token.ok ? token.expiresAtMs : undefined;
    hooks.onExpiry(expiresAtMs);
    warnings.watch(expiresAtMs);
  }

  if (source.from === 'environment') {
    look(source.token);
    return warnings;
  }
  const known = readOrNothing(source.path);
  look(known);
  const file = watchFile(source.path, known, {
    onText(text) {
      look(text);
      hooks.onChange();
    },
    onUnreadable: hooks.onUnreadable,
  });
  return {
    stop() {
      file.stop();
      warnings.stop();
    },
  };
}

/** Why it cannot be read is told by the watch, which begins right after. */
function readOrNothing(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
