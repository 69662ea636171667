/**
 * The page's open modal dialogs. All that is outside the topmost one takes no click and no key, so the sidebar has to
 * stand inside it.
 */

export type ModalStack = {
  /** A dialog may have opened or closed, as the one changed last. */
  changed(dialog: Element): void;
  /** Focus went along this path: `showModal()` sends it into the dialog, also in an open shadow root. */
  focused(path: readonly EventTarget[]): HTMLDialogElement | undefined;
  topmost(): HTMLDialogElement | undefined;
};

const DIALOG = 'dialog';

export function createModalStack(document: Document): ModalStack {
  // Of those that were open before, the order is unknown; a dialog of a dialog mostly stands after it.
  let open = [...document.querySelectorAll<HTMLDialogElement>(DIALOG)].filter(isModal);

  function changed(element: Element): void {
    if (!isDialog(element)) return;
    open = open.filter((dialog) => dialog !== element);
    if (isModal(element)) open.push(element);
  }

  return {
    changed,
    focused(path) {
      const dialog = path.find(
        (target): target is HTMLDialogElement =>
          target instanceof Element && isDialog(target) && isModal(target),
      );
      if (dialog === undefined || open.includes(dialog)) return undefined;
      open.push(dialog);
      return dialog;
    },
    topmost() {
      if (open.length > 0) open = open.filter(isModal);
      return open.at(-1);
    },
  };
}

function isDialog(element: Element): element is HTMLDialogElement {
  return element.localName === DIALOG;
}

/** One that lost its `open` attribute alone may be modal still, and is shown no more. */
function isModal(dialog: HTMLDialogElement): boolean {
  return dialog.isConnected && dialog.open && dialog.matches(':modal');
}
