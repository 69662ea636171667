/** Times as events carry them, to ms since 1970. */

const YEAR_2000_S = 946_684_800;
const SECONDS_END = 1e11; // year 5138 in seconds, March 1973 in milliseconds
const MILLISECONDS_END = 1e14;

/**
 * Seconds, milliseconds or microseconds since 1970 (as a number or in a string), or ISO 8601. A date without a
 * zone is taken as UTC: servers write so, and the platform does not say. Anything before the year 2000
 * (an offset within the call, say) is `undefined`.
 */
export function parseWallTime(value: unknown): number | undefined {
  if (typeof value === 'number') return fromNumber(value);
  if (typeof value !== 'string') return undefined;
  const text = value.trim();
  if (/^\d+(\.\d+)?$/.test(text)) return fromNumber(Number(text));
  const iso =
    /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2}(?:[.,]\d{1,9})?)?)(?:\s*(Z|[+-]\d{2}:?\d{2}))?)?$/i.exec(
      text,
    );
  if (iso === null) return undefined;
  const zone = (iso[3] ?? 'Z').toUpperCase().replace(/^([+-]\d{2})(\d{2})$/, '$1:$2');
  const ms = Date.parse(`${iso[1]}T${(iso[2] ?? '00:00').replace(',', '.')}${zone}`);
  return Number.isNaN(ms) || ms < YEAR_2000_S * 1000 ? undefined : ms;
}

function fromNumber(value: number): number | undefined {
  if (!Number.isFinite(value) || value < YEAR_2000_S) return undefined;
  if (value < SECONDS_END) return Math.round(value * 1000);
  if (value < MILLISECONDS_END) return value < YEAR_2000_S * 1000 ? undefined : Math.round(value);
  return value < MILLISECONDS_END * 1000 ? Math.round(value / 1000) : undefined;
}
