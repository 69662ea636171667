/** The text of an editor as people read it. */
import { isField } from './editable.ts';

/** Each of them begins a line and ends one. */
const BLOCKS = new Set(
  'address article aside blockquote dd details div dl dt figcaption figure footer h1 h2 h3 h4 h5 h6 header hr li main nav ol p pre section table tbody td tfoot th thead tr ul'.split(
    ' ',
  ),
);
/** What the editor shows of its own, such as a placeholder. */
const NOT_TEXT = '[contenteditable="false"],[data-slate-placeholder],script,style';

const SHOW_ELEMENT = 1;
const SHOW_TEXT = 4;
const FILTER_ACCEPT = 1;
const FILTER_REJECT = 2;
const ELEMENT_NODE = 1;

/** All of it, or what stands before a caret. */
export function editorText(editor: HTMLElement, caret?: Range): string {
  if (isField(editor)) return editor.value;
  const end = caret?.cloneRange();
  end?.collapse(true);
  const walker = editor.ownerDocument.createTreeWalker(editor, SHOW_ELEMENT | SHOW_TEXT, (node) =>
    node.nodeType === ELEMENT_NODE && (node as Element).matches(NOT_TEXT) ? FILTER_REJECT : FILTER_ACCEPT,
  );
  const parts: string[] = [];
  let block: Node = editor;
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    if (end?.comparePoint(node, 0) === 1) break;
    if (node.nodeType === ELEMENT_NODE) {
      if (node.nodeName.toLowerCase() === 'br') parts.push('\n');
      continue;
    }
    const around = blockOf(node, editor);
    if (around !== block) parts.push('\n');
    block = around;
    const isLast = node === end?.startContainer;
    parts.push(drawnText(node, isLast ? end?.startOffset : undefined));
  }
  // A line in which nothing stands yet is one.
  if (end !== undefined && lineOf(end.startContainer, editor) !== block) parts.push('\n');
  return parts.join('');
}

function blockOf(node: Node, editor: Node): Node {
  let around = node.parentNode ?? editor;
  while (around !== editor && !BLOCKS.has(around.nodeName.toLowerCase()))
    around = around.parentNode ?? editor;
  return around;
}

function lineOf(node: Node, editor: Node): Node {
  return node === editor || BLOCKS.has(node.nodeName.toLowerCase()) ? node : blockOf(node, editor);
}

/** A line end that is drawn as a space is one. */
function drawnText({ nodeValue, parentElement }: Node, length?: number): string {
  const text = nodeValue?.slice(0, length) ?? '';
  if (!text.includes('\n') || parentElement === null) return text;
  const style = parentElement.ownerDocument.defaultView?.getComputedStyle(parentElement);
  return /^(?:pre|break-spaces)/.test(style?.whiteSpace ?? '') ? text : text.replaceAll('\n', ' ');
}
