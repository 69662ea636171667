/** What a test asks of a fixture page: bundled, and run in the page itself. */
import { innerRoots } from '../../utils/crm/deep-query.ts';
import { createPageCrm } from '../../utils/crm/page-crm.ts';

export function read() {
  return createPageCrm({ document, href: () => location.href }).record();
}

/** Whether the composer is the one that the page marks, and none where it marks none. */
export function findsMarked(): boolean {
  const composer = createPageCrm({ document, href: () => location.href }).composer();
  const hasMarked = document.querySelector('[data-expected-none]') === null;
  return hasMarked ? composer?.hasAttribute('data-expected') === true : composer === undefined;
}

/** What every field and editor of the page holds, those in shadow roots and frames too. */
export function everyField(): { isMarked: boolean; text: string }[] {
  const roots = [document, ...innerRoots(document.documentElement)];
  return roots
    .flatMap((root) => [...root.querySelectorAll<HTMLElement>('input,textarea,[contenteditable]')])
    .map((field) => ({
      isMarked: field.hasAttribute('data-expected'),
      text: 'value' in field ? String(field.value) : field.innerText,
    }));
}
