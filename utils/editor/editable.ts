/**
 * Which elements of a page may be written into. An element of another frame is no instance of this frame's classes,
 * so everything is told by names and properties.
 */
import { frameDocument } from '../crm/deep-query.ts';

export type Field = HTMLInputElement | HTMLTextAreaElement;

/** Text that is put there is looked for, and not kept; the last ones only catch the keys for an editor beside them. */
const NEVER =
  'earshot-sidebar,earshot-notice,search,[role="search"],[role="searchbox"],' +
  '[role="combobox"]:not(textarea,[aria-multiline="true"]),input[list],' +
  '[aria-readonly="true"],[aria-disabled="true"],[inert],.CodeMirror,.monaco-editor,.ace_editor';

export function isField(element: Element): element is Field {
  return element.localName === 'textarea' || element.localName === 'input';
}

/** A frame, of which the document of another origin cannot be reached. */
export function isForeignFrame(element: Element): element is HTMLIFrameElement {
  return element.localName === 'iframe' && frameDocument(element as HTMLIFrameElement) === undefined;
}

/** The editor that has the focus when this element has; none where nothing may be put. */
export function editorAt(element: HTMLElement): HTMLElement | undefined {
  const editor = isField(element) ? element : hostOf(element);
  return editor !== undefined && isWritable(editor) ? editor : undefined;
}

/** Whether it is in the page still, shown and open for writing; or a frame of another origin that is shown. */
export function isUsable(element: HTMLElement): boolean {
  return isInPage(element) && isShown(element) && (isForeignFrame(element) || isWritable(element));
}

/** `false` also in a frame that was taken out of the page, or went on to another document. */
export function isInPage(element: HTMLElement): boolean {
  try {
    if (!element.isConnected || element.ownerDocument.defaultView === null) return false;
    const frame = frameOf(element);
    return frame === undefined || (frameDocument(frame) === element.ownerDocument && isInPage(frame));
  } catch {
    // Firefox takes a frame's objects away with the frame: each touch of one throws.
    return false;
  }
}

/** The frame it stands in; none in the top document. */
export function frameOf(element: Element): HTMLIFrameElement | undefined {
  return (element.ownerDocument.defaultView?.frameElement as HTMLIFrameElement | null) ?? undefined;
}

export function isInShadow(element: Element): boolean {
  return element.getRootNode() !== element.ownerDocument;
}

/** The outermost element that is edited as one with this one. */
function hostOf(element: HTMLElement): HTMLElement | undefined {
  if (element.ownerDocument.designMode === 'on') return element.ownerDocument.body;
  if (!element.isContentEditable) return undefined;
  let host = element;
  while (host.parentElement?.isContentEditable) host = host.parentElement;
  return host;
}

function isWritable(editor: HTMLElement): boolean {
  if (editor.closest(NEVER) !== null) return false;
  if (!isField(editor)) return hostOf(editor) === editor;
  if (editor.localName === 'input' && editor.type !== 'text') return false;
  return !editor.readOnly && !editor.matches(':disabled');
}

function isShown(element: HTMLElement): boolean {
  const frame = frameOf(element);
  return element.checkVisibility({ visibilityProperty: true }) && (frame === undefined || isShown(frame));
}
