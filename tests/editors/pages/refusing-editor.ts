/** An editor that takes nothing but keys: what comes otherwise is stopped, and what is written past it put back. */
import { stage } from './stage.ts';

stage((container, text) => {
  container.contentEditable = 'true';
  container.textContent = text;
  for (const name of ['beforeinput', 'paste', 'drop']) {
    container.addEventListener(name, (event) => event.preventDefault());
  }
  const watch = new MutationObserver(() => {
    if (container.textContent !== text) container.textContent = text;
  });
  watch.observe(container, { childList: true, characterData: true, subtree: true });
  return {
    editable: container,
    read: () => container.textContent ?? '',
    destroy: () => watch.disconnect(),
  };
});
