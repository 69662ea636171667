/** What the toolbar icon says in one tab. */

import { words } from '../../utils/browser/runtime.ts';
import type { IconState } from '../../utils/browser/tabs.ts';
import type { Status } from '../../utils/messaging/sidebar-port.ts';
import type { TabState } from './tab-toggle.ts';

const LIVE = '#14713f';
const ATTENTION = '#a86200';

/**
 * Off: nothing. On: `on` while lines can arrive, `!` while something needs the agent's eye, and a number for the
 * keywords said since they last looked.
 */
export function iconFor(state: TabState | 'off', { relay, platform }: Status, alertCount: number): IconState {
  switch (state) {
    case 'off':
      return { text: '', colour: LIVE, title: words('actionTitle') };
    case 'left':
      return { text: '!', colour: ATTENTION, title: words('actionTitleLeft') };
    case 'refused':
      return { text: '!', colour: ATTENTION, title: words('actionTitleBlocked') };
    case 'on': {
      if (alertCount > 0) return alertIcon(alertCount);
      const live = relay.name === 'connected' && platform.name === 'up';
      return { text: live ? 'on' : '!', colour: live ? LIVE : ATTENTION, title: words('actionTitleOn') };
    }
  }
}

function alertIcon(count: number): IconState {
  const text = count > 99 ? '99+' : String(count);
  return { text, colour: ATTENTION, title: words('actionTitleAlert', text) };
}
