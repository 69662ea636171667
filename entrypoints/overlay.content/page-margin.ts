/** The room the page makes for the sidebar: a margin of its root element, put back as it was. */
import type { Layout } from '../../utils/messaging/overlay-messages.ts';
import type { RetryBudget } from './retry-budget.ts';

export type Room = Pick<Layout, 'side' | 'width'>;

export type PageMargin = {
  /** Idempotent. `undefined`: none. Does nothing while the page keeps taking the margin away. */
  set(root: HTMLElement, room: Room | undefined): void;
};

type Pushed = {
  root: HTMLElement;
  property: string;
  value: string;
  before: { value: string; priority: string };
  hadStyle: boolean;
};

export function createPageMargin(budget: RetryBudget): PageMargin {
  let pushed: Pushed | undefined;

  function set(root: HTMLElement, room: Room | undefined): void {
    const isHeld = pushed !== undefined && isOurs(pushed);
    const wasUndone = pushed?.root === root && !isHeld;
    if (pushed !== undefined && isHeld) {
      const isSame = room !== undefined && pushed.root === root && pushed.property === `margin-${room.side}`;
      if (isSame) return widen(pushed, room.width);
      restore(pushed);
    }
    if (wasUndone && room !== undefined && !budget.take()) return;
    pushed = room === undefined ? undefined : push(root, room);
  }

  return { set };
}

function push(root: HTMLElement, { side, width }: Room): Pushed {
  const property = `margin-${side}`;
  const { style } = root;
  const pushed: Pushed = {
    root,
    property,
    value: `${width}px`,
    before: { value: style.getPropertyValue(property), priority: style.getPropertyPriority(property) },
    hadStyle: root.hasAttribute('style'),
  };
  style.setProperty(property, pushed.value, 'important');
  return pushed;
}

function widen(pushed: Pushed, width: number): void {
  const value = `${width}px`;
  if (pushed.value === value) return;
  pushed.value = value;
  pushed.root.style.setProperty(pushed.property, value, 'important');
}

function isOurs({ root, property, value }: Pushed): boolean {
  return root.style.getPropertyValue(property) === value;
}

function restore({ root, property, before, hadStyle }: Pushed): void {
  if (before.value === '') root.style.removeProperty(property);
  else root.style.setProperty(property, before.value, before.priority);
  if (!hadStyle && root.getAttribute('style') === '') root.removeAttribute('style');
}
