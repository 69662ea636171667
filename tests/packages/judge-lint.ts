/** What Mozilla's linter finds, held against what is explained. */
import * as v from 'valibot';

const message = v.object({
  _type: v.picklist(['error', 'warning', 'notice']),
  code: v.string(),
  message: v.string(),
  file: v.optional(v.nullable(v.string()), null),
});
const report = v.object({
  errors: v.array(message),
  warnings: v.array(message),
  notices: v.array(message),
});

/** A finding that stays, with the reason why. */
export type Explanation = {
  code: string;
  /** Without the hash that changes with what is in the file. */
  file: string;
  /** How many of them there are: one more is looked at. */
  count: number;
  reason: string;
};

const HASH = /-[\w-]{8}(?=\.(?:js|css)$)/;

/**
 * A sentence for each finding that nobody explained, for more or fewer of them than was explained, and for every
 * error, which nothing explains. `json` as `--output json` writes it; throws where it is anything else.
 */
export function judgeLint(json: unknown, explanations: readonly Explanation[]): string[] {
  const { errors, warnings, notices } = v.parse(report, json);
  const found = new Map<string, { count: number; said: string }>();
  for (const one of [...warnings, ...notices]) {
    const key = keyOf(one.code, (one.file ?? '').replace(HASH, ''));
    found.set(key, { count: (found.get(key)?.count ?? 0) + 1, said: one.message });
  }
  const explained = new Map(explanations.map(({ code, file, count }) => [keyOf(code, file), count]));
  return [
    ...errors.map(({ code, message: said }) => `error ${code}: ${said}`),
    ...[...found].flatMap(([key, { count, said }]) =>
      count === explained.get(key) ? [] : [`${key}, ${count} times, is not explained: ${said}`],
    ),
    ...[...explained.keys()]
      .filter((key) => !found.has(key))
      .map((key) => `${key} is explained, and is gone.`),
  ];
}

function keyOf(code: string, file: string): string {
  return file === '' ? code : `${code} in ${file}`;
}
