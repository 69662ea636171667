/** What `utils/crm/number-reader.ts` has to know of all countries: less than a third of libphonenumber's metadata. */
import metadata from 'libphonenumber-js/metadata.min.json';
import * as v from 'valibot';
import type { PhonePlan } from '../../utils/crm/phone-plan.ts';

/** A plan as libphonenumber-js 1.13 packs it (its `METADATA.md`): by place, with a 0 for nothing. */
const pattern = v.optional(v.union([v.string(), v.literal(0)]));
const packed = v.object({
  0: v.string(),
  1: pattern,
  2: v.string(),
  3: v.array(v.number()),
  5: pattern,
  7: pattern,
  8: pattern,
  10: pattern,
  11: v.optional(v.union([v.array(v.union([v.looseObject({ 0: v.string() }), v.literal(0)])), v.literal(0)])),
});

/** Those that share a calling code stand in the order in which they are asked whose a number is. */
export const phonePlans: readonly PhonePlan[] = [
  ...Object.values(metadata.country_calling_codes)
    .flat()
    .map((country) => unpack(country, metadata.countries[country])),
  ...Object.values(metadata.nonGeographic).map((plan) => unpack('', plan)),
];

function unpack(country: string, plan: unknown): PhonePlan {
  const said = v.parse(packed, { ...(plan as object) });
  const kinds = (said[11] || []).flatMap((kind) => (kind === 0 || kind[0] === '' ? [] : [kind[0]]));
  return [
    country,
    said[0],
    said[1] || '',
    said[2],
    said[3],
    said[7] || said[5] || '',
    said[8] || '',
    said[10] || '',
    [...new Set(kinds)].join('|'),
  ];
}
