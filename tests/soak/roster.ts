/** Everybody who may listen in a soak, and the configuration that says so, which changes all the time. */
import { hashToken } from '../../relay/access/authenticate.ts';
import type { CallsAllowed } from '../../relay/stream/rules.ts';
import { isAllowed, NUMBERS } from './soak-call.ts';

/**
 * `steady`: what they see never changes, and all of it must arrive. `turning`: their rules change from one version to
 * the next. `revoked`: their token is taken away in one version and given back in another.
 */
type Kind = 'steady' | 'turning' | 'revoked';
export type Member = {
  name: string;
  token: string;
  kind: Kind;
  callsAt(version: number): CallsAllowed | undefined;
};

type Version = { fromMs: number; version: number };

const ofNumber = (index: number): CallsAllowed => [
  { field: 'dest_number', in: [NUMBERS[index % NUMBERS.length] ?? NUMBERS[0]] },
];

function member(kind: Kind, name: string, callsAt: Member['callsAt']): Member {
  return { kind, name, token: `esh_soak-${name}`, callsAt };
}

/** Whose events are the measure of everybody else's. */
export const REFERENCE = member('steady', 'reference', () => 'all');
/** Who only connect, read nothing, or talk nonsense. */
export const STALLED = member('steady', 'stalled', () => 'all');
export const NOISY = member('steady', 'noisy', () => []);

export function createMembers(): Member[] {
  const some = (count: number, make: (index: number) => Member) =>
    Array.from({ length: count }, (_, i) => make(i));
  return [
    ...some(3, (i) => member('steady', `all-${i}`, () => 'all')),
    ...some(8, (i) => member('steady', `one-${i}`, () => ofNumber(i))),
    ...some(2, (i) =>
      member('steady', `two-${i}`, () => [
        { field: 'destNumber', in: [NUMBERS[i], NUMBERS[i + 1]].flatMap((number) => number ?? []) },
        { field: 'Dest Number', in: ['none of these'] },
      ]),
    ),
    member('steady', 'star', () => [{ field: 'dest_number', match: '200*' }]),
    member('steady', 'nothing', () => []),
    ...some(6, (i) => member('turning', `turning-${i}`, (version) => ofNumber(version + i))),
    member('turning', 'all-or-nothing', (version) => (version % 2 === 0 ? 'all' : [])),
    ...some(4, (i) =>
      member('revoked', `revoked-${i}`, (version) => ((version + i) % 3 === 0 ? undefined : ofNumber(i))),
    ),
  ];
}

/** The "agents" of the configuration in its `version`. */
export function agentsAt(members: readonly Member[], version: number): object[] {
  return members.flatMap(({ name, token, callsAt }) => {
    const calls = callsAt(version);
    return calls === undefined ? [] : [{ name, tokenSha256: hashToken(token), calls }];
  });
}

/** When each version of the configuration was written, and what follows from it. Times by one clock, in ms. */
export function createHistory(nowMs: number) {
  const versions: Version[] = [{ fromMs: nowMs, version: 0 }];

  /** Those in force at some time from `sinceMs` on. */
  function since(sinceMs: number): Version[] {
    return versions.filter(
      (_, index) => (versions[index + 1]?.fromMs ?? Number.POSITIVE_INFINITY) >= sinceMs,
    );
  }

  return {
    latest: () => versions.at(-1)?.version ?? 0,
    /** Written now. */
    add: (version: number, atMs: number) => void versions.push({ version, fromMs: atMs }),
    /**
     * For how long no version has allowed it: 0 if the latest does; undefined if none of the last `reachMs` did.
     * `number`: undefined asks only whether the member had a token.
     */
    staleMs(who: Member, number: string | undefined, atMs: number, reachMs: number): number | undefined {
      const recent = since(atMs - reachMs);
      for (let index = recent.length - 1; index >= 0; index -= 1) {
        const calls = who.callsAt(recent[index]?.version ?? 0);
        if (calls === undefined || (number !== undefined && !isAllowed(calls, number))) continue;
        const endMs = recent[index + 1]?.fromMs;
        return endMs === undefined ? 0 : atMs - endMs;
      }
      return undefined;
    },
  };
}
export type History = ReturnType<typeof createHistory>;
