/** How a script's log and lease are called on NATS. */
import { createHash } from 'node:crypto';
import type { Script } from '../bus.ts';

/** Relays of all deployments that share one account of NATS share the bucket of leases. */
export const LEASE_BUCKET = 'earshot-leases';

export type ScriptNames = {
  /** The JetStream stream. */
  stream: string;
  /** What the subjects of its entries begin with. */
  subjectPrefix: string;
  leaseKey: string;
};

/**
 * Other scripts get other names, and so does a script of that name at another address of the platform: what two accounts
 * say can never stand in one log. The address itself, which may hold more than a name, cannot be read from them.
 */
export function nameScript({ name, url }: Pick<Script, 'name' | 'url'>): ScriptNames {
  const address = createHash('sha256').update(url).digest('hex').slice(0, 12);
  const key = `${encodeName(name)}-${address}`;
  return { stream: `earshot-${key}`, subjectPrefix: `earshot.${key}.`, leaseKey: key };
}

/** JetStream takes neither spaces nor `.`, `*`, `>` and slashes in a name. */
function encodeName(name: string): string {
  return name.replace(/[^A-Za-z0-9_-]/gu, (character) =>
    Array.from(Buffer.from(character), (byte) => `=${byte.toString(16).padStart(2, '0')}`).join(''),
  );
}
