/** Remembers the editor the agent was last in, since a click into the sidebar takes the focus from it. */
import { frameDocument } from '../../utils/crm/deep-query.ts';
import { caretIn } from '../../utils/editor/caret.ts';
import { deepFocus } from '../../utils/editor/deep-focus.ts';
import { editorAt, isField, isForeignFrame, isInPage, isUsable } from '../../utils/editor/editable.ts';
import type { Place } from '../../utils/editor/insert-text.ts';

export type EditorMemory = {
  /** Sees what has the focus now, for what no event told of: a new frame, or one that was written anew. Cheap. */
  look(): void;
  /** The last editor while it can be written into, or the last frame of another origin. */
  recall(): Place | undefined;
  stop(): void;
};

export type MemoryDeps = {
  document: Document;
  /** The focus went into another editor than before. */
  changed(): void;
  setTimer(run: () => void, ms: number): unknown;
};

/** On a busy machine the focus takes its time from frame to frame. */
const ARRIVES_WITHIN_MS = [0, 100, 400];

type Remembered = { editor: HTMLElement; caret: Range | undefined };

export function createEditorMemory({ document, changed, setTimer }: MemoryDeps): EditorMemory {
  const heard = new WeakMap<Document, { root: Element; listening: AbortController }>();
  const stopping = new AbortController();
  let focused: HTMLElement | undefined;
  let last: Remembered | undefined;

  /** `document.open()` erases the listeners, and leaves a new root element behind. */
  function hear(inner: Document): void {
    const root: Element | null = inner.documentElement;
    const known = heard.get(inner);
    if (root === null || root === known?.root) return;
    known?.listening.abort();
    const listening = new AbortController();
    heard.set(inner, { root, listening });
    const signal = AbortSignal.any([listening.signal, stopping.signal]);
    const on = (target: EventTarget | null, name: string, run: (event: Event) => void) => {
      const take = (event: Event) => {
        if (event.isTrusted) run(event);
      };
      target?.addEventListener(name, take, { signal, capture: true, passive: true });
    };
    on(inner, 'focusin', see);
    on(inner, 'selectionchange', see);
    // A selection is told of later than it is made, and the focus may be gone by then.
    on(inner, 'focusout', leave);
    // No other event tells that the focus went into a frame, and this one comes before it is there.
    on(inner.defaultView, 'blur', () => {
      for (const ms of ARRIVES_WITHIN_MS) setTimer(see, ms);
    });
    // Where a frame went away with the focus, no window has it, and none tells that the next frame takes it.
    on(inner, 'load', hearFrame);
    // The load of a frame in a shadow root is not told outside of it.
    on(inner, 'pointerover', hearFrame);
    hearFrames(inner.getElementsByTagName('iframe'));
  }

  function hearFrame(event: Event): void {
    const [target] = event.composedPath();
    if ((target as Element).localName === 'iframe') hearFrames([target as HTMLIFrameElement]);
  }

  /** A frame that is heard before the focus goes into it tells of it at once. */
  function hearFrames(frames: Iterable<HTMLIFrameElement>): void {
    for (const frame of frames) {
      const inner = frameDocument(frame);
      if (inner !== undefined) hear(inner);
    }
  }

  function see(): void {
    if (stopping.signal.aborted) return;
    const element = deepFocus(document, hear);
    if (element !== focused) {
      focused = element;
      if (element !== undefined) enter(element);
    }
    if (last !== undefined && last.editor === editorOf(element)) keepCaret(last);
  }

  function leave(): void {
    if (last !== undefined && last.editor === editorOf(focused)) keepCaret(last);
  }

  function enter(element: HTMLElement): void {
    const editor = editorOf(element);
    if (editor === undefined || editor === last?.editor) return;
    last = { editor, caret: undefined };
    keepCaret(last);
    changed();
  }

  return {
    look() {
      hearFrames(document.getElementsByTagName('iframe'));
      see();
    },
    recall() {
      if (last !== undefined && !isInPage(last.editor)) last = undefined;
      return last !== undefined && isUsable(last.editor) ? { ...last, isKnown: true } : undefined;
    },
    stop: () => stopping.abort(),
  };
}

function editorOf(element: HTMLElement | undefined): HTMLElement | undefined {
  if (element === undefined) return undefined;
  return isForeignFrame(element) ? element : editorAt(element);
}

/** In one range that lives on with the page: each range there is slows every change of the page down. */
function keepCaret(remembered: Remembered): void {
  const { editor, caret } = remembered;
  if (isField(editor) || isForeignFrame(editor)) return;
  const now = caretIn(editor);
  if (now === undefined) return;
  if (caret === undefined) {
    remembered.caret = now.cloneRange();
    return;
  }
  caret.setStart(now.startContainer, now.startOffset);
  caret.setEnd(now.endContainer, now.endOffset);
}
