/** The only script in a CRM page: it holds the sidebar's frame and takes it away again. It reads nothing of the page. */
import * as v from 'valibot';
import { defineContentScript } from 'wxt/utils/define-content-script';
import { connectPort } from '../../utils/browser/ports.ts';
import { isExtensionAlive, onOwnMessage, sidebarUrl, words } from '../../utils/browser/runtime.ts';
import { OVERLAY_PORT, toOverlay } from '../../utils/messaging/overlay-messages.ts';
import { watchExtension } from './extension-watch.ts';
import { showNotice } from './notice.ts';
import { mountOverlay } from './overlay.ts';

export default defineContentScript({
  registration: 'runtime',
  main() {
    // Read while the extension lives: afterwards it answers nothing.
    const farewell = words('overlayUpdated');
    const unmount = mountOverlay(document, { url: sidebarUrl(), title: words('sidebarTitle') });
    const stopListening = onOwnMessage((raw) => {
      const message = v.safeParse(toOverlay, raw);
      if (!message.success) return undefined;
      if (message.output.type === 'overlay:remove') {
        stopListening();
        stopWatching();
        unmount();
      }
      return true;
    });
    const stopWatching = watchExtension({
      open: () => connectPort(OVERLAY_PORT),
      isAlive: isExtensionAlive,
      setTimer: (run, ms) => setTimeout(run, ms),
      gone() {
        unmount();
        showNotice(document, farewell);
      },
    });
  },
});
