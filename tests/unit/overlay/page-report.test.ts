import { expect, test } from 'vitest';
import { createPageReport } from '../../../entrypoints/overlay.content/page-report.ts';
import type { PageRecord } from '../../../utils/messaging/surface.ts';

function setUp() {
  const world = { ms: 0, hidden: false, title: 'one', readingMs: 1, readings: 0 };
  const posted: PageRecord[] = [];
  const idle: (() => void)[] = [];
  const report = createPageReport({
    read() {
      world.readings += 1;
      world.ms += world.readingMs;
      return { title: world.title, numbers: [] };
    },
    post: (page) => posted.push(page),
    isHidden: () => world.hidden,
    whenIdle: (run) => idle.push(run),
    nowMs: () => world.ms,
  });
  const beIdle = () => idle.splice(0).forEach((run) => void run());
  return { world, posted, report, idle, beIdle };
}

test('reads the page at the first beat, when it is idle', () => {
  const { report, posted, beIdle, world } = setUp();
  report.beat();
  expect(world.readings).toBe(0);
  beIdle();
  expect(posted).toEqual([{ title: 'one', numbers: [] }]);
});

test('reads again only after a touch, and posts only what changed', () => {
  const { report, posted, beIdle, world } = setUp();
  for (let beats = 0; beats < 5; beats += 1) {
    world.ms += 1_000;
    report.beat();
    beIdle();
  }
  expect(world.readings).toBe(1);
  report.touched();
  world.ms += 1_000;
  report.beat();
  beIdle();
  expect([world.readings, posted.length]).toEqual([2, 1]);
  world.title = 'two';
  report.touched();
  world.ms += 1_000;
  report.beat();
  beIdle();
  expect(posted.at(-1)).toEqual({ title: 'two', numbers: [] });
});

test('many touches and beats before the page is idle are one reading', () => {
  const { report, idle, world } = setUp();
  for (let beats = 0; beats < 5; beats += 1) {
    report.touched();
    report.beat();
  }
  expect([idle.length, world.readings]).toEqual([1, 0]);
});

test('reads nothing in a hidden tab, and catches up when it is shown', () => {
  const { report, posted, beIdle, world } = setUp();
  world.hidden = true;
  report.beat();
  beIdle();
  world.hidden = false;
  report.beat();
  world.hidden = true;
  beIdle();
  expect(world.readings).toBe(0);
  world.hidden = false;
  report.beat();
  beIdle();
  expect(posted).toHaveLength(1);
});

test('a page that is slow to read is read less often', () => {
  const { report, beIdle, world } = setUp();
  world.readingMs = 20;
  const beat = () => {
    report.touched();
    report.beat();
    beIdle();
  };
  for (let beats = 0; beats < 60; beats += 1) {
    beat();
    world.ms += 1_000;
  }
  expect(world.readings).toBeLessThanOrEqual(11);
  expect(world.readings).toBeGreaterThanOrEqual(9);
});
