/** The phone numbers a page shows: what its links call, then what is written in its text. */
import { numberOfLink, numbersInText } from './number-text.ts';

export type PageLimits = { textNodes: number; characters: number; numbers: number };

/** Enough for any ticket; what is further down a huge page is not looked at. */
const LIMITS: PageLimits = { textNodes: 3_000, characters: 200_000, numbers: 50 };

const LINKS = ['tel:', 'callto:', 'sip:', 'sips:'].map((scheme) => `a[href^="${scheme}" i]`).join(',');
/** Nobody reads these, or somebody is writing in them; the last two are Earshot's own. */
const SKIPPED = [
  'script',
  'style',
  'noscript',
  'template',
  'textarea',
  '[contenteditable]:not([contenteditable="false"])',
  'earshot-sidebar',
  'earshot-notice',
].join(',');

const SHOW_ELEMENT = 1;
const SHOW_TEXT = 4;
const FILTER_ACCEPT = 1;
const FILTER_REJECT = 2;
const FILTER_SKIP = 3;
const TEXT_NODE = 3;

/** Each number once, in the order found: digits, with a leading `+` where the country's code is written. */
export function findNumbers(root: Document | Element, limits: PageLimits = LIMITS): string[] {
  const found = new Set<string>();
  for (const link of root.querySelectorAll(LINKS)) {
    if (found.size >= limits.numbers) break;
    const number = numberOfLink(link.getAttribute('href') ?? '');
    if (number !== undefined && isShown(link)) found.add(number);
  }
  for (const { text, parent } of textsOf(root, limits)) {
    if (found.size >= limits.numbers) break;
    const numbers = numbersInText(text);
    if (numbers.length > 0 && isShown(parent)) for (const number of numbers) found.add(number);
  }
  return [...found].slice(0, limits.numbers);
}

/** A page of one piece keeps other records hidden. Asked only where there is a number, since it costs a style. */
function isShown(element: Element | null): boolean {
  return element?.checkVisibility?.() !== false;
}

type FoundText = { text: string; parent: Element | null };

function* textsOf(root: Document | Element, { textNodes, characters }: PageLimits): Generator<FoundText> {
  const document = root.ownerDocument ?? (root as Document);
  const walker = document.createTreeWalker(root, SHOW_ELEMENT | SHOW_TEXT, (node) => {
    if (node.nodeType === TEXT_NODE) return FILTER_ACCEPT;
    return (node as Element).matches(SKIPPED) ? FILTER_REJECT : FILTER_SKIP;
  });
  let leftNodes = textNodes;
  let leftCharacters = characters;
  while (leftNodes > 0 && leftCharacters > 0 && walker.nextNode() !== null) {
    const text = walker.currentNode.nodeValue ?? '';
    leftNodes -= 1;
    leftCharacters -= text.length;
    const room = leftCharacters + text.length;
    yield { text: text.slice(0, room), parent: walker.currentNode.parentElement };
  }
}
