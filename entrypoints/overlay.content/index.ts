/**
 * The only script in a CRM page: it holds the sidebar's frame and takes it away again. Of the page it reads what
 * tells whose record is open, to know its call, and it puts text into the editor the agent was in when they ask for it.
 */
import { defineContentScript } from 'wxt/utils/define-content-script';
import { engine } from '../../utils/browser/engine.ts';
import { connectPort } from '../../utils/browser/ports.ts';
import { isExtensionAlive, onOwnMessage, sidebarUrl } from '../../utils/browser/runtime.ts';
import { createPageCrm } from '../../utils/crm/page-crm.ts';
import type { Insertion } from '../../utils/messaging/insertion.ts';
import type { OverlayWords } from '../../utils/messaging/overlay-messages.ts';
import { OVERLAY_PORT } from '../../utils/messaging/overlay-port.ts';
import { createBackgroundLink } from './background-link.ts';
import { watchExtension } from './extension-watch.ts';
import { holdOverlay } from './hold-overlay.ts';
import { showNotice } from './notice.ts';
import { createOverlay } from './overlay.ts';
import { createPageEditors } from './page-editors.ts';
import { createPagePasteRequest } from './page-paste-request.ts';
import { readToOverlay } from './read-message.ts';

/** This script's own, which the page does not see: two that are injected at once are one. */
const world = globalThis as { hasOverlay?: boolean };

export default defineContentScript({
  registration: 'runtime',
  // It would tell every page the extension's id.
  noScriptStartedPostMessage: true,
  main() {
    if (world.hasOverlay) return;
    world.hasOverlay = true;
    const frameUrl = sidebarUrl();
    let words: OverlayWords | undefined;
    const setTimer = (run: () => void, ms: number) => setTimeout(run, ms);
    const link = createBackgroundLink((message) => {
      switch (message.type) {
        case 'overlay:words':
          words = message.words;
          return;
        case 'overlay:layout':
          if (words !== undefined) overlay.lay(message.layout, words);
          return held.start();
        case 'overlay:serve':
          return held.start();
        case 'overlay:framed':
          return overlay.framed();
        case 'overlay:insert':
          return void insert(message);
        case 'overlay:pasted':
          return paste.answered(message.request, message.done);
      }
    });
    const overlay = createOverlay({
      document,
      frameUrl,
      nowMs: () => performance.now(),
      setTimer,
      refused: {
        openWindow: () => link.post({ type: 'open-window' }),
        openHelp: () => link.post({ type: 'open-help' }),
      },
    });
    const crm = createPageCrm({ document, href: () => location.href });
    const paste = createPagePasteRequest({ post: link.post, setTimer });
    const session = crypto.getRandomValues(new Uint32Array(2)).join('-');
    let editorCount = 0;
    const editors = createPageEditors({
      document,
      engine,
      composer: crm.composer,
      newId() {
        editorCount += 1;
        return `${session}-${editorCount}`;
      },
      setTimer,
      sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
      nowMs: () => performance.now(),
      targetChanged: (target) => link.post({ type: 'target', target }),
      pasteInPage: paste.ask,
    });
    const insert = async (insertion: Insertion) => {
      const outcome = await editors.insert(insertion);
      link.post({ type: 'inserted', request: insertion.request, outcome });
    };
    const held = holdOverlay({
      window,
      overlay,
      editors,
      read: crm.record,
      post: (page) => link.post({ type: 'page', page }),
      restored: () => watch.renew(),
    });
    const stopListening = onOwnMessage((raw) => {
      const message = readToOverlay(raw);
      if (message === undefined) return undefined;
      if (message.type === 'overlay:remove') {
        world.hasOverlay = false;
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
        if (words !== undefined) showNotice(document, words.updated);
      },
    });
  },
});
