/**
 * The only script in a CRM page: it holds the sidebar's frame and takes it away again. Of the page it reads the title
 * and the phone numbers, to know the record's call, and nothing else.
 */
import * as v from 'valibot';
import { defineContentScript } from 'wxt/utils/define-content-script';
import { connectPort } from '../../utils/browser/ports.ts';
import { isExtensionAlive, onOwnMessage, sidebarUrl, words } from '../../utils/browser/runtime.ts';
import { OVERLAY_PORT, toOverlay } from '../../utils/messaging/overlay-messages.ts';
import { createBackgroundLink } from './background-link.ts';
import { watchExtension } from './extension-watch.ts';
import { holdOverlay } from './hold-overlay.ts';
import { showNotice } from './notice.ts';
import { createOverlay } from './overlay.ts';

export default defineContentScript({
  registration: 'runtime',
  // It would tell every page the extension's id.
  noScriptStartedPostMessage: true,
  main() {
    // Read while the extension lives: afterwards it answers nothing.
    const farewell = words('overlayUpdated');
    const setTimer = (run: () => void, ms: number) => setTimeout(run, ms);
    const link = createBackgroundLink((message) => {
      switch (message.type) {
        case 'overlay:layout':
          overlay.lay(message.layout);
          return held.start();
        case 'overlay:framed':
          return overlay.framed();
      }
    });
    const overlay = createOverlay({
      document,
      frame: { url: sidebarUrl(), title: words('sidebarTitle') },
      words: { refused: words('frameRefused'), openWindow: words('openWindow') },
      nowMs: () => performance.now(),
      setTimer,
      openWindow: () => link.post({ type: 'open-window' }),
    });
    const held = holdOverlay({
      window,
      overlay,
      post: (page) => link.post({ type: 'page', page }),
      restored: () => watch.renew(),
    });
    const stopListening = onOwnMessage((raw) => {
      const message = v.safeParse(toOverlay, raw);
      if (!message.success) return undefined;
      if (message.output.type === 'overlay:remove') {
        stopListening();
        watch.stop();
        held.stop();
      }
      return true;
    });
    const watch = watchExtension({
      open() {
        const port = connectPort(OVERLAY_PORT);
        link.use(port);
        return port;
      },
      isAlive: isExtensionAlive,
      setTimer,
      gone() {
        held.stop();
        showNotice(document, farewell);
      },
    });
  },
});
