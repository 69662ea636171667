/** The parts of the bench, in the order in which they run: what needs a quiet machine the most comes first. */
import { measureCore } from './core/core-section.ts';
import { measureCost } from './extension/cost-section.ts';
import { measureOpening } from './extension/opening-section.ts';
import { measurePage } from './extension/page-section.ts';
import { measurePaint } from './extension/paint-section.ts';
import type { Measure } from './section.ts';
import { measureSize } from './size/size-section.ts';

export const sections: Readonly<Record<string, Measure>> = {
  paint: measurePaint,
  cost: measureCost,
  opening: measureOpening,
  page: measurePage,
  core: measureCore,
  size: measureSize,
};

/** Parts that open none. */
export const withoutBrowser: ReadonlySet<string> = new Set(['core', 'size']);
