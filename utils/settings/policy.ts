/**
 * What an administrator sets for everybody by the browser's policies: `locked` holds whatever the agent chose,
 * `defaults` until they choose. Both are keyed like `Settings` and `Preferences`, one flat object for both.
 */
import * as v from 'valibot';
import { words } from './lenient.ts';
import { expectedOf, type PolicyKey, readPart, writtenPart } from './policy-part.ts';
import type { Relay } from './settings.ts';

/** Something in a policy that was left out: where it stands, and what is expected there (empty: nothing is known there). */
export type PolicyProblem = { key: string; expected: string };

export type Policy = {
  /** Who set it, as people there say: shown beside what is locked. */
  organization: string;
  locked: Record<string, unknown>;
  defaults: Record<string, unknown>;
  problems: readonly PolicyProblem[];
};

const policySchema = v.object({
  organization: words(100),
  locked: v.optional(v.unknown()),
  defaults: v.optional(v.unknown()),
});

/** The keys of the managed storage: their change means that the policy changed. */
export const policyKeys: readonly string[] = Object.keys(policySchema.entries);

/** A policy as the browser hands it over; what of it is not understood is left out and told in `problems`. */
export function decodePolicy(managed: unknown): Policy {
  const parsed = v.safeParse(policySchema, managed ?? {});
  if (!parsed.success) return { organization: '', locked: {}, defaults: {}, problems: [] };
  const { organization, ...parts } = parsed.output;
  const [locked, defaults] = [readPart(parts.locked), readPart(parts.defaults)];
  const problems = [
    ...locked.problems.map((place) => problemAt('locked', place)),
    ...defaults.problems.map((place) => problemAt('defaults', place)),
  ];
  return { organization, locked: locked.values, defaults: defaults.values, problems };
}

/** What holds: the policy's defaults, over them what is stored, over that what is locked. */
export function withPolicy(stored: unknown, { locked, defaults }: Policy): Record<string, unknown> {
  const known = typeof stored === 'object' && stored !== null ? stored : {};
  return { ...defaults, ...known, ...locked };
}

/** Whether nobody but the administrator may change this key of the settings or preferences. */
export function isLocked({ locked }: Policy, key: string): boolean {
  return Object.hasOwn(locked, key);
}

/** The token that comes with a relay of the policy, for the address it came with; empty for none. */
export function policyToken({ locked, defaults }: Policy, relay: Relay): string {
  const relays = writtenPart(locked['relays'] ?? defaults['relays']);
  const given = relays.find(({ id, address }) => id === relay.id && address === relay.address);
  return given?.token ?? '';
}

function problemAt(part: 'locked' | 'defaults', place: string): PolicyProblem {
  const name = /^\w+/.exec(place)?.[0] ?? '';
  const expected =
    place === '' ? '{ … }' : Object.hasOwn(expectedOf, name) ? expectedOf[name as PolicyKey] : '';
  return { key: place === '' ? part : `${part}.${place}`, expected };
}
