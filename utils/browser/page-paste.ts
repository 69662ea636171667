/** A paste made in the page's own world, where Firefox lets the page read it. */
import browser from 'webextension-polyfill';
import { proseMirrorHtml, TIPTAP } from '../editor/prose-mirror-html.ts';

/** Into the element that has the focus in the tab. `false` where the tab could not be reached. */
export async function pasteInPage(tabId: number, text: string): Promise<boolean> {
  try {
    const [result] = await browser.scripting.executeScript({
      target: { tabId, frameIds: [0] },
      world: 'MAIN',
      func: pasteIntoFocused,
      args: [text, proseMirrorHtml(text), TIPTAP],
    });
    return result?.result === true;
  } catch {
    // The tab is gone, or its page no longer ours to script.
    return false;
  }
}

/** Runs in the page without anything of this file around it. The HTML is for what `takesHtml` selects. */
function pasteIntoFocused(text: string, html: string, takesHtml: string): boolean {
  let element: Element | null = document.activeElement;
  for (let inner = element; inner !== null; ) {
    element = inner;
    let root: DocumentOrShadowRoot | null = inner.shadowRoot;
    try {
      root ??= (inner as HTMLIFrameElement).contentDocument ?? null;
    } catch {
      // A frame of another origin: the paste is not for it.
      return false;
    }
    inner = root?.activeElement ?? null;
  }
  const view = element?.ownerDocument.defaultView;
  if (!element || !view) return false;
  const event = new view.ClipboardEvent('paste', {
    clipboardData: new view.DataTransfer(),
    bubbles: true,
    cancelable: true,
    composed: true,
  });
  // What is given to the constructor, Firefox does not keep.
  event.clipboardData?.setData('text/plain', text);
  if (element.closest(takesHtml) !== null) event.clipboardData?.setData('text/html', html);
  element.dispatchEvent(event);
  return true;
}
