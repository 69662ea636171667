/** The platform's connection, taken for a few seconds to see what comes. */
import type { UpstreamEnd } from '../upstream/upstream-end.ts';
import { openUpstreamSocket } from '../upstream/upstream-socket.ts';

/** So many frames are enough. */
const MOST_FRAMES = 20;

export type ListenOptions = {
  /** How long the platform may take to answer. */
  answerMs: number;
  /** How long the first frame is waited for, and how long more are taken after it. */
  listenMs: number;
  moreMs: number;
};

export type Heard =
  | { hasOpened: false; end: UpstreamEnd }
  /** `end`: the platform ended it before we did. */
  | { hasOpened: true; frames: readonly string[]; end: UpstreamEnd | undefined };

export function listenToPlatform(
  url: string,
  token: string,
  { answerMs, listenMs, moreMs }: ListenOptions,
): Promise<Heard> {
  return new Promise((resolve) => {
    const frames: string[] = [];
    let hasOpened = false;
    let ownEnd: 'timeout' | 'enough' | undefined;
    const enough = () => {
      ownEnd = 'enough';
      socket.close();
    };
    let timer = setTimeout(() => {
      ownEnd = 'timeout';
      socket.cut();
    }, answerMs);
    const waitFor = (delayMs: number) => {
      clearTimeout(timer);
      timer = setTimeout(enough, delayMs);
    };

    const socket = openUpstreamSocket(url, token, {
      onOpen() {
        hasOpened = true;
        waitFor(listenMs);
      },
      onFrame(text) {
        if (ownEnd !== undefined) return;
        frames.push(text);
        if (frames.length === 1) waitFor(moreMs);
        if (frames.length === MOST_FRAMES) enough();
      },
      onPong: () => {},
      onEnd(end) {
        clearTimeout(timer);
        if (hasOpened) resolve({ hasOpened, frames, end: ownEnd === undefined ? end : undefined });
        else resolve({ hasOpened, end: ownEnd === 'timeout' ? { kind: 'timeout' } : end });
      },
    });
  });
}
