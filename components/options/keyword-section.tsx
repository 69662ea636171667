/** The keywords to listen for: the list, how to write one, and a sentence to try them on. */
import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { words } from '../../utils/browser/runtime.ts';
import type { KeywordProfile } from '../../utils/settings/preferences.ts';
import { KeywordHelp } from './keyword-help.tsx';
import type { KeywordList } from './keyword-list.ts';
import { KeywordRow } from './keyword-row.tsx';
import { ListRows, titleIn } from './list-rows.tsx';
import { Lockable } from './locked.tsx';
import type { Notifications } from './notify-check.tsx';
import { TryKeywords } from './try-keywords.tsx';

type KeywordSectionProps = { list: KeywordList; notifications: Notifications; flush(): void };

export function KeywordSection({ list, notifications, flush }: KeywordSectionProps): JSX.Element {
  /** Whether there were any when the page was opened. */
  const hadNone = useSignal(list.items.peek().length === 0).value;
  const titleOf = (profile: KeywordProfile) => titleIn(list, profile, 'keywordsNumber');

  return (
    <section aria-labelledby="keywords-title">
      <h2 id="keywords-title">{words('keywordsTitle')}</h2>
      <p class="intro">{words('keywordsIntro')}</p>
      <div class="card">
        <Lockable of="profiles">
          <ListRows
            list={list}
            kind="profile"
            titleOf={titleOf}
            row={(profile, place) => (
              <KeywordRow
                {...place}
                profile={profile}
                list={list}
                notifications={notifications}
                flush={flush}
              />
            )}
            addId="add-keyword"
            none="keywordsNone"
            add="keywordsAdd"
            full="keywordsFull"
          />
        </Lockable>
        <KeywordHelp isOpen={hadNone} />
        <TryKeywords profiles={list.items} titleOf={titleOf} />
      </div>
    </section>
  );
}
