/** A schema of valibot's as data. */
import * as v from 'valibot';
import type { ObjectShape, Shape } from '../utils/messaging/shape.ts';

/** What a schema says of itself, each kind some of it. */
const described = v.object({
  type: v.string(),
  entries: v.optional(v.record(v.string(), v.unknown()), {}),
  options: v.optional(v.array(v.unknown()), []),
  key: v.optional(v.string(), ''),
  literal: v.optional(v.unknown()),
  wrapped: v.optional(v.unknown()),
  default: v.optional(v.unknown()),
  pipe: v.optional(v.array(v.object({ type: v.string(), requirement: v.optional(v.unknown()) })), []),
});

/** Throws for a schema that is made of anything else than `readShape` reads. */
export function shapeOf(schema: unknown): Shape {
  const { type, pipe, ...said } = v.parse(described, schema);
  const limits = Object.fromEntries(
    pipe.slice(1).map((action) => [limitName(type, action.type), action.requirement]),
  );
  switch (type) {
    case 'boolean':
      return { is: 'boolean' };
    case 'string':
    case 'number':
      return { is: type, ...limits };
    case 'literal':
      return { is: 'one-of', values: [said.literal] };
    case 'picklist':
      return { is: 'one-of', values: said.options };
    case 'optional':
      return { is: 'optional', shape: shapeOf(said.wrapped), otherwise: said.default };
    case 'object':
      return objectOf(said.entries);
    case 'variant':
      return { is: 'variant', key: said.key, shapes: said.options.map(objectShapeOf) };
    default:
      throw new TypeError(`A ${type} cannot be read in a page.`);
  }
}

function objectShapeOf(schema: unknown): ObjectShape {
  const shape = shapeOf(schema);
  if (shape.is !== 'object') throw new TypeError('A variant has to be of objects.');
  return shape;
}

function objectOf(entries: Record<string, unknown>): ObjectShape {
  return {
    is: 'object',
    entries: Object.fromEntries(Object.entries(entries).map(([key, schema]) => [key, shapeOf(schema)])),
  };
}

function limitName(type: string, action: string): string {
  if (type === 'string' && action === 'max_length') return 'maxLength';
  if (type === 'number' && action === 'min_value') return 'min';
  if (type === 'number' && action === 'max_value') return 'max';
  throw new TypeError(`A ${type} with ${action} cannot be read in a page.`);
}
