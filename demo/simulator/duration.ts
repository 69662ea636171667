const unitsMs: Record<string, number> = { s: 1_000, m: 60_000, h: 3_600_000 };

/** `90s`, `30m`, `2h` → milliseconds; `undefined` for anything else, nothing and zero. */
export function parseDuration(text: string): number | undefined {
  const [, count, unit = ''] = /^(\d{1,9}(?:\.\d{1,3})?)([smh])$/.exec(text) ?? [];
  const ms = Number(count) * (unitsMs[unit] ?? Number.NaN);
  return ms > 0 ? ms : undefined;
}
