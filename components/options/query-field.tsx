/** The field for a query. Where the query is wrong it says so at once: what, where, and what to do. */
import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { words } from '../../utils/browser/runtime.ts';
import { MAX_QUERY_LENGTH } from '../../utils/settings/preferences.ts';
import { parseQuery } from '../../utils/transcript/query/parse-query.ts';
import type { QueryFault } from '../../utils/transcript/query/query.ts';
import { HelpLink } from '../help/help-link.tsx';
import { FullNote } from './full-note.tsx';
import { queryWords } from './query-words.ts';
import { splitFault } from './split-fault.ts';
import { TextInput } from './text-input.tsx';

type QueryFieldProps = {
  id: string;
  query: string;
  /** Nothing was asked of its user yet, so an empty field is no mistake. */
  isNew: boolean;
  type(query: string): void;
  leave(): void;
};

export function QueryField({ id, query, isNew, type, leave }: QueryFieldProps): JSX.Element {
  const touched = useSignal(!isNew);
  const parsed = parseQuery(query);
  const fault = parsed.ok || (parsed.problem === 'empty' && !touched.value) ? undefined : parsed;
  const noteId = `${id}-note`;
  return (
    <div class="field">
      <label for={id}>{words('keywordsQuery')}</label>
      <TextInput
        id={id}
        class="query"
        value={query}
        maxLength={MAX_QUERY_LENGTH}
        spellcheck={false}
        placeholder={words('keywordsHelpAnd')}
        aria-invalid={fault !== undefined}
        aria-describedby={noteId}
        type={(typed) => {
          touched.value = true;
          type(typed);
        }}
        leave={() => {
          touched.value = true;
          leave();
        }}
      />
      <div class="notes" id={noteId}>
        {fault === undefined ? null : <Fault query={query} fault={fault} />}
        <FullNote text={query} limit={MAX_QUERY_LENGTH} />
      </div>
    </div>
  );
}

function Fault({ query, fault }: { query: string; fault: QueryFault }): JSX.Element {
  const place = splitFault(query, fault);
  return (
    <>
      {place === undefined ? null : (
        <p class="fault-place" dir="auto">
          {place.before}
          <mark>{place.wrong}</mark>
          {place.after}
        </p>
      )}
      <p class="wrong" data-problem={fault.problem}>
        {words(queryWords[fault.problem])} <HelpLink topic="keywords" />
      </p>
    </>
  );
}
