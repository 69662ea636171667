/** Several browsers at once, so that what is compared stands ready side by side. */
import { type BenchBrowser, openBenchBrowser } from './bench-browser.ts';

/** Closed when the work is over or fails. */
export async function withBenchBrowsers<Result>(
  count: number,
  work: (benches: readonly BenchBrowser[]) => Promise<Result>,
): Promise<Result> {
  const opening = await Promise.allSettled(Array.from({ length: count }, openBenchBrowser));
  const opened = opening.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
  try {
    const failed = opening.find((one) => one.status === 'rejected');
    if (failed !== undefined) throw failed.reason;
    return await work(opened);
  } finally {
    await Promise.all(opened.map((bench) => bench.close()));
  }
}
