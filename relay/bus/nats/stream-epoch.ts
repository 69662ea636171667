/** The epoch of a log, made of the moment at which JetStream created its stream: of one name there are no two alike. */

const NANOS = 9;

/** `created`: as JetStream says it, to the nanosecond, such as `2026-01-02T03:04:05.678901234Z`. */
export function readEpoch(created: string): string {
  const [seconds = '', fraction = ''] = created.replace(/(Z|[+-]\d\d:\d\d)$/, '').split('.');
  const zone = created.slice(seconds.length).replace(/^\.\d+/, '');
  const wholeMs = Date.parse(`${seconds}${zone}`);
  const nanos = BigInt(wholeMs) * 1_000_000n + BigInt(fraction.padEnd(NANOS, '0').slice(0, NANOS));
  return nanos.toString(36);
}
