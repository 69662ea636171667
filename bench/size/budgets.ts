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
    'assets/options.css': 5_400,
    'assets/preferences-store.css': 850,
    'assets/sidebar.css': 4_900,
    'background.js': 37_500,
    'chunks/help.js': 29_500,
    'chunks/options.js': 35_000,
    'chunks/ports.js': 52_000,
    'chunks/preferences-store.js': 18_500,
    'chunks/sidebar.js': 33_000,
    'chunks/topics.js': 450,
    'content-scripts/overlay.js': 17_500,
    'help.html': 400,
    'managed-schema.json': 2_400,
    'manifest.json': 650,
    'options.html': 450,
    'sidebar.html': 450,
  },
  zip: 240_000,
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
