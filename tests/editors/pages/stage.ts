/**
 * What the runner finds in every page as `window.lab`: editors put up where a case wants them, and what they hold
 * by their own account.
 */

export type MountedEditor = {
  /** The element that is clicked and typed into. */
  editable: HTMLElement;
  /** The editor's own model or value, its lines parted by `\n`. */
  read(): string;
  /** For editors that keep something beyond their element. */
  destroy?(): void;
};

/** Puts the editor into an empty container, holding one line of plain letters or nothing. */
export type Mount = (container: HTMLElement, text: string) => MountedEditor | Promise<MountedEditor>;

/** Where the editors stand in the page. */
export type Place = 'page' | 'shadow' | 'iframe' | 'dialog';

export type Lab = {
  mount: Mount;
  /** Clears the page and puts up an editor for each text. */
  set(place: Place, texts: string[]): Promise<void>;
  read(index: number): string;
  /** Where to click to be in the editor's first line, in CSS pixels of the window. */
  point(index: number): { x: number; y: number };
  /** Whether a script that came as text was run. */
  isPwned(): boolean;
};

declare global {
  interface Window {
    lab?: Lab;
    pwned?: unknown;
  }
}

const FRAME_WAIT_MS = 20;
/** An editor that cannot live in a place may throw where nobody hears it, and never come up. */
const MOUNT_MS = 5_000;

export function stage(mount: Mount): void {
  let editors: MountedEditor[] = [];
  let place: Element | undefined;

  function editorAt(index: number): MountedEditor {
    const editor = editors[index];
    if (editor === undefined) throw new Error(`There is no editor ${index}.`);
    return editor;
  }

  window.lab = {
    mount,
    async set(kind, texts) {
      for (const editor of editors) editor.destroy?.();
      place?.remove();
      editors = [];
      const built = await places[kind](mount);
      place = built.element;
      for (const text of texts) editors.push(await inTime(built.mount(addContainer(built.parent), text)));
    },
    read: (index) => editorAt(index).read(),
    point: (index) => pointIn(editorAt(index).editable),
    isPwned: () => [window, ...frameWindows()].some((each) => each.pwned !== undefined),
  };
}

function inTime<Value>(value: Value | Promise<Value>): Promise<Value> {
  return Promise.race([
    value,
    new Promise<never>((_, fail) => {
      setTimeout(() => fail(new Error(`it did not come up in ${MOUNT_MS} ms`)), MOUNT_MS);
    }),
  ]);
}

type Built = { element: Element; parent: Node; mount: Mount };

const places: Record<Place, (mount: Mount) => Built | Promise<Built>> = {
  page(mount) {
    const element = document.body.appendChild(document.createElement('section'));
    return { element, parent: element, mount };
  },
  shadow(mount) {
    const element = document.body.appendChild(document.createElement('section'));
    return { element, parent: element.attachShadow({ mode: 'open' }), mount };
  },
  dialog(mount) {
    const element = document.body.appendChild(document.createElement('dialog'));
    element.showModal();
    return { element, parent: element, mount };
  },
  async iframe() {
    const element = document.createElement('iframe');
    element.src = location.href;
    document.body.append(element);
    const inner = await labOf(element);
    const parent = element.contentDocument?.body;
    if (parent === undefined) throw new Error('The frame shows no document.');
    return { element, parent, mount: inner.mount };
  },
};

async function labOf(frame: HTMLIFrameElement): Promise<Lab> {
  for (;;) {
    const lab = frame.contentWindow?.lab;
    if (lab !== undefined) return lab;
    await new Promise((later) => setTimeout(later, FRAME_WAIT_MS));
  }
}

function addContainer(parent: Node): HTMLElement {
  const owner = parent.ownerDocument ?? document;
  const container = owner.createElement('div');
  container.className = 'container';
  container.append(owner.createElement('div'));
  parent.appendChild(container);
  return container.firstElementChild as HTMLElement;
}

/** A little inside the upper corner where its text begins; frames around it are added up. */
function pointIn(element: HTMLElement): { x: number; y: number } {
  element.scrollIntoView({ block: 'nearest' });
  const box = element.getBoundingClientRect();
  let x = box.left + Math.min(30, box.width / 2);
  let y = box.top + Math.min(20, Math.max(box.height, 20) / 2);
  let frame = element.ownerDocument.defaultView?.frameElement;
  while (frame) {
    const outer = frame.getBoundingClientRect();
    x += outer.left + frame.clientLeft;
    y += outer.top + frame.clientTop;
    frame = frame.ownerDocument.defaultView?.frameElement;
  }
  return { x, y };
}

/** Those of this origin. */
function frameWindows(): Window[] {
  return [...document.querySelectorAll('iframe')]
    .filter((frame) => frame.contentDocument !== null)
    .map((frame) => frame.contentWindow)
    .filter((inner) => inner !== null);
}
