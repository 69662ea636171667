/** How long the main thread of a page's process has worked: its processor time, so that other processes cost it nothing. */
import type { Page } from 'puppeteer-core';

/** Ms in tasks while something went on, and how long it did. */
export type ThreadWork = { workMs: number; tookMs: number };

export type ThreadTime = { during(work: () => Promise<void>): Promise<ThreadWork> };

const MS_A_SECOND = 1_000;

export async function watchThread(page: Page): Promise<ThreadTime> {
  const session = await page.createCDPSession();
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });

  async function inTasksMs(): Promise<number> {
    const { metrics } = await session.send('Performance.getMetrics');
    const tasks = metrics.find(({ name }) => name === 'TaskDuration');
    if (tasks === undefined) throw new Error('the browser does not tell how long a page has worked');
    return tasks.value * MS_A_SECOND;
  }

  return {
    async during(work) {
      const [fromMs, from] = [await inTasksMs(), performance.now()];
      await work();
      return { workMs: (await inTasksMs()) - fromMs, tookMs: performance.now() - from };
    },
  };
}
