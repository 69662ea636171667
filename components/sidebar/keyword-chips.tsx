/** The keywords that were met in this call, with how many lines; a click walks through them. */
import type { JSX } from 'preact';
import { words } from '../../utils/browser/runtime.ts';
import type { KeywordFinds } from './keyword-finds.ts';
import type { Search } from './search.ts';

type ChipsProps = { keywords: KeywordFinds; search: Search; fromIndex(): number };

export function KeywordChips({ keywords, search, fromIndex }: ChipsProps): JSX.Element | null {
  const counts = keywords.counts.value;
  if (counts.length === 0) return null;
  return (
    <ul class="chips" aria-label={words('keywordsLabel')}>
      {counts.map(({ compiled, count }) => (
        <li key={compiled.profile.id}>
          <button
            class={`chip ${compiled.profile.colour}`}
            type="button"
            data-keyword={compiled.profile.name}
            onClick={() => search.lookFor({ kind: 'keyword', compiled }, fromIndex())}
          >
            <bdi>{compiled.profile.name}</bdi> <b>{count}</b>
          </button>
        </li>
      ))}
    </ul>
  );
}
