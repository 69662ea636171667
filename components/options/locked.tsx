/** What the administrator locked, on the settings page: it says so, and cannot be changed there. */
import type { ComponentChildren, JSX } from 'preact';
import { words } from '../../utils/browser/runtime.ts';
import { isLocked, type Policy } from '../../utils/settings/policy.ts';
import type { PolicyKey } from '../../utils/settings/policy-part.ts';
import { LockIcon } from '../icons.tsx';
import { setBy } from '../set-by.ts';
import { useOptions } from './options-desk.ts';

type LockedNoteProps = { policy: Policy; of: PolicyKey };

/** Nothing where it is not locked. */
export function LockedNote({ policy, of }: LockedNoteProps): JSX.Element | null {
  if (!isLocked(policy, of)) return null;
  return <SetByNote policy={policy} of={of} />;
}

/** By whom it was set, and where to read of it. */
export function SetByNote({ policy, of }: { policy: Policy; of?: PolicyKey }): JSX.Element {
  return (
    <p class="locked-note" data-locked={of}>
      <LockIcon />
      <span>{setBy(policy)}</span>{' '}
      <a href="help.html#policy" target="_blank" rel="noopener">
        {words('lockedMore')}
      </a>
    </p>
  );
}

/** Fields that cannot be changed while `of` is locked, with the note under them. */
export function Lockable({ of, children }: { of: PolicyKey; children: ComponentChildren }): JSX.Element {
  const policy = useOptions().policy.value;
  return (
    <div class="lockable">
      <fieldset disabled={isLocked(policy, of)}>{children}</fieldset>
      <LockedNote policy={policy} of={of} />
    </div>
  );
}
