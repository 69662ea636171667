/** The keywords to listen for: the list, how to write one, and a sentence to try them on. */
import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { words } from '../../utils/browser/runtime.ts';
import { type KeywordProfile, MAX_PROFILES } from '../../utils/settings/preferences.ts';
import { KeywordHelp } from './keyword-help.tsx';
import type { KeywordList } from './keyword-list.ts';
import { KeywordRow } from './keyword-row.tsx';
import type { Notifications } from './notify-check.tsx';
import { RemovedRow } from './removed-row.tsx';
import { TryKeywords } from './try-keywords.tsx';

type KeywordSectionProps = { list: KeywordList; notifications: Notifications; flush(): void };

export function KeywordSection({ list, notifications, flush }: KeywordSectionProps): JSX.Element {
  const added = useSignal<readonly string[]>([]);
  /** Whose row takes the focus when it comes. */
  const focused = useSignal<string | undefined>(undefined);
  /** Whether there were any when the page was opened. */
  const hadNone = useSignal(list.profiles.peek().length === 0).value;
  const rows = list.rows.value;

  function titleOf(profile: KeywordProfile): string {
    const place = rows.findIndex((row) => row.profile.id === profile.id) + 1;
    return profile.name.trim() || words('keywordsNumber', place);
  }

  return (
    <section aria-labelledby="keywords-title">
      <h2 id="keywords-title">{words('keywordsTitle')}</h2>
      <p class="intro">{words('keywordsIntro')}</p>
      <div class="card">
        {rows.length === 0 ? <p class="hint">{words('keywordsNone')}</p> : null}
        <ul class="keywords">
          {rows.map(({ profile, isRemoved }) => (
            <li key={profile.id} data-profile={profile.id}>
              {isRemoved ? (
                <RemovedRow
                  id={profile.id}
                  title={titleOf(profile)}
                  restore={() => {
                    focused.value = profile.id;
                    list.restore(profile.id);
                  }}
                  forget={() => list.forget(profile.id)}
                />
              ) : (
                <KeywordRow
                  profile={profile}
                  title={titleOf(profile)}
                  isNew={added.value.includes(profile.id)}
                  takesFocus={focused.value === profile.id}
                  list={list}
                  notifications={notifications}
                  flush={flush}
                />
              )}
            </li>
          ))}
        </ul>
        <div class="add">
          <button
            id="add-keyword"
            class="secondary"
            type="button"
            disabled={list.isFull.value}
            onClick={() => {
              const id = list.add();
              added.value = [...added.value, id];
              focused.value = id;
            }}
          >
            {words('keywordsAdd')}
          </button>
          <p class="hint" role="status">
            {list.isFull.value ? words('keywordsFull', MAX_PROFILES) : ''}
          </p>
        </div>
        <KeywordHelp isOpen={hadNone} />
        <TryKeywords profiles={list.profiles} titleOf={titleOf} />
      </div>
    </section>
  );
}
