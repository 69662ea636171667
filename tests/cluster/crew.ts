/** The agents of the cluster: most see every call, some those of one number only. */
import { hashToken } from '../../relay/access/authenticate.ts';
import type { CallsAllowed } from '../../relay/stream/rules.ts';
import { NUMBERS } from '../soak/soak-call.ts';
import { EVERYONE } from './numbered-line.ts';

export type Member = { name: string; token: string; calls: CallsAllowed };

const WITH_RULES = 0.2;

/** Each with a token of their own. */
export function createCrew(size: number): Member[] {
  const withRules = Math.floor(size * WITH_RULES);
  return Array.from({ length: size }, (_, index) => {
    const name = `agent-${index + 1}`;
    const token = `esh_cluster-${name}`;
    if (index >= withRules) return { name, token, calls: 'all' };
    const number = NUMBERS[index % NUMBERS.length] ?? NUMBERS[0];
    return { name, token, calls: [{ field: 'dest_number', in: [number, EVERYONE] }] };
  });
}

/** As the relays' configuration names them. */
export function describeCrew(crew: readonly Member[]): object[] {
  return crew.map(({ name, token, calls }) => ({ name, tokenSha256: hashToken(token), calls }));
}
