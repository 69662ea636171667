/** What a page calls one of its editors. */
import { frameOf, isField } from './editable.ts';

const MAX_LENGTH = 120;
const GROUPS = 'fieldset,[role="group"],[role="region"],[role="dialog"],dialog,section,form';
const HEADINGS = 'legend,h1,h2,h3,h4,h5,h6,[role="heading"]';

/** What editors say of themselves, in the words of CKEditor and TinyMCE. */
const HELP = /\bpress alt ?[+-]? ?(?:0|f\d+) for \w+\.?/gi;
const AREA = /\b(?:editor )?editing area: ?[\w-]+\.?/gi;
const ONLY_EDITOR = /^(?:rich[ -]?text )?(?:editor|area|text ?box)?(?:, ?\S+)?[.,:\s]*$/i;

/** Empty where it has no name; at most 120 characters. */
export function editorLabel(editor: HTMLElement): string {
  for (const name of names(editor)) {
    const label = ownWords(name);
    if (label !== '') return label;
  }
  return '';
}

/** `name` without an editor library's own words, whitespace collapsed. */
export function ownWords(name: string): string {
  const words = name.replace(/\s+/g, ' ').trim();
  if (words === '') return '';
  const left = words.replace(HELP, '').replace(AREA, '').trim();
  return ONLY_EDITOR.test(left) ? '' : left.slice(0, MAX_LENGTH).toWellFormed();
}

function* names(editor: HTMLElement): Generator<string> {
  yield* given(editor);
  if (isField(editor)) for (const label of editor.labels ?? []) yield textOf(label);
  const frame = frameOf(editor);
  if (frame !== undefined) yield* given(frame);
  for (const name of ['placeholder', 'aria-placeholder', 'data-placeholder', 'title']) {
    yield editor.getAttribute(name) ?? '';
  }
  if (frame !== undefined) yield frame.title;
  const group = (frame ?? editor).closest(GROUPS);
  yield group?.getAttribute('aria-label') ?? '';
  const heading = group?.querySelector(HEADINGS);
  if (heading) yield textOf(heading);
}

function* given(element: HTMLElement): Generator<string> {
  const root = element.getRootNode() as Document | ShadowRoot;
  const ids = element.getAttribute('aria-labelledby')?.split(/\s+/) ?? [];
  const parts = ids.map((id) => root.getElementById(id)).filter((part) => part !== null);
  yield parts.map(textOf).join(' ');
  yield element.getAttribute('aria-label') ?? '';
}

/** Cut first, as a label may hold a whole form. */
function textOf({ textContent }: Element): string {
  return (textContent ?? '').slice(0, MAX_LENGTH * 10);
}
