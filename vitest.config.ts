import { configDefaults, defineConfig, type TestProjectInlineConfiguration } from 'vitest/config';
import type { BrowserName } from './demo/launcher/driven-browser.ts';

const jsx = { oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } } } as const;

/** Puppeteer's words, vitest's own, and those of `sidebarFrame` for a frame that puppeteer lost. */
const NO_ANSWER =
  /Waiting (?:failed|for)|timed out|timeout exceeded|Navigation timeout|Protocol error|Target closed|detached Frame|has no worker|No sidebar came up/i;

/** Takes three servers a test. */
const CLUSTERED = 'tests/contract/bus-nats-cluster.test.ts';

/** These look at both browsers in one run. */
const OF_BOTH = ['editors', 'manifest', 'store'].map((name) => `tests/e2e/${name}.test.ts`);

/** What one browser alone is tested for stands in `*.chromium.test.ts` and `*.firefox.test.ts`. */
function browserProject(
  name: string,
  browser: BrowserName,
  others: readonly string[],
): TestProjectInlineConfiguration {
  return {
    test: {
      name,
      include: ['tests/e2e/**/*.test.ts'],
      exclude: [...configDefaults.exclude, ...others],
      env: { EARSHOT_TESTED_BROWSER: browser },
      testTimeout: 120_000,
      hookTimeout: 120_000,
      fileParallelism: false,
      // A browser that does not answer in time is asked once more, and the report says so; a wrong answer counts.
      retry: { count: 1, condition: NO_ANSWER },
    },
  };
}

export default defineConfig({
  test: {
    reporters: ['verbose', './tests/secrecy/kept-output.ts'],
    projects: [
      {
        ...jsx,
        test: {
          name: 'unit',
          include: [
            'tests/unit/**/*.test.{ts,tsx}',
            'tests/contract/**/*.test.ts',
            'tests/{architecture,help,locales}.test.ts',
          ],
          exclude: [...configDefaults.exclude, CLUSTERED],
          testTimeout: 30_000,
        },
      },
      browserProject('e2e', 'chromium', ['**/*.firefox.test.ts']),
      browserProject('firefox', 'firefox', ['**/*.chromium.test.ts', ...OF_BOTH]),
      {
        test: {
          name: 'recipes',
          include: ['tests/recipes/*.test.ts'],
          globalSetup: 'tests/recipes/prepare.ts',
          // What is waited for at the same time: every proxy's idle minutes.
          maxConcurrency: 10,
          maxWorkers: 3,
          testTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'cluster',
          include: ['tests/cluster/*.test.ts', CLUSTERED],
          fileParallelism: false,
          testTimeout: 180_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'packages',
          include: ['tests/packages/*.test.ts'],
          testTimeout: 120_000,
          hookTimeout: 300_000,
        },
      },
    ],
  },
});
