/** The field for a site's address. It comes filled in where the agent was sent here from a page. */
import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { words } from '../../utils/browser/runtime.ts';
import { readSite, siteName } from '../../utils/settings/site.ts';
import { HelpLink } from '../help/help-link.tsx';
import type { SiteRefusal, SitesList } from './sites-list.ts';
import { refusalWords } from './sites-words.ts';

/** `options.html#sites?add=…` */
function siteToAdd(hash: string): string {
  const [section, query] = hash.split('?');
  return section === '#sites' ? (new URLSearchParams(query).get('add') ?? '') : '';
}

type Result = { typed: string; refusal: SiteRefusal | undefined };

export function SitesAdd({ list }: { list: SitesList }): JSX.Element {
  const typed = useSignal('');
  const result = useSignal<Result | undefined>(undefined);
  const button = useRef<HTMLButtonElement>(null);

  useEffect(() => {
    const fill = () => {
      const given = siteToAdd(location.hash);
      if (given === '') return;
      typed.value = given;
      const read = readSite(given);
      result.value = read.ok ? undefined : { typed: given, refusal: read.problem };
      button.current?.focus();
    };
    fill();
    addEventListener('hashchange', fill);
    return () => removeEventListener('hashchange', fill);
  }, []);

  async function take(answer: Promise<SiteRefusal | undefined>): Promise<void> {
    const asked = typed.peek();
    result.value = undefined;
    const refusal = await answer;
    result.value = { typed: asked, refusal };
    if (refusal === undefined && typed.peek() === asked) typed.value = '';
  }

  const refusal = result.value?.refusal;
  return (
    <form
      class="field"
      onSubmit={(event) => {
        event.preventDefault();
        // First of all: after anything else the browser may no longer take it for an answer to the click.
        void take(list.add(typed.peek()));
      }}
    >
      <label for="site-address">{words('siteAddress')}</label>
      <div class="site-add">
        <input
          id="site-address"
          type="text"
          inputMode="url"
          autocomplete="off"
          spellcheck={false}
          dir={typed.value === '' ? undefined : 'ltr'}
          placeholder="acme.zendesk.com"
          aria-describedby="site-hint"
          aria-invalid={refusal !== undefined}
          value={typed.value}
          onInput={(event) => {
            typed.value = event.currentTarget.value;
          }}
        />
        <button id="add-site" class="primary" type="submit" ref={button}>
          {words('siteAlways')}
        </button>
      </div>
      <p id="site-hint" class="hint">
        {words('siteHint')}
      </p>
      <p
        class={`result ${refusal === undefined ? 'good' : 'poor'}`}
        role="status"
        data-refusal={refusal}
        data-added={result.value !== undefined && refusal === undefined ? '' : undefined}
      >
        <ResultWords result={result.value} />
      </p>
    </form>
  );
}

function ResultWords({ result }: { result: Result | undefined }): JSX.Element | null {
  if (result === undefined) return null;
  const { typed, refusal } = result;
  if (refusal !== undefined) {
    return (
      <>
        {words(refusalWords[refusal])} <HelpLink topic={refusal === 'not-stored' ? 'storage' : 'sites'} />
      </>
    );
  }
  const read = readSite(typed);
  return <>{read.ok ? words('siteAdded', siteName(read.origin)) : null}</>;
}
