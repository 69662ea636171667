/** The only script in a CRM page: it holds the sidebar's frame and takes it away again. It reads nothing of the page. */
import * as v from 'valibot';
import { defineContentScript } from 'wxt/utils/define-content-script';
import { onOwnMessage, sidebarUrl, words } from '../../utils/browser/runtime.ts';
import { toOverlay } from '../../utils/messaging/overlay-messages.ts';
import { mountOverlay } from './overlay.ts';

export default defineContentScript({
  registration: 'runtime',
  main(context) {
    const unmount = mountOverlay(document, { url: sidebarUrl(), title: words('sidebarTitle') });
    const stopListening = onOwnMessage((raw) => {
      const message = v.safeParse(toOverlay, raw);
      if (!message.success) return undefined;
      if (message.output.type === 'overlay:remove') remove();
      return true;
    });
    context.onInvalidated(remove);

    function remove(): void {
      stopListening();
      unmount();
    }
  },
});
