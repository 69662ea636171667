/**
 * What each file of the built extension may weigh, and all of them together: more fails `npm run build`. To tighten
 * one is to lower its number.
 */
import { type BuiltFile, zipBytesOf } from './built-files.ts';

export type Budgets = {
  /** Bytes when gzipped, by name without hash. */
  files: Readonly<Record<string, number>>;
  /** Bytes of the zip, without locales and icons. */
  zip: number;
};

export const budgets: Budgets = {
  files: {
    'assets/help.css': 850,
    'assets/jsxRuntime.css': 800,
    'assets/options.css': 5_400,
    'assets/sidebar.css': 4_900,
    'background.js': 17_700,
    'chunks/_virtual_wxt-plugins.js': 9_600,
    'chunks/call-book.js': 3_800,
    'chunks/help.js': 14_400,
    'chunks/jsxRuntime.js': 9_000,
    'chunks/keywords.js': 8_500,
    'chunks/options.js': 32_000,
    'chunks/plain-socket.js': 4_100,
    'chunks/reading-choices.js': 24_750,
    'chunks/sidebar.js': 32_700,
    'chunks/topics.js': 300,
    'content-scripts/overlay.js': 15_000,
    'help.html': 400,
    'managed-schema.json': 2_000,
    'manifest.json': 660,
    'options.html': 450,
    'sidebar.html': 500,
  },
  zip: 187_700,
};

/** What we want to come to; the bench says how near we are. */
export const goals = { contentScript: 15_000, zip: 120_000 };

export const CONTENT_SCRIPT = 'content-scripts/overlay.js';

const WHAT_TO_DO =
  'Make it smaller (npm run bench -- --only size shows every file), or raise its budget in bench/size/budgets.ts and say why.';

/** A sentence for each budget that does not hold: which file, by how much, and what to do. */
export function findFaults(files: readonly BuiltFile[], { files: allowed, zip }: Budgets): string[] {
  const built = new Set(files.map(({ name }) => name));
  const faults = files.flatMap(({ name, gzipBytes }) => {
    const budget = allowed[name];
    if (budget === undefined)
      return [`${name} has no budget. Give it one in bench/size/budgets.ts: it weighs ${bytes(gzipBytes)}.`];
    return gzipBytes > budget ? [tooBig(name, gzipBytes, budget)] : [];
  });
  const missing = Object.keys(allowed)
    .filter((name) => !built.has(name))
    .map((name) => `${name} has a budget and is not built. Take it out of bench/size/budgets.ts.`);
  const zipBytes = zipBytesOf(files);
  const whole = zipBytes > zip ? [tooBig('The whole extension, zipped,', zipBytes, zip)] : [];
  return [...faults, ...missing, ...whole];
}

function tooBig(what: string, weighs: number, budget: number): string {
  const excess = (weighs - budget).toLocaleString('en');
  return `${what} is too big: ${bytes(weighs)}, ${excess} more than its budget. ${WHAT_TO_DO}`;
}

function bytes(count: number): string {
  return `${count.toLocaleString('en')} bytes compressed`;
}
