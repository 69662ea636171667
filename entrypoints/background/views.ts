/** What was being read on each surface, so that a reload, a worker's death and a move go on where the agent was. */
import * as v from 'valibot';
import { type View, view } from '../../utils/messaging/surface.ts';
import type { Area } from '../../utils/storage/area.ts';
import { createBatch } from './batch.ts';

export type Views = {
  ready: Promise<void>;
  get(place: string): View | undefined;
  put(place: string, view: View): void;
  drop(place: string): void;
  /** Forgets what was read and searched for everywhere, but not how the sidebars lie. */
  forgetReading(): Promise<void>;
};

const KEY = 'views';
const WRITE_EVERY_MS = 500;
/** Far more than tabs anybody has the sidebar open in; the oldest goes first. */
const MAX_VIEWS = 200;
const stored = v.array(v.tuple([v.string(), view]));

/** The place of an overlay; the other surfaces are their own. */
export function tabPlace(tabId: number): string {
  return `tab ${tabId}`;
}

export function createViews(area: Area, setTimer: (run: () => void, ms: number) => unknown): Views {
  const views = new Map<string, View>();
  /** Dropped before the storage was read. */
  let dropped: Set<string> | undefined = new Set();
  const writeSoon = createBatch(setTimer, WRITE_EVERY_MS, write);

  async function load(): Promise<void> {
    const values = await area.read([KEY]).catch((): Record<string, unknown> => ({}));
    const read = v.safeParse(stored, values[KEY]);
    for (const [place, known] of read.success ? read.output : []) {
      if (!views.has(place) && !dropped?.has(place)) views.set(place, known);
    }
    if (dropped !== undefined && dropped.size > 0) writeSoon();
    dropped = undefined;
  }

  /** Without room it is kept in memory alone. */
  async function write(): Promise<void> {
    await area.write({ [KEY]: [...views] }).catch(() => {});
  }

  return {
    ready: load(),
    get: (place) => views.get(place),
    put(place, next) {
      views.delete(place);
      views.set(place, next);
      const [oldest] = views.keys();
      if (views.size > MAX_VIEWS && oldest !== undefined) views.delete(oldest);
      writeSoon();
    },
    async forgetReading() {
      for (const [place, { collapsed }] of views) views.set(place, { mode: 'record', collapsed });
      await write();
    },
    drop(place) {
      dropped?.add(place);
      if (views.delete(place)) writeSoon();
    },
  };
}
