/** Which of its faces the empty sidebar shows. */
import type { Status } from '../../utils/messaging/sidebar-port.ts';

/** `away`: it comes back by itself, or others must act; the banner above says which. */
type EmptyKind = 'connecting' | 'listening' | 'away' | 'stopped';

export function emptyKind({ relay, platform }: Pick<Status, 'relay' | 'platform'>): EmptyKind {
  switch (relay.name) {
    case 'connected':
      return platform.name === 'down' || platform.name === 'unauthorized' ? 'away' : 'listening';
    case 'stopped':
      return 'stopped';
    case 'waiting':
      return 'away';
    case 'connecting':
      // While it is tried again what is said stays, and the button under the focus with it.
      return relay.after === undefined ? 'connecting' : 'away';
    case 'off':
      return 'connecting';
  }
}
