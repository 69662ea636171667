/** A part of a storage area that looks like an area of its own: its keys stand in the area under a prefix. */
import type { Area } from './area.ts';

/** No prefix may be the beginning of another. */
export function scopedArea(area: Area, prefix: string): Area {
  return {
    async read(keys) {
      const values = await area.read(keys?.map((key) => prefix + key));
      const own = Object.entries(values).filter(([key]) => key.startsWith(prefix));
      return Object.fromEntries(own.map(([key, value]) => [key.slice(prefix.length), value]));
    },
    write: (values) =>
      area.write(Object.fromEntries(Object.entries(values).map(([key, value]) => [prefix + key, value]))),
    remove: (keys) => area.remove(keys.map((key) => prefix + key)),
  };
}
