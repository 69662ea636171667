/**
 * A page's script that wants to know what is said beside it. It runs before anything of ours is in the page: it hears
 * every event, watches every change, and stands behind the functions that careless code would call. It is sent to the
 * page as text, so it may use nothing from outside itself.
 */

type Hostile = {
  /** Every event since the last `forget`, as JSON. */
  events(): string[];
  forget(): void;
  /** All that was seen, by whatever way. */
  loot(): string;
};

declare global {
  interface Window {
    hostile: Hostile;
  }
}

export function listenAndTrap(): void {
  const stringify = JSON.stringify;
  const { apply, defineProperty, getOwnPropertyDescriptor, ownKeys } = Reflect;
  const trapped: Record<string, true> = Object.create(null);
  const seen: Record<string, true> = Object.create(null);
  let events: string[] = [];
  let isBusy = false;

  function textOf(value: unknown): string {
    if (value instanceof Element) return value.outerHTML;
    if (value instanceof Node) return `${value.nodeName} ${value.textContent}`;
    if (typeof value !== 'object' || value === null) return String(value);
    try {
      return stringify(value) ?? '';
    } catch {
      return Object.prototype.toString.call(value);
    }
  }

  /** What is noted while something is noted is our own doing. */
  function note(where: Record<string, true>, ...values: unknown[]): void {
    if (isBusy) return;
    isBusy = true;
    let text = '';
    for (let at = 0; at < values.length; at += 1) {
      try {
        text += `${textOf(values[at])}\n`;
      } catch {
        text += '?\n';
      }
    }
    where[text] = true;
    isBusy = false;
  }

  function behind(name: string, original: unknown): unknown {
    if (typeof original !== 'function') return original;
    return function (this: unknown, ...given: unknown[]): unknown {
      note(trapped, name, this, given);
      const result: unknown = apply(original, this, given);
      note(trapped, name, result);
      return result;
    };
  }

  function trap(owner: object, names: (string | symbol)[] = ownKeys(owner)): void {
    for (const name of names) {
      const found = getOwnPropertyDescriptor(owner, name);
      if (typeof name === 'symbol' || name === 'constructor' || found?.configurable !== true) continue;
      const { get, set, value } = found;
      if (typeof value === 'function') defineProperty(owner, name, { ...found, value: behind(name, value) });
      else if (get !== undefined)
        defineProperty(owner, name, {
          ...found,
          get: behind(name, get),
          set: behind(name, set),
        } as PropertyDescriptor);
    }
  }

  /** All that an event tells, its path and what it carries on the clipboard or by dragging. */
  function log(event: Event): void {
    const told: Record<string, unknown> = {};
    for (const name in event) {
      const value: unknown = Reflect.get(event, name);
      if (value instanceof DataTransfer) told[name] = value.getData('text/plain');
      else if (value instanceof Node) told[name] = value.nodeName;
      else if (value === null || typeof value !== 'object') told[name] = String(value);
    }
    const carried = event instanceof MessageEvent ? textOf(event.data) : '';
    const path = event.composedPath().map(String);
    events[events.length] = stringify({ ...told, type: event.type, carried, path });
  }

  const types = new Set(['focusin', 'focusout', 'compositionstart', 'compositionupdate', 'compositionend']);
  for (const owner of [window, document, HTMLElement.prototype, HTMLBodyElement.prototype]) {
    for (const name in owner) if (name.startsWith('on')) types.add(name.slice(2));
  }
  for (const type of types) {
    window.addEventListener(type, log, { capture: true });
    document.addEventListener(type, log, { capture: true });
  }
  const watch = new MutationObserver((records) => {
    for (const record of records) {
      note(seen, record.type, record.target, record.attributeName, record.oldValue);
      for (const node of [...record.addedNodes, ...record.removedNodes]) note(seen, node);
    }
  });
  watch.observe(document, {
    subtree: true,
    childList: true,
    attributes: true,
    attributeOldValue: true,
    characterData: true,
    characterDataOldValue: true,
  });
  for (const type of PerformanceObserver.supportedEntryTypes) {
    const entries = new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) note(seen, entry);
    });
    entries.observe({ type, buffered: true });
  }
  if ('ReportingObserver' in window) new ReportingObserver((reports) => note(seen, reports)).observe();

  window.hostile = {
    events: () => events,
    forget() {
      events = [];
    },
    loot: () => `${stringify(events)}${stringify(ownKeys(seen))}${stringify(ownKeys(trapped))}`,
  };

  for (const owner of [Array, Map, Set, WeakMap, String, Promise, RegExp]) trap(owner.prototype);
  trap(JSON);
  trap(Object, ['assign', 'create', 'defineProperties', 'defineProperty', 'entries', 'fromEntries', 'keys']);
  for (const owner of [
    EventTarget,
    MutationObserver,
    Range,
    Selection,
    ShadowRoot,
    MessagePort,
    DataTransfer,
  ]) {
    trap(owner.prototype);
  }
  for (const owner of [ClipboardEvent, KeyboardEvent, InputEvent, MessageEvent, HTMLIFrameElement]) {
    trap(owner.prototype);
  }
  trap(Node.prototype, [
    'appendChild',
    'insertBefore',
    'moveBefore',
    'removeChild',
    'isConnected',
    'parentNode',
  ]);
  trap(Element.prototype, ['attachShadow', 'append', 'remove', 'setAttribute', 'moveBefore', 'shadowRoot']);
  trap(Document.prototype, ['createElement', 'createElementNS', 'execCommand', 'querySelectorAll']);
  trap(window, ['postMessage', 'open', 'getSelection', 'fetch', 'setTimeout']);
  for (const name of ['src', 'text', 'token', 'call', 'entries', 'callId', 'sidebar']) {
    Object.defineProperty(Object.prototype, name, {
      configurable: true,
      get: () => undefined,
      set(this: object, value: unknown) {
        note(trapped, name, value);
        defineProperty(this, name, { value, configurable: true, enumerable: true, writable: true });
      },
    });
  }
}

/** Claims the name of our element, as a custom element that keeps what it learns of its own closed root. */
export function defineOurElement(): void {
  const gained: string[] = [];
  class Ours extends HTMLElement {
    readonly internals = this.attachInternals();
    connectedCallback(): void {
      gained.push(String(this.internals.shadowRoot), this.internals.shadowRoot?.innerHTML ?? '');
    }
  }
  customElements.define('earshot-sidebar', Ours);
  Object.assign(window, { gained });
}
