/**
 * What an administrator sets for everybody by the browser's policies: `locked` holds whatever the agent chose,
 * `defaults` until they choose. Both are keyed like `Settings` and `Preferences`, one flat object for both.
 */
import * as v from 'valibot';
import { words } from './lenient.ts';

const part = v.optional(v.fallback(v.record(v.string(), v.unknown()), {}), {});

const policySchema = v.object({
  /** Who set it, as people there say: shown beside what is locked. */
  organization: words(100),
  locked: part,
  defaults: part,
});

export type Policy = v.InferOutput<typeof policySchema>;

/** The keys of the managed storage: their change means that the policy changed. */
export const policyKeys: readonly string[] = Object.keys(policySchema.entries);

/** A policy as the browser hands it over; one that is not understood is none. */
export function decodePolicy(managed: unknown): Policy {
  const parsed = v.safeParse(policySchema, managed ?? {});
  return parsed.success ? parsed.output : v.parse(policySchema, {});
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
