/** What stands in the frame's place on a page that lets no frame in. */
import { setStyles } from './styles.ts';

export type RefusedWords = { refused: string; openWindow: string };

export type RefusedCard = {
  element: HTMLElement;
  /** In the pill there is room for the button alone. */
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
export function createRefusedCard(document: Document, words: RefusedWords, open: () => void): RefusedCard {
  const element = document.createElement('div');
  const text = document.createElement('p');
  const button = document.createElement('button');
  setStyles(element, CARD);
  setStyles(text, { margin: '0' });
  setStyles(button, BUTTON);
  text.textContent = words.refused;
  button.type = 'button';
  button.textContent = words.openWindow;
  button.addEventListener('click', ({ isTrusted }) => {
    if (isTrusted) open();
  });
  element.setAttribute('role', 'status');
  element.append(text, button);
  return { element, setCollapsed: (collapsed) => setStyles(text, { display: collapsed ? 'none' : 'block' }) };
}
