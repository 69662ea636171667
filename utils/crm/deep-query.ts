/** Finds elements also inside open shadow roots and frames of the same origin, where CSS selectors do not reach. */
import type { DeepSelector } from './crm.ts';

/** A document, or an open shadow root in one. */
export type Root = Document | ShadowRoot;

/** In the order in which they stand, outer roots before inner ones. */
export type DeepQuery = (selector: DeepSelector) => HTMLElement[];

/** More than the largest pages of CRMs have before the first editor; what is further down is not looked at. */
const MAX_ELEMENTS = 10_000;
const STEP = ' >>> ';
const SHOW_ELEMENT = 1;

/** For one reading: what is inside of what is looked up once. */
export function createDeepQuery(document: Document): DeepQuery {
  const known = new Map<Element, readonly Root[]>();

  function rootsIn(element: Element): readonly Root[] {
    const roots = known.get(element) ?? innerRoots(element);
    known.set(element, roots);
    return roots;
  }

  function find(root: Root, [first = '', ...rest]: readonly string[]): HTMLElement[] {
    const found = [...root.querySelectorAll<HTMLElement>(first)];
    if (rest.length === 0) return found;
    return [...new Set(found.flatMap(rootsIn))].flatMap((inner) => find(inner, rest));
  }

  return (selector) => find(document, selector.split(STEP));
}

/** The open shadow roots and the documents of the same origin at and below an element, however deep. */
export function innerRoots(start: Element): Root[] {
  const roots: Root[] = [];
  const waiting: (Element | Root)[] = [start];
  let left = MAX_ELEMENTS;
  for (let from = waiting.shift(); from !== undefined && left > 0; from = waiting.shift()) {
    const walker = (from.ownerDocument ?? (from as Document)).createTreeWalker(from, SHOW_ELEMENT);
    for (let node: Node | null = walker.currentNode; node !== null && left > 0; node = walker.nextNode()) {
      left -= 1;
      const inner = innerRoot(node);
      if (inner === undefined) continue;
      roots.push(inner);
      waiting.push(inner);
    }
  }
  return roots;
}

/** Told by what it has: an element of another frame is no instance of this frame's classes. */
function innerRoot(node: Node): Root | undefined {
  const { shadowRoot } = node as Element;
  if (shadowRoot) return shadowRoot;
  return node.nodeName === 'IFRAME' ? frameDocument(node as HTMLIFrameElement) : undefined;
}

/** None for a frame of another origin. */
export function frameDocument(frame: HTMLIFrameElement): Document | undefined {
  return frame.contentDocument ?? undefined;
}
