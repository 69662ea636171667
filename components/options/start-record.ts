/** How far the first run has come, kept so that whoever comes back finds what they have done. */
import { type ReadonlySignal, signal } from '@preact/signals';
import * as v from 'valibot';
import { words, yesNo } from '../../utils/settings/lenient.ts';
import type { Area } from '../../utils/storage/area.ts';

const START_KEY = 'start';

const startRecord = v.object({
  /** The demo call was played. */
  played: yesNo(false),
  /** The address whose connection held when it was tested; empty for none. */
  tested: words(2_000),
  /** A sidebar was open somewhere. */
  opened: yesNo(false),
  /** A line of a real call came. */
  heard: yesNo(false),
});

export type StartRecord = v.InferOutput<typeof startRecord>;

export type StartBook = {
  record: ReadonlySignal<StartRecord>;
  mark(part: Partial<StartRecord>): void;
};

/** Where it cannot be read, nothing was done. */
export async function readStart(area: Area): Promise<StartRecord> {
  const { [START_KEY]: stored } = await area.read([START_KEY]).catch(() => ({ [START_KEY]: undefined }));
  const parsed = v.safeParse(startRecord, stored ?? {});
  return parsed.success ? parsed.output : v.parse(startRecord, {});
}

export function createStartBook(area: Area, initial: StartRecord): StartBook {
  const record = signal(initial);
  return {
    record,
    mark(part) {
      const keys = Object.keys(part) as (keyof StartRecord)[];
      if (keys.every((key) => record.peek()[key] === part[key])) return;
      record.value = { ...record.peek(), ...part };
      // A browser that stores nothing says so beside the settings; the marks then last as long as the page.
      area.write({ [START_KEY]: record.value }).catch(() => {});
    },
  };
}
