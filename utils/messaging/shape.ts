/**
 * What a message may look like, as data: for the script in a page, which has to be small. The data are made from the
 * messages' schemas while the extension is built (`build/values`), and a value is read as its schema would read it.
 */
export type Shape =
  | { is: 'boolean' }
  | { is: 'string'; maxLength?: number }
  | { is: 'number'; min?: number; max?: number }
  | { is: 'one-of'; values: readonly unknown[] }
  /** May be missing; then it is `otherwise`, where there is one. */
  | { is: 'optional'; shape: Shape; otherwise?: unknown }
  | ObjectShape
  /** The first whose own value of `key` fits is the one it has to be. */
  | { is: 'variant'; key: string; shapes: readonly ObjectShape[] };

export type ObjectShape = { is: 'object'; entries: Readonly<Record<string, Shape>> };

/** What was read, without what the shape does not name; `undefined` where it is something else. */
export function readShape(shape: Shape, value: unknown): { read: unknown } | undefined {
  switch (shape.is) {
    case 'object':
      return readObject(shape, value);
    case 'variant': {
      const { key } = shape;
      const own = shape.shapes.find(({ entries }) => {
        const wanted = entries[key];
        return wanted !== undefined && isObject(value) && readShape(wanted, value[key]) !== undefined;
      });
      return own && readObject(own, value);
    }
    case 'optional':
      if (value !== undefined) return readShape(shape.shape, value);
      return { read: shape.otherwise };
    default:
      return isSimple(shape, value) ? { read: value } : undefined;
  }
}

type SimpleShape = Extract<Shape, { is: 'boolean' | 'string' | 'number' | 'one-of' }>;

function isSimple(shape: SimpleShape, value: unknown): boolean {
  switch (shape.is) {
    case 'boolean':
      return typeof value === 'boolean';
    case 'string':
      return typeof value === 'string' && value.length <= (shape.maxLength ?? Infinity);
    case 'number':
      return (
        typeof value === 'number' && value >= (shape.min ?? -Infinity) && value <= (shape.max ?? Infinity)
      );
    case 'one-of':
      return shape.values.includes(value);
  }
}

function readObject({ entries }: ObjectShape, value: unknown): { read: unknown } | undefined {
  if (!isObject(value)) return undefined;
  const read: Record<string, unknown> = {};
  for (const [key, shape] of Object.entries(entries)) {
    const found = readShape(shape, value[key]);
    if (found === undefined) return undefined;
    if (key in value || found.read !== undefined) read[key] = found.read;
  }
  return { read };
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
