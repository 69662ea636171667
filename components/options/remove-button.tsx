/** Takes a row out of its list. */
import type { JSX } from 'preact';
import { words } from '../../utils/browser/runtime.ts';

export function RemoveButton({ title, remove }: { title: string; remove(): void }): JSX.Element {
  return (
    <button class="plain" type="button" aria-label={words('keywordsRemoveNamed', title)} onClick={remove}>
      {words('keywordsRemove')}
    </button>
  );
}
