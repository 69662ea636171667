/** The look of the overlay's host, so that no page's own style reaches it. */
import type { Layout } from '../../utils/messaging/overlay-messages.ts';

export type Styles = Readonly<Record<string, string>>;

const PILL = { width: '176px', height: '40px', inset: '16px', radius: '20px' };

/** Set once, before the others. */
export const hostBase: Styles = {
  all: 'initial',
  display: 'block',
  position: 'fixed',
  'max-width': '100vw',
  'z-index': '2147483647',
};

/** Full height at its side, or a pill in that side's lower corner. */
export function layoutStyles({ side, width, collapsed }: Omit<Layout, 'room'>): Styles {
  const inset = collapsed ? PILL.inset : '0px';
  return {
    top: collapsed ? 'auto' : '0px',
    bottom: inset,
    left: side === 'left' ? inset : 'auto',
    right: side === 'right' ? inset : 'auto',
    width: collapsed ? PILL.width : `${width}px`,
    height: collapsed ? PILL.height : 'auto',
    'border-radius': collapsed ? PILL.radius : '0px',
    overflow: 'hidden',
  };
}

/** Through CSSOM, which no Content-Security-Policy of the page forbids; `important`, since pages reset everything. */
export function setStyles(element: HTMLElement, styles: Styles): void {
  for (const [name, value] of Object.entries(styles)) element.style.setProperty(name, value, 'important');
}
