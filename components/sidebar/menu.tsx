/** A button that opens a menu, by the ARIA practices: arrows walk, Escape closes, the focus comes back. */
import { useSignal } from '@preact/signals';
import type { ComponentChildren, JSX } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { type MessageKey, words } from '../../utils/browser/runtime.ts';

type MenuProps = {
  /** The button's name, and the menu's. */
  label: string;
  face: ComponentChildren;
  class: string;
  /** Painted only while the menu is open. */
  content(close: () => void): ComponentChildren;
};

const ITEMS = '[role^="menuitem"]:not([aria-disabled="true"])';

export function MenuButton({ label, face, class: className, content }: MenuProps): JSX.Element {
  const open = useSignal(false);
  const root = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);

  function close(): void {
    open.value = false;
    button.current?.focus({ preventScroll: true });
  }

  useLayoutEffect(() => {
    if (!open.value) return undefined;
    const menu = root.current;
    const chosen = menu?.querySelector<HTMLElement>('[aria-checked="true"]');
    (chosen ?? menu?.querySelector<HTMLElement>(ITEMS))?.focus();
    const leave = (event: PointerEvent) => {
      if (!(event.target instanceof Node) || !menu?.contains(event.target)) open.value = false;
    };
    document.addEventListener('pointerdown', leave);
    return () => document.removeEventListener('pointerdown', leave);
  }, [open.value]);

  return (
    <div class="menu-root" ref={root}>
      <button
        class={className}
        type="button"
        ref={button}
        title={label}
        aria-haspopup="menu"
        aria-expanded={open.value}
        onClick={() => {
          open.value = !open.value;
        }}
      >
        {face}
      </button>
      {open.value ? (
        <div
          class="menu"
          role="menu"
          tabIndex={-1}
          aria-label={label}
          onKeyDown={(event) => takeKey(event, close)}
          onFocusOut={(event) => {
            const next = event.relatedTarget;
            if (next instanceof Node && !root.current?.contains(next)) open.value = false;
          }}
        >
          {content(close)}
        </div>
      ) : null}
    </div>
  );
}

function takeKey(event: KeyboardEvent, close: () => void): void {
  const menu = event.currentTarget;
  if (!(menu instanceof HTMLElement)) return;
  const items = [...menu.querySelectorAll<HTMLElement>(ITEMS)];
  const at = items.findIndex((item) => item.matches(':focus'));
  const target = targetOf(event.key, at, items.length);
  if (event.key === 'Escape' || event.key === 'Tab') {
    event.preventDefault();
    event.stopPropagation();
    close();
  } else if (target !== undefined) {
    event.preventDefault();
    items.at(target)?.focus();
  }
}

function targetOf(key: string, at: number, count: number): number | undefined {
  switch (key) {
    case 'ArrowDown':
    case 'ArrowRight':
      return (at + 1) % count;
    case 'ArrowUp':
    case 'ArrowLeft':
      return at <= 0 ? count - 1 : at - 1;
    case 'Home':
      return 0;
    case 'End':
      return count - 1;
    default:
      return undefined;
  }
}

type ItemProps = { label: ComponentChildren; hint?: string | undefined; run(): void };

/** `heldBy`: who keeps it as it is; it can be read and not changed. */
type Holdable = { heldBy?: string | undefined };

/** One with `waits` is there, and cannot be done yet. */
export function MenuAction({
  label,
  hint,
  run,
  waits = false,
}: ItemProps & { waits?: boolean }): JSX.Element {
  return (
    <button
      class="item"
      type="button"
      role="menuitem"
      aria-disabled={waits}
      tabIndex={-1}
      onClick={() => {
        if (!waits) run();
      }}
    >
      <span>{label}</span>
      {hint === undefined ? null : <kbd>{hint}</kbd>}
    </button>
  );
}

export function MenuSwitch({
  label,
  checked,
  heldBy,
  run,
}: ItemProps & Holdable & { checked: boolean }): JSX.Element {
  return (
    <button
      class="item"
      type="button"
      role="menuitemcheckbox"
      aria-checked={checked}
      aria-disabled={heldBy !== undefined}
      title={heldBy}
      tabIndex={-1}
      onClick={() => {
        if (heldBy === undefined) run();
      }}
    >
      <span>{label}</span>
    </button>
  );
}

type Option<Value extends string> = { value: Value; label: MessageKey; disabled?: boolean };

type ChoiceProps<Value extends string> = Holdable & {
  label: MessageKey;
  options: readonly Option<Value>[];
  value: Value;
  choose(value: Value): void;
};

/** One of a few, in a row. */
export function MenuChoice<Value extends string>(props: ChoiceProps<Value>): JSX.Element {
  const { label, options, value, heldBy, choose } = props;
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset may not stand in a menu
    <div class="choice" role="group" aria-label={words(label)} title={heldBy}>
      <span aria-hidden="true">{words(label)}</span>
      <div class="options">
        {options.map((option) => (
          <button
            key={option.value}
            type="button"
            role="menuitemradio"
            aria-checked={option.value === value}
            aria-disabled={heldBy !== undefined || (option.disabled ?? false)}
            tabIndex={-1}
            data-option={option.value}
            onClick={() => {
              if (heldBy === undefined && !option.disabled) choose(option.value);
            }}
          >
            {words(option.label)}
          </button>
        ))}
      </div>
    </div>
  );
}
