/** The phone numbers a page shows: what its links call, then what is written in its text. */
import { mayHoldNumber, numberOfLink, numbersInText } from './number-text.ts';

export type PageLimits = { textNodes: number; characters: number; numbers: number };

/** Enough for any ticket; what is further down a huge page is not looked at. */
const LIMITS: PageLimits = { textNodes: 3_000, characters: 200_000, numbers: 50 };

/** `sips:` too. */
const LINKS = 'a[href^="tel:" i],a[href^="callto:" i],a[href^="sip" i]';
/** Nobody reads these, or somebody is writing in them; the last two are Earshot's own. */
const SKIPPED =
  'script,style,noscript,template,textarea,[contenteditable]:not([contenteditable="false"]),' +
  'earshot-sidebar,earshot-notice';

const SHOW_TEXT = 4;

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

/** Those that may hold a number. Only of these is it asked whether they are skipped, as that costs more than the walk. */
function* textsOf(root: Document | Element, { textNodes, characters }: PageLimits): Generator<FoundText> {
  const document = root.ownerDocument ?? (root as Document);
  const walker = document.createTreeWalker(root, SHOW_TEXT);
  let leftNodes = textNodes;
  let leftCharacters = characters;
  while (leftNodes > 0 && leftCharacters > 0 && walker.nextNode() !== null) {
    const text = walker.currentNode.nodeValue ?? '';
    const parent = walker.currentNode.parentElement;
    const mayHold = mayHoldNumber(text);
    if (mayHold && parent?.closest(SKIPPED)) continue;
    if (mayHold) yield { text: text.slice(0, leftCharacters), parent };
    leftNodes -= 1;
    leftCharacters -= text.length;
  }
}
