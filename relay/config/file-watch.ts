/** Notices when a file's content changes, by asking: that works on any file system, through renames and links. */
import { readFile, stat } from 'node:fs/promises';

const POLL_MS = 500;

export type FileWatchHooks = {
  /** The content is another than before; after `readNow` also if it is the same. */
  onText: (text: string) => void;
  /** It cannot be read; told once until it can be again, and after `readNow`. The error's code, such as ENOENT. */
  onUnreadable: (reason: string) => void;
};

type Found = { ok: true; text: string; signature: string } | { ok: false; reason: string };

/** `knownText`: the content that is known already. */
export function watchFile(path: string, knownText: string, hooks: FileWatchHooks) {
  let text = knownText;
  /** What `stat` said when the file was last read; undefined: to be read in any case. */
  let signature: string | undefined;
  let isUnreadable = false;
  let isWanted = false;
  let isLooking = false;
  let isStopped = false;
  let timer: NodeJS.Timeout | undefined;

  /** One look at a time; the next comes a while after, at once if it is wanted. */
  async function look(): Promise<void> {
    if (isLooking) return;
    isLooking = true;
    clearTimeout(timer);
    do {
      const isForced = isWanted;
      isWanted = false;
      const found = await readIfChanged(path, isForced ? undefined : signature);
      if (!isStopped && found !== undefined) tell(found, isForced);
    } while (isWanted && !isStopped);
    isLooking = false;
    if (!isStopped) timer = setTimeout(look, POLL_MS);
  }

  function tell(found: Found, isForced: boolean): void {
    if (!found.ok) {
      signature = undefined;
      if (!isUnreadable || isForced) hooks.onUnreadable(found.reason);
      isUnreadable = true;
      return;
    }
    signature = found.signature;
    isUnreadable = false;
    if (found.text === text && !isForced) return;
    text = found.text;
    hooks.onText(text);
  }

  void look();
  return {
    /** Reads the file now, changed or not. */
    readNow(): void {
      isWanted = true;
      void look();
    },
    stop(): void {
      isStopped = true;
      clearTimeout(timer);
    },
  };
}

/** `undefined`: `stat` says the same as at `signature`. It is asked first, so that a change meanwhile is seen later. */
async function readIfChanged(path: string, signature: string | undefined): Promise<Found | undefined> {
  try {
    const { mtimeMs, size, ino } = await stat(path);
    const found = `${mtimeMs} ${size} ${ino}`;
    return found === signature
      ? undefined
      : { ok: true, text: await readFile(path, 'utf8'), signature: found };
  } catch (error) {
    return { ok: false, reason: error instanceof Error && 'code' in error ? String(error.code) : 'unknown' };
  }
}
