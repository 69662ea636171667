/** What stands in the frame's place on a page that lets no frame in. */
import type { OverlayWords } from '../../utils/messaging/overlay-messages.ts';

export type RefusedWords = Pick<OverlayWords, 'refused' | 'openWindow' | 'help'>;
export type RefusedActions = { openWindow(): void; openHelp(): void };

export type RefusedCard = {
  element: HTMLElement;
  /** In the pill there is room for the window's button alone. */
  setCollapsed(collapsed: boolean): void;
};

const CARD =
  'position:absolute;inset:0;padding:0 8px;display:flex;flex-direction:column;align-items:center;' +
  'justify-content:center;gap:12px;color-scheme:light dark;background:Canvas;color:CanvasText;' +
  'font:13px/1.45 system-ui,sans-serif;text-align:center';
const BUTTON = 'font:inherit;padding:4px 12px;cursor:pointer';

/** It lies over the frame, which may come late. */
export function createRefusedCard(
  document: Document,
  words: RefusedWords,
  { openWindow, openHelp }: RefusedActions,
): RefusedCard {
  const element = document.createElement('div');
  const text = document.createElement('p');
  const help = createButton(document, words.help, openHelp);
  element.style.cssText = CARD;
  text.style.margin = '0';
  text.textContent = words.refused;
  element.setAttribute('role', 'status');
  element.append(text, createButton(document, words.openWindow, openWindow), help);
  return {
    element,
    setCollapsed(collapsed) {
      for (const part of [text, help]) part.style.display = collapsed ? 'none' : 'block';
    },
  };
}

function createButton(document: Document, label: string, act: () => void): HTMLButtonElement {
  const button = document.createElement('button');
  button.style.cssText = BUTTON;
  button.type = 'button';
  button.textContent = label;
  button.addEventListener('click', ({ isTrusted }) => {
    if (isTrusted) act();
  });
  return button;
}
