/** What the main thread of a process does, in its processor time: what other processes take does not count. */
import { setTimeout as wait } from 'node:timers/promises';
import type { CDPSession } from 'puppeteer-core';

/** Milliseconds. */
export type Work = { taskMs: number; scriptMs: number; styleMs: number; layoutMs: number };

export type MainThread = {
  /** What it has done since it is watched. */
  done(): Promise<Work>;
  /** Resolves once it has had next to nothing to do for a while. Throws after a minute. */
  rest(): Promise<void>;
};

const LOOK_MS = 400;
/** Work that waits for an idle moment may begin a second after the last. */
const QUIET_LOOKS = 4;
const QUIET_MS = 10;
const PATIENCE_MS = 60_000;

/** `session`: with the page or the frame whose process it is. */
export async function watchMainThread(session: CDPSession): Promise<MainThread> {
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });

  async function done(): Promise<Work> {
    const { metrics } = await session.send('Performance.getMetrics');
    const ms = (wanted: string) => (metrics.find(({ name }) => name === wanted)?.value ?? Number.NaN) * 1_000;
    return {
      taskMs: ms('TaskDuration'),
      scriptMs: ms('ScriptDuration'),
      styleMs: ms('RecalcStyleDuration'),
      layoutMs: ms('LayoutDuration'),
    };
  }

  return {
    done,
    async rest() {
      const giveUpMs = Date.now() + PATIENCE_MS;
      let last = await done();
      for (let quiet = 0; quiet < QUIET_LOOKS; ) {
        if (Date.now() > giveUpMs) throw new Error('the main thread never came to rest');
        await wait(LOOK_MS);
        const now = await done();
        quiet = now.taskMs - last.taskMs < QUIET_MS ? quiet + 1 : 0;
        last = now;
      }
    },
  };
}

/** What it did between the two. */
export function workBetween(before: Work, after: Work): Work {
  return {
    taskMs: after.taskMs - before.taskMs,
    scriptMs: after.scriptMs - before.scriptMs,
    styleMs: after.styleMs - before.styleMs,
    layoutMs: after.layoutMs - before.layoutMs,
  };
}

export function scaleWork({ taskMs, scriptMs, styleMs, layoutMs }: Work, factor: number): Work {
  return {
    taskMs: taskMs * factor,
    scriptMs: scriptMs * factor,
    styleMs: styleMs * factor,
    layoutMs: layoutMs * factor,
  };
}
