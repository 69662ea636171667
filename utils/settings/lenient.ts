/** Pieces of the settings' schemas: what is missing or not understood takes its default alone, and nothing else is lost with it. */
import * as v from 'valibot';

export function choice<const Options extends readonly [string, ...string[]]>(
  options: Options,
  otherwise: Options[number],
) {
  return v.optional(v.fallback(v.picklist(options), otherwise), otherwise);
}

export function yesNo(otherwise: boolean) {
  return v.optional(v.fallback(v.boolean(), otherwise), otherwise);
}

/** A text of at most `max` characters; empty where it is not. */
export function words(max: number) {
  return v.optional(v.fallback(v.pipe(v.string(), v.maxLength(max)), ''), '');
}

/** Those that are understood, as many as may be. */
export function many<Schema extends v.GenericSchema>(
  schema: Schema,
  max: number,
): v.GenericSchema<unknown[] | undefined, v.InferOutput<Schema>[]> {
  const read = (stored: readonly unknown[]): v.InferOutput<Schema>[] =>
    stored
      .flatMap((one) => {
        const { success, output } = v.safeParse(schema, one);
        return success ? [output] : [];
      })
      .slice(0, max);
  return v.optional(
    v.fallback(v.pipe(v.array(v.unknown()), v.transform<unknown[], v.InferOutput<Schema>[]>(read)), []),
    [],
  );
}
