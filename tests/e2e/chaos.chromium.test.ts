/** Every fault of `npm run chaos` once, in a fixed order: no line is lost, doubled, or out of order. */
import { expect, test } from 'vitest';
import { faultNames } from '../chaos/faults/registry.ts';
import { runChaos } from '../chaos/run-chaos.ts';

const SEED = 1;

test('every fault once: what the platform sent is on screen once and in order, or a gap says so', {
  timeout: 300_000,
}, async () => {
  const report = await runChaos({
    minutes: 0,
    seed: SEED,
    only: faultNames,
    pauseMs: [100, 600],
    say: console.log,
  });
  for (const example of report.examples) console.log(example);
  for (const name of faultNames) expect(report.faults[name], name).toBeGreaterThan(0);
  expect(report.sent).toBeGreaterThan(10_000);
  expect(report).toMatchObject({ lost: 0, duplicated: 0, outOfOrder: 0 });
  // Relays died and platforms were dropped: what could not be had again was said.
  expect(report.gapsShown).toBeGreaterThan(0);
});
