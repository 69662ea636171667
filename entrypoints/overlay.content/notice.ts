/** A few words in the page's corner, for when the sidebar itself can no longer say them. */

const SHOWN_MS = 15_000;
const STYLE =
  'all:initial;position:fixed;inset-block-end:16px;inset-inline-end:16px;z-index:2147483647;max-width:320px;' +
  'padding:10px 14px;border-radius:6px;background:#1b1f26;color:#fff;font:13px/1.45 system-ui,sans-serif';

/** Shows `text` for a while; a click takes it away sooner. */
export function showNotice(document: Document, text: string): void {
  const host = document.createElement('earshot-notice');
  const box = document.createElement('div');
  box.setAttribute('role', 'status');
  box.textContent = text;
  box.style.cssText = STYLE;
  host.attachShadow({ mode: 'closed' }).append(box);
  const remove = () => host.remove();
  box.addEventListener('click', remove);
  setTimeout(remove, SHOWN_MS);
  document.documentElement.append(host);
}
