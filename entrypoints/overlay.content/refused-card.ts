/** What stands in the frame's place on a page that lets no frame in. */
import type { OverlayWords } from '../../utils/messaging/overlay-messages.ts';
import { setStyles } from './styles.ts';

export type RefusedWords = Pick<OverlayWords, 'refused' | 'openWindow' | 'help'>;
export type RefusedActions = { openWindow(): void; openHelp(): void };

export type RefusedCard = {
  element: HTMLElement;
  /** In the pill there is room for the window's button alone. */
  setCollapsed(collapsed: boolean): void;
};

const COLOURS = { 'color-scheme': 'light dark', background: 'Canvas', color: 'CanvasText' };
const CARD = {
  ...COLOURS,
  position: 'absolute',
  inset: '0',
  display: 'flex',
  'flex-direction': 'column',
  'align-items': 'center',
  'justify-content': 'center',
  gap: '12px',
  padding: '0 8px',
  'text-align': 'center',
  font: '13px/1.45 system-ui, sans-serif',
};
const BUTTON = { font: 'inherit', padding: '4px 12px', cursor: 'pointer' };

/** It lies over the frame, which may come late. */
export function createRefusedCard(
  document: Document,
  words: RefusedWords,
  { openWindow, openHelp }: RefusedActions,
): RefusedCard {
  const element = document.createElement('div');
  const text = document.createElement('p');
  const help = createButton(document, words.help, openHelp);
  setStyles(element, CARD);
  setStyles(text, { margin: '0' });
  text.textContent = words.refused;
  element.setAttribute('role', 'status');
  element.append(text, createButton(document, words.openWindow, openWindow), help);
  return {
    element,
    setCollapsed(collapsed) {
      for (const part of [text, help]) setStyles(part, { display: collapsed ? 'none' : 'block' });
    },
  };
}

function createButton(document: Document, label: string, act: () => void): HTMLButtonElement {
  const button = document.createElement('button');
  setStyles(button, BUTTON);
  button.type = 'button';
  button.textContent = label;
  button.addEventListener('click', ({ isTrusted }) => {
    if (isTrusted) act();
  });
  return button;
}
