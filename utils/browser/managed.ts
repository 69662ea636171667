/** What the administrator set by the browser's policies. */
import { decodePolicy, type Policy } from '../settings/policy.ts';
import { native } from './native.ts';

/** Firefox rejects where no policy names this extension: then there is none. */
export async function readPolicy(): Promise<Policy> {
  return decodePolicy(await native.storage.managed.get(null).catch(() => undefined));
}
