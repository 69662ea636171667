/** The sidebar's place in the page: a frame of the extension's own page inside a closed shadow root. */

const WIDTH = '360px';
const HOST_STYLE: Record<string, string> = {
  all: 'initial',
  position: 'fixed',
  'inset-block': '0',
  'inset-inline-end': '0',
  width: WIDTH,
  'max-width': '100vw',
  'z-index': '2147483647',
};
const FRAME_STYLE: Record<string, string> = { border: '0', width: '100%', height: '100%', display: 'block' };

/** Puts the frame into the page and moves the page aside; returns the undoing, which leaves no trace. */
export function mountOverlay(document: Document, frame: { url: string; title: string }): () => void {
  const host = document.createElement('earshot-sidebar');
  setStyles(host, HOST_STYLE);
  const iframe = document.createElement('iframe');
  iframe.src = frame.url;
  iframe.title = frame.title;
  setStyles(iframe, FRAME_STYLE);
  host.attachShadow({ mode: 'closed' }).append(iframe);
  document.documentElement.append(host);
  const makeRoom = pushAside(document.documentElement);
  return () => {
    makeRoom();
    host.remove();
  };
}

/** Through CSSOM, which no Content-Security-Policy of the page forbids; `important`, since pages reset everything. */
function setStyles(element: HTMLElement, styles: Record<string, string>): void {
  for (const [name, value] of Object.entries(styles)) element.style.setProperty(name, value, 'important');
}

function pushAside(root: HTMLElement): () => void {
  const before = root.style.getPropertyValue('margin-inline-end');
  const priority = root.style.getPropertyPriority('margin-inline-end');
  root.style.setProperty('margin-inline-end', WIDTH, 'important');
  return () => {
    root.style.removeProperty('margin-inline-end');
    if (before !== '') root.style.setProperty('margin-inline-end', before, priority);
    if (root.getAttribute('style') === '') root.removeAttribute('style');
  };
}
