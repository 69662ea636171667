/** Who locked a setting, in words. */
import { words } from '../utils/browser/runtime.ts';
import { isLocked, type Policy } from '../utils/settings/policy.ts';
import type { PolicyKey } from '../utils/settings/policy-part.ts';

/** The same of one setting; `undefined` where it is not locked. */
export function heldBy(policy: Policy, key: PolicyKey): string | undefined {
  return isLocked(policy, key) ? setBy(policy) : undefined;
}

export function setBy({ organization }: Policy): string {
  return organization === '' ? words('setByAdministrator') : words('setBy', organization);
}
