/** Search in the call: what is looked for, "3 of 17", next and previous. */
import { useSignalEffect } from '@preact/signals';
import type { JSX } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { words } from '../../utils/browser/runtime.ts';
import { CloseIcon, DownIcon, UpIcon } from '../icons.tsx';
import type { Search } from './search.ts';

type SearchBarProps = {
  search: Search;
  /** The entry from which on matches are looked for first. */
  fromIndex(): number;
  close(): void;
};

export function SearchBar({ search, fromIndex, close }: SearchBarProps): JSX.Element | null {
  const target = search.target.value;
  const bar = useRef<HTMLElement>(null);
  const kind = target?.kind;
  useLayoutEffect(() => {
    bar.current?.querySelector<HTMLElement>('input, [data-next]')?.focus();
  }, [kind]);
  if (target === undefined) return null;
  return (
    // biome-ignore lint/a11y/useSemanticElements: `search` is younger than the oldest browser we serve
    <section
      class="search"
      role="search"
      ref={bar}
      onKeyDown={(event) => {
        if (event.key === 'Escape') close();
        else if (event.key === 'Enter' && event.target instanceof HTMLInputElement) {
          search.go(event.shiftKey ? -1 : 1);
        } else return;
        // Firefox would empty the field on Escape, and that is a search of its own.
        event.preventDefault();
        event.stopPropagation();
      }}
    >
      {target.kind === 'text' ? (
        <input
          type="search"
          aria-label={words('searchLabel')}
          placeholder={words('searchLabel')}
          maxLength={200}
          // An empty field would stand from left to right.
          dir={target.text === '' ? undefined : 'auto'}
          value={target.text}
          onInput={(event) => search.lookFor({ kind: 'text', text: event.currentTarget.value }, fromIndex())}
        />
      ) : (
        <span class={`chip ${target.compiled.profile.colour}`}>
          <bdi>{target.compiled.profile.name}</bdi>
        </span>
      )}
      <SearchCount search={search} />
      <button class="icon" type="button" title={words('searchPrevious')} onClick={() => search.go(-1)}>
        <UpIcon />
      </button>
      <button class="icon" type="button" title={words('searchNext')} data-next onClick={() => search.go(1)}>
        <DownIcon />
      </button>
      <button class="icon" type="button" title={words('searchClose')} onClick={close}>
        <CloseIcon />
      </button>
    </section>
  );
}

function SearchCount({ search }: { search: Search }): JSX.Element {
  const output = useRef<HTMLOutputElement>(null);
  useSignalEffect(() => {
    const target = search.target.value;
    const nothing = target === undefined || (target.kind === 'text' && target.text.trim() === '');
    const said = nothing ? '' : countWords(search.place.value, search.total.value);
    if (output.current !== null) output.current.textContent = said;
  });
  return <output class="count" data-search-count ref={output} />;
}

function countWords(place: number, total: number): string {
  if (total === 0) return words('searchNone');
  return place === 0 ? words('searchFound', total) : words('searchCount', place, total);
}
