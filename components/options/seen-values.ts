/** The values that events carry where a map says the side stands, or whether the text is final. */
import type { RawEvent } from '../../utils/messaging/options-port.ts';
import {
  type FieldMap,
  MAX_KEY_LENGTH,
  MAX_VALUES,
  type MappableField,
} from '../../utils/transcript/field-map.ts';
import { splitFrame, valueAt } from '../../utils/transcript/map-fields.ts';
import { readFlag, readLeg, wordOf } from '../../utils/transcript/value-words.ts';

export type SeenLeg = { value: string; leg: 'caller' | 'callee' | undefined };
export type SeenFinal = { value: string; isFinal: boolean | undefined };

/** Every value for the side, with what it means by the map, or else by itself. */
export function seenLegs(events: readonly RawEvent[], map: FieldMap): SeenLeg[] {
  return seenValues(events, map, 'leg').map((value) => {
    const plain = readLeg(value);
    const leg = ownOf(map.legValues, value) ?? (plain === 'unknown' ? undefined : plain);
    return { value, leg };
  });
}

/** Those values for whether a text is final that do not say it by themselves, with what they mean by the map. */
export function seenFinals(events: readonly RawEvent[], map: FieldMap): SeenFinal[] {
  return seenValues(events, map, 'final')
    .filter((value) => readFlag(value) === undefined)
    .map((value) => ({ value, isFinal: ownOf(map.finalValues, value) }));
}

function seenValues(events: readonly RawEvent[], { paths }: FieldMap, field: MappableField): string[] {
  const path = paths[field];
  if (path === undefined) return [];
  const seen = events
    .flatMap(({ data }) => splitFrame(data))
    .map((event) => wordOf(valueAt(event, path)) ?? '')
    .filter((word) => word !== '' && word.length <= MAX_KEY_LENGTH);
  return [...new Set(seen)].slice(0, MAX_VALUES);
}

function ownOf<Meaning>(meanings: Readonly<Record<string, Meaning>>, value: string): Meaning | undefined {
  return Object.hasOwn(meanings, value) ? meanings[value] : undefined;
}
