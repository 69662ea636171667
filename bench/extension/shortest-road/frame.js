/** A text node a line, the newest at the foot; as `floor-page.ts` does. */
const NODES_KEPT = 100;
const list = document.querySelector('div');
const port = chrome.runtime.connect({ name: new URLSearchParams(location.search).get('socket') });
port.onMessage.addListener((text) => {
  for (const { data } of JSON.parse(text).events) {
    list.append(document.createTextNode(`${data.text}\n`));
    if (list.childNodes.length > NODES_KEPT) list.firstChild.remove();
  }
});
