/** What the administrator set, and what of it could not be taken. */
import type { JSX } from 'preact';
import { uiLanguage, words } from '../../utils/browser/runtime.ts';
import type { Policy, PolicyProblem } from '../../utils/settings/policy.ts';
import { SetByNote } from './locked.tsx';
import { namesIn } from './setting-names.ts';

/** Nothing where no policy is set. */
export function BackupManaged({ policy }: { policy: Policy }): JSX.Element | null {
  const locked = namesIn(policy.locked, uiLanguage());
  const defaults = namesIn(policy.defaults, uiLanguage());
  if (locked === '' && defaults === '' && policy.problems.length === 0) return null;
  return (
    <div class="part managed" data-managed>
      <h3>{words('managedTitle')}</h3>
      <p class="hint">{words('managedIntro')}</p>
      <SetByNote policy={policy} />
      {locked === '' ? null : <p data-managed-locked>{words('managedLocked', locked)}</p>}
      {defaults === '' ? null : <p data-managed-defaults>{words('managedDefaults', defaults)}</p>}
      {policy.problems.length === 0 ? null : <Problems problems={policy.problems} />}
    </div>
  );
}

function Problems({ problems }: { problems: readonly PolicyProblem[] }): JSX.Element {
  return (
    <>
      <p class="wrong">{words('managedProblems')}</p>
      <ul class="places">
        {problems.map(({ key, expected }) => (
          <li key={key} data-problem={key}>
            <code dir="ltr">{key}</code>{' '}
            {expected === '' ? (
              words('managedUnknown')
            ) : (
              <>
                {words('managedExpected', '')}
                <code dir="ltr">{expected}</code>
              </>
            )}
          </li>
        ))}
      </ul>
    </>
  );
}
