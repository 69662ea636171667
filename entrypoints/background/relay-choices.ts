/** Which relay an agent chose to see in a tab or on a surface; kept in the session storage, and ends with the tab. */
import * as v from 'valibot';
import type { Area } from '../../utils/storage/area.ts';

export type RelayChoices = {
  ready: Promise<void>;
  /** By a place of `views.ts`. */
  get(place: string): string | undefined;
  put(place: string, relayId: string): void;
  drop(place: string): void;
};

const KEY = 'relay-choices';
const stored = v.array(v.tuple([v.string(), v.string()]));

export function createRelayChoices(area: Area): RelayChoices {
  const choices = new Map<string, string>();

  async function load(): Promise<void> {
    const values = await area.read([KEY]).catch((): Record<string, unknown> => ({}));
    const read = v.safeParse(stored, values[KEY]);
    for (const [place, relayId] of read.success ? read.output : []) choices.set(place, relayId);
  }

  /** Without room it is kept in memory alone. */
  async function keep(): Promise<void> {
    await area.write({ [KEY]: [...choices] }).catch(() => {});
  }

  return {
    ready: load(),
    get: (place) => choices.get(place),
    put(place, relayId) {
      choices.set(place, relayId);
      void keep();
    },
    drop(place) {
      if (choices.delete(place)) void keep();
    },
  };
}
