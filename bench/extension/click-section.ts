/** What turning the sidebar on costs a page's main thread, as a part of the bench. */
import { median } from '../percentile.ts';
import type { Mode, Section } from '../section.ts';
import type { Injection } from './injection.ts';

const MAX_SCRIPT_MS = 10;
/** Milliseconds are of the machine: the same script takes 9 ms on one and 13 on another, where the page's own opening takes longer too. */
const HELD_SCRIPT_MS = 20;
const MAX_OF_LOAD = 0.8;
/** On a busy machine the same work takes the processor longer; in the quick bench few clicks have to do. */
const SLACK: Record<Mode, number> = { full: 1, quick: 2 };

const titles: Record<keyof Injection, string> = {
  scriptMs: 'in the content script',
  frameMs: 'making the frame',
  tasksMs: 'in the tasks of both, the script’s world made too',
  allMs: 'all that the click caused, layout and paint too',
  loadMs: 'beside it: opening the page itself',
};

export function clickSection(clicks: readonly Injection[], mode: Mode): Section {
  const of = (what: keyof Injection) => clicks.map((click) => click[what]);
  const scriptMs = median(of('scriptMs'));
  const ofLoad = scriptMs / median(of('loadMs'));
  return {
    tables: [
      {
        title: `Main thread of the page at the click, ms of ${clicks.length} fresh pages`,
        rows: [
          ['time of the processor', 'least', 'median', 'most'],
          ...(Object.keys(titles) as (keyof Injection)[]).map((what) => [
            titles[what],
            ...[Math.min(...of(what)), median(of(what)), Math.max(...of(what))].map((ms) => ms.toFixed(1)),
          ]),
        ],
      },
    ],
    ratios: { 'page.click.scriptOfAll': scriptMs / median(of('allMs')), 'page.click.scriptOfLoad': ofLoad },
    figures: {
      'page.click.scriptMs': scriptMs,
      'page.click.frameMs': median(of('frameMs')),
      'page.click.tasksMs': median(of('tasksMs')),
      'page.click.allMs': median(of('allMs')),
      'page.click.loadMs': median(of('loadMs')),
    },
    goals: [
      {
        what: 'content script, main thread of the page at the click',
        value: scriptMs,
        unit: 'ms',
        limit: { atMost: MAX_SCRIPT_MS * SLACK[mode] },
        held: { atMost: HELD_SCRIPT_MS * SLACK[mode] },
      },
      {
        what: 'the same, to the opening of the page itself',
        value: ofLoad,
        unit: '×',
        limit: { atMost: MAX_OF_LOAD * SLACK[mode] },
      },
    ],
  };
}
