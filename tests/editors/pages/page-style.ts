/** Styles of an editor, put where they reach it: the document's head, or the shadow root it stands in. */
export function addStyle(container: HTMLElement, css: string): void {
  const root = container.getRootNode();
  const sheet = container.ownerDocument.createElement('style');
  sheet.textContent = css;
  if (root instanceof ShadowRoot) root.prepend(sheet);
  else container.ownerDocument.head.append(sheet);
}
