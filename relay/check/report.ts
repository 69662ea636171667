/** What `check` found, for people as it is found, or for machines at the end. */
import type { Hop } from './hop.ts';

const MARKS = { good: 'ok  ', poor: 'FAIL', unknown: '--  ' } as const satisfies Record<Hop['tone'], string>;

export function describeHop({ hop, stream, tone, text, remedy }: Hop): string {
  const where = stream === undefined ? hop : `${hop} (${stream})`;
  const line = `${MARKS[tone]}  ${where}: ${text}\n`;
  return remedy === undefined || tone === 'good' ? line : `${line}      ${remedy}\n`;
}

export function describeEnd(isWell: boolean): string {
  return isWell ? 'Nothing is wrong.\n' : 'Something needs to be done: see FAIL above.\n';
}

export function describeForMachines(isWell: boolean, hops: readonly Hop[]): string {
  return `${JSON.stringify({ ok: isWell, hops }, undefined, 2)}\n`;
}
