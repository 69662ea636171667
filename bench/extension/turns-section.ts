/** What is in a CRM page with and without Earshot, as a part of the bench. */
import type { Section } from '../section.ts';
import type { PageContents } from './page-contents.ts';
import type { PageTurns } from './page-turns.ts';

const MAX_SCRIPT_KB = 15;
const BYTES_A_KB = 1_000;

const titles: Record<keyof PageTurns, string> = {
  without: 'without Earshot',
  off: 'sidebar off',
  on: 'sidebar on',
  offAgain: 'turned off again',
};

export function turnsSection(turns: PageTurns): Section {
  const { without, off, on, offAgain } = turns;
  const nothingMore = { unit: '×', limit: { atMost: 1 } } as const;
  const ratios = {
    'page.off.contents': contents(off) / contents(without),
    'page.offAgain.nodes': (offAgain.nodes + offAgain.frames) / (off.nodes + off.frames),
    'page.offAgain.html': offAgain.htmlLength / off.htmlLength,
    'page.offAgain.listeners': offAgain.listeners / off.listeners,
  };
  return {
    tables: [{ title: 'What is in a CRM page that is not the page’s own', rows: rowsOf(turns) }],
    ratios,
    figures: {
      'page.off.scriptBytes': off.scriptBytes,
      'page.on.scriptBytes': on.scriptBytes,
      'page.on.scriptGzipBytes': on.scriptGzipBytes,
      'page.on.nodes': on.nodes - off.nodes,
      'page.on.frames': on.frames - off.frames,
      'page.on.listeners': on.listeners - off.listeners,
    },
    goals: [
      {
        what: 'scripts in the page, sidebar off',
        value: off.scriptBytes,
        unit: 'bytes',
        limit: { atMost: 0 },
      },
      {
        what: 'nodes, frames, listeners, worlds and requests, sidebar off, to a page without Earshot',
        value: ratios['page.off.contents'],
        ...nothingMore,
      },
      {
        what: 'content script, gzip, as the browser parsed it',
        value: on.scriptGzipBytes / BYTES_A_KB,
        unit: 'kB',
        limit: { atMost: MAX_SCRIPT_KB },
      },
      {
        what: 'nodes and frames, turned off again, to before',
        value: ratios['page.offAgain.nodes'],
        ...nothingMore,
      },
      {
        what: 'listeners, turned off again, to before',
        value: ratios['page.offAgain.listeners'],
        ...nothingMore,
      },
    ],
  };
}

function contents({ nodes, frames, listeners, worlds, requests }: PageContents): number {
  return nodes + frames + listeners + worlds + requests;
}

function rowsOf(turns: PageTurns): string[][] {
  const head = [
    'page',
    'script bytes',
    'gzip',
    'requests',
    'worlds',
    'nodes, all',
    'frames',
    'listeners, all',
    'HTML, all',
  ];
  const rows = (Object.keys(titles) as (keyof PageTurns)[]).map((turn) => {
    const { scriptBytes, scriptGzipBytes, requests, worlds, nodes, frames, listeners, htmlLength } =
      turns[turn];
    const figures = [scriptBytes, scriptGzipBytes, requests, worlds, nodes, frames, listeners, htmlLength];
    return [titles[turn], ...figures.map(String)];
  });
  return [head, ...rows];
}
