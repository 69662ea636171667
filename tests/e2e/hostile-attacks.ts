/** What a page can try on purpose, once a sidebar is in it. Each runs in the page and gives back what it gained. */

/** Everything that can be asked about a document, its frames and its selection. */
export async function readEverything(): Promise<string[]> {
  const gained: string[] = [];
  // The page's own trap would note the whole list at every `push`.
  const keep = (answer: string) => {
    gained[gained.length] = answer;
  };
  const ask = (question: () => unknown) => {
    try {
      const answer = question();
      if (typeof answer === 'string') keep(answer);
      else keep(answer instanceof Node ? describe(answer) : (JSON.stringify(answer) ?? ''));
    } catch (refusal) {
      keep(String(refusal));
    }
  };
  const describe = (node: Node) => (node instanceof Element ? node.outerHTML : `${node.nodeName}`);
  const host = document.querySelector('earshot-sidebar');

  ask(() => document.documentElement.outerHTML);
  ask(() => document.documentElement.innerText);
  ask(() => document.documentElement.getHTML({ serializableShadowRoots: true }));
  ask(() => new XMLSerializer().serializeToString(document));
  ask(() => document.activeElement);
  ask(() => performance.getEntries());
  ask(() => Object.entries(localStorage));
  ask(() => Object.entries(sessionStorage));
  ask(() => document.getAnimations().map(String));
  ask(() => [...document.fonts].map(({ family }) => family));
  for (let x = 0; x < innerWidth; x += 40) {
    for (let y = 0; y < innerHeight; y += 80) {
      ask(() => document.elementsFromPoint(x, y).map((element) => element.nodeName));
      ask(() => document.caretPositionFromPoint(x, y)?.offsetNode);
    }
  }
  for (const command of ['selectAll', 'copy', 'cut', 'paste']) {
    ask(() => document.execCommand(command));
    ask(() => String(getSelection()));
  }
  getSelection()?.removeAllRanges();
  ask(() => host?.shadowRoot);
  ask(() => host?.attachShadow({ mode: 'open' }));
  ask(() => (host instanceof HTMLElement ? host.attachInternals() : undefined));
  ask(() => (host?.cloneNode(true) as Element | undefined)?.shadowRoot);
  ask(() => (document.importNode(host as Node, true) as Element).shadowRoot);
  ask(() => host?.firstChild);
  ask(() => host?.textContent);
  for (let at = 0; at < 5; at += 1) {
    const frame = window[at];
    ask(() => frame?.location.href);
    ask(() => frame?.document.documentElement.outerHTML);
    ask(() => frame?.postMessage({ type: 'again' }, '*'));
  }
  ask(() => window.length);
  const clipboard = navigator.clipboard?.readText().catch(String);
  keep(await Promise.race([clipboard ?? '', new Promise<string>((later) => setTimeout(later, 500, ''))]));
  return gained;
}

/** Defines our element when it is there already, and asks it for its root. */
export function upgradeHost(): string {
  class Late extends HTMLElement {}
  customElements.define('earshot-sidebar', Late);
  const host = document.querySelector<HTMLElement>('earshot-sidebar');
  if (!(host instanceof Late)) return 'no host';
  return String(host.attachInternals().shadowRoot);
}

/** Keys, clicks and messages that no hand has made. */
export function pretendToBeTheAgent(): void {
  const host = document.querySelector('earshot-sidebar');
  const options = {
    bubbles: true,
    composed: true,
    cancelable: true,
    clientX: innerWidth - 100,
    clientY: 200,
  };
  const events: Event[] = [];
  for (const key of ['Tab', 'Enter', 'Escape', 'Delete', '/', 'f', 'End', 'ArrowUp']) {
    for (const type of ['keydown', 'keypress', 'keyup']) {
      events.push(new KeyboardEvent(type, { ...options, key, code: key, ctrlKey: key === 'f' }));
    }
  }
  for (const type of [
    'pointerdown',
    'mousedown',
    'pointerup',
    'mouseup',
    'click',
    'dblclick',
    'contextmenu',
  ]) {
    events.push(new PointerEvent(type, { ...options, pointerId: 1, button: 0 }));
  }
  for (const type of ['focusin', 'focusout', 'focus', 'blur']) events.push(new FocusEvent(type, options));
  for (const type of ['copy', 'cut', 'paste']) events.push(new ClipboardEvent(type, options));
  events.push(new InputEvent('beforeinput', { ...options, data: 'x', inputType: 'insertText' }));
  events.push(new PageTransitionEvent('pageshow', { persisted: true }), new Event('pagehide'));
  for (const target of [host, document.activeElement, document, window]) {
    for (const event of events) target?.dispatchEvent(event);
  }
  const messages = [
    'close',
    'again',
    'overlay:remove',
    'open-options',
    'resize',
    'view',
    'reset',
    'complete',
  ];
  const windows = [window, window.parent, window.top, ...Array.from({ length: 5 }, (_, at) => window[at])];
  for (let round = 0; round < 40; round += 1) {
    for (const type of messages) {
      for (const found of windows) found?.postMessage({ type, n: round, message: { type } }, '*');
    }
  }
}

/** Covers the sidebar, hides it and bares it of its attributes; then gives that up again, and moves it elsewhere. */
export function ruinHost(): void {
  const host = document.querySelector<HTMLElement>('earshot-sidebar');
  if (host === null) return;
  const style = host.getAttribute('style') ?? '';
  const cover = document.createElement('div');
  cover.style.cssText = 'position:fixed;inset:0;z-index:2147483647;background:white';
  document.documentElement.append(cover);
  for (const name of host.getAttributeNames()) host.removeAttribute(name);
  host.setAttribute('inert', '');
  host.style.cssText = 'display:none !important; pointer-events:none !important; opacity:0 !important';
  host.innerHTML = '<slot></slot><b>the page’s own</b>';
  host.removeAttribute('inert');
  host.setAttribute('style', style);
  cover.remove();
  const own = document.createElement('section');
  own.attachShadow({ mode: 'open' });
  document.body.append(own);
  own.shadowRoot?.append(host);
}

/** Changes how the sidebar lies, and leaves the text of its style attribute as it was. */
export function ruinStyle(way: 'bare' | 'hide'): void {
  const host = document.querySelector<HTMLElement>('earshot-sidebar');
  const style = host?.getAttribute('style') ?? '';
  if (way === 'bare') host?.removeAttribute('style');
  else host?.style.setProperty('display', 'none', 'important');
  host?.setAttribute('style', style);
}

/** Frames and opens these addresses, and reads of them what it can. */
export async function borrow(addresses: string[], way: 'frame' | 'open'): Promise<string[]> {
  const gained: string[] = [];
  const read = (question: () => unknown) => {
    try {
      gained.push(String(question()));
    } catch {
      gained.push('refused');
    }
  };
  for (const address of addresses) {
    const frame = document.createElement('iframe');
    if (way === 'frame') {
      frame.src = address;
      document.body.append(frame);
      await new Promise((later) => {
        frame.onload = later;
        setTimeout(later, 3_000);
      });
    }
    const borrowed = way === 'frame' ? frame.contentWindow : window.open(address);
    if (way === 'open') await new Promise((later) => setTimeout(later, 1_500));
    for (const type of ['again', 'close', 'view']) borrowed?.postMessage({ type }, '*');
    read(() => borrowed?.document.documentElement.outerHTML);
    read(() => borrowed?.document.title);
    read(() => borrowed?.name);
    read(() => borrowed?.getSelection()?.toString());
    read(() => borrowed?.performance.getEntries().length);
    if (way === 'frame') read(() => frame.contentDocument?.documentElement.outerHTML);
  }
  return gained;
}
