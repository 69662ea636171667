/**
 * In place of the background, for a sidebar that is only shown: it opens no port, so that nobody hears it, and stands
 * where no relay is set yet.
 */
import type { FromSidebar, ToSidebar } from '../../utils/messaging/sidebar-port.ts';
import type { ModelConnection } from './connect-model.ts';

/** What a sidebar is told at first where nothing was set. */
export function firstUse(nowMs: number): ToSidebar[] {
  return [
    {
      type: 'reset',
      status: {
        relay: { name: 'stopped', sinceMs: nowMs, reason: 'relay-not-set' },
        platform: { name: 'unknown', sinceMs: nowMs },
        unread: { count: 0 },
        forgottenCount: 0,
      },
    },
    { type: 'complete' },
  ];
}

/** `goTo`: goes to a part of the settings page, around the sidebar. */
export function createPreview(goTo: (section: string) => void): ModelConnection {
  return {
    say(message: FromSidebar) {
      if (message.type === 'open-options') goTo(message.section ?? 'relays');
      return false;
    },
    renew() {},
  };
}
